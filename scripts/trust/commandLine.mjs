import { tested } from './tested.mjs';

export const promise =
  'the command line: full disks, shut folders, readers gone, SIGINT and SIGKILL: whole files, and a resumed run is the same';

export const run = async ({ note }) => tested(['test/trust/cli', 'test/trust/disks', 'test/cli.bulk'], note);
