// The GPU's promises in every installed browser, in a page and in a worker, on software GPUs.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ops, type Row } from '../src/ops/index.js';
import { kinds } from './gpu/browsers.js';
import { contract } from './gpu/contract.js';
import { textOf } from './texts.js';

const required = process.env.REQUIRE?.split(',') ?? [];

for (const { name, path, required: word } of kinds) {
  if (path === undefined) console.warn(`${name} is not installed: its GPU tests are skipped`);
  it.runIf(path === undefined && required.includes(word))(`${name} is installed`, () => {
    expect.unreachable(`REQUIRE has ${word}, but ${name} is missing`);
  });
}

// SwiftShader takes as long as the others together: they run beside it
for (const [lane, others] of [
  ['the slowest', kinds.slice(0, 1)],
  ['the others', kinds.slice(1)],
] as const)
  describe.concurrent(lane, () => {
    for (const kind of others)
      describe.skipIf(kind.path === undefined).sequential(kind.name, { timeout: 600_000 }, () => {
        contract(kind, kinds.indexOf(kind));
      });
  });

it('every operation that needs a shader has one', async () => {
  for (const [name, row] of Object.entries<Row>(ops)) {
    // a table is a texture; a region has no shader; passes have names of their own, and recorded answers run them all
    if ((row.kind === 'table' && !row.floats) || row.kind === 'region' || row.composed) continue;
    if ((await row.figures?.())?.passes) continue;
    const text = readFileSync(textOf('glsl', `${name}.glsl`), 'utf8');
    expect(text, name).toMatch(new RegExp(`\\b${name}(Of)?\\(`));
    expect(text.split('\n').length, name).toBeLessThanOrEqual(40);
  }
});
