import * as one from './abort.mjs';
import { threaded } from './threaded.mjs';

export const promise = 'the same of a device of three threads, which are stopped too';

export const run = (asked) => one.run({ ...asked, opened: threaded });
