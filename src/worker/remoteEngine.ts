// What stands on the page in the place of the worker's engine.

import { ChromaskError } from '../base/errors.js';
import type { Engine } from '../engine.js';
import type { Facts } from './protocol.js';

/** An engine that is somewhere else: it knows its name and its counters. */
export function absent(facts: { current: Facts }): Engine {
  const elsewhere = (): never => {
    throw new ChromaskError('unsupported', 'the device works in a worker');
  };
  return {
    get name() {
      return facts.current.name;
    },
    get limits() {
      return facts.current.limits;
    },
    alloc: elsewhere,
    write: elsewhere,
    run: elsewhere,
    histogram: elsewhere,
    read: elsewhere,
    free: () => {},
    stats: () => ({ ...facts.current.stats }),
    close: () => {},
  };
}
