import { spawnSync } from 'node:child_process';

export const promise = 'damaged PNG files: pixels or a ChromaskError, within a second, all memory given back';

export async function run({ full, seed, note }) {
  const files = full ? 1000000 : 20000;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/fuzz.mjs', '--files', String(files), '--seed', String(seed)],
    { encoding: 'utf8' },
  );
  console.log(`png: ${stdout.trim()}`);
  if (status !== 0) note(stderr.slice(0, 2000));
  return Number(stdout.split(' ')[0]);
}
