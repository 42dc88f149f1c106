import * as one from './memory.mjs';
import { threaded } from './threaded.mjs';

export const promise = 'shared memory that does not grow: the same, and members without room of their own are left out';

export const run = ({ full, times = full ? 300 : 50, ...rest }) => one.run({ ...rest, times, opened: threaded });
