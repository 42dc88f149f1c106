// `chromask`: reads the command line, does what it says, and leaves with 0, 1 or 2.
import { readFileSync } from 'node:fs';
import { optionsOf, parseCommand } from './args.js';
import { help } from './help.js';
import { makeAll } from './masks.js';
import { queueCommand } from './queue.js';
import { printable } from './text.js';
import { UsageError } from './values.js';
import { listNodes, runFile } from './workflow.js';

async function main(argv: string[]): Promise<number> {
  const options = optionsOf(argv);
  if (!argv.length || options.includes('-h') || options.includes('--help')) {
    process.stdout.write(help);
    return argv.length ? 0 : 2;
  }
  if (options.includes('--version')) {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const [verb, ...rest] = argv;
  if (verb === 'nodes') return listNodes(rest);
  if (verb === 'run') return runFile(rest);
  if (verb === 'queue') return queueCommand(rest);
  return makeAll(parseCommand(argv));
}

// A reader that closes the pipe (`| head`) is not an error: the work goes on without output, and its files are complete.
// Anything else, a full disk say, is.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.exitCode = 1;
    if (stream === process.stdout) process.stderr.write(`chromask: standard output: ${error.message}\n`);
  });
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode ||= code;
  },
  (error: unknown) => {
    const usage = error instanceof UsageError;
    process.stderr.write(`chromask: ${printable(error instanceof Error ? error.message : String(error))}\n`);
    if (usage) process.stderr.write('chromask --help lists the options\n');
    process.exitCode = usage ? 2 : 1;
  },
);
