import { spawnSync } from 'node:child_process';

export const promise = 'the recipes of CONTRIBUTING work as they are written, each on a copy of the tree';

export async function run({ full, note }) {
  const more = full ? ['--record'] : [];
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/recipes.mjs', ...more], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  console.log(stdout.trim());
  if (status !== 0) note(stderr.slice(0, 3000));
  return stdout.split('\n').filter((line) => line.startsWith('a ')).length;
}
