import { tested } from './tested.mjs';

export const promise =
  'workers that end in mid-task, arrays that cannot be had: a typed error for pending and later calls';

export const run = async ({ note }) => tested(['test/trust/worker', 'test/worker.browser', 'test/trust/host'], note);
