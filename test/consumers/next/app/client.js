'use client';

import { useEffect } from 'react';
import { cases } from '../cases.js';
import { golden } from '../golden.js';

export function Client() {
  useEffect(() => {
    golden(cases).then(
      (said) => Object.assign(window, { said }),
      (error) => Object.assign(window, { said: String(error?.stack ?? error) }),
    );
  }, []);
  return null;
}
