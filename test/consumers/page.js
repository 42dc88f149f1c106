// The page of a consumer.
import { cases } from './cases.js';
import { golden } from './golden.js';

golden(cases).then(
  (said) => Object.assign(window, { said }),
  (error) => Object.assign(window, { said: String(error?.stack ?? error) }),
);
