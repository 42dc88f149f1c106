import * as one from './soak.mjs';
import { threaded } from './threaded.mjs';

export const promise = 'the same with three threads, which divide the smallest pictures too';

/** Pages: members' memory lies between pictures, so the largest picture may find its place late. */
const spare = 4;

export const run = ({ full, turns = full ? 700 : 100, ...rest }) =>
  one.run({ ...rest, turns, spare, opened: threaded });
