import * as one from './soak.mjs';
import { threaded } from './threaded.mjs';

export const promise = 'the same with three threads, which divide the smallest pictures too';

export const run = ({ full, turns = full ? 700 : 100, ...rest }) => one.run({ ...rest, turns, opened: threaded });
