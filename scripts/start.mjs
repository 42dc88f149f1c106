// `npm start`: from a bare clone to masks. Without arguments it makes all 13 masks of the sample picture, else it is
// the command line.
import { build, install, run } from './setup.mjs';

const given = process.argv.slice(2);
const sample = ['sample.png', '--channel', 'all', '--normalize', '--sheet', '--force', '--out', 'out'];

install();
build();
run(process.execPath, ['dist/cli.js', ...(given.length ? given : sample)]);
