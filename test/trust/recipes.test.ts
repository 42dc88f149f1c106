// Follows the recipes of CONTRIBUTING on a copy of the tree: a sample of `npm run trust -- --only contributing`.
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('an operation, a region and a node are there when the files that their recipes name are', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['scripts/recipes.mjs', '--quick'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/the recipes work$/m);
}, 120_000);
