// Broken kernels are noticed: a sample of `node scripts/sabotage.mjs`, which breaks every kernel and every shader in turn.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error a script without types
import { areas, mutants } from '../../scripts/mutate/list.mjs';
import { answers } from '../sabotage/answers.js';
import { broken } from '../sabotage/broken.js';

it('by an answer, by what is written beside one, and where work is divided', async () => {
  const wasm = await broken({
    'joins/multiply.ts': ['splat(128)', 'splat(129)'],
    'shapes/offset.ts': ['i < to;', 'i <= to;'],
    'tones/sigmoid.ts': ['dst < end;', 'dst <= end;'],
    'near/lib/diamond.ts': ['first = f.begin ? f.begin - 1 : 0;', 'first = f.begin;'],
  });
  const why = (row: string): Promise<string | undefined> => answers(wasm, [row], true);
  expect(await why('multiply')).toMatch(/^multiply 0 .* up to 1 away$/);
  expect(await why('offset')).toMatch(/^offset writes behind its picture/);
  expect(await why('sigmoid')).toMatch(/^sigmoid of 64 pixels .* spills 4 bytes$/);
  expect(await why('grow')).toMatch(/^divided: /);
  expect(await why('invert')).toBeUndefined();
}, 120_000);

it('but for changes that change nothing: each is listed once, with its reason, and can still be made', () => {
  const list: { mutant: string; why: string }[] = JSON.parse(readFileSync('scripts/mutate/sabotaged.json', 'utf8'));
  const keys = new Set(Object.keys(areas).flatMap((area) => mutants(area).map(({ key }: { key: string }) => key)));
  for (const { mutant, why } of list) {
    if (!mutant.includes('{ return')) expect(keys, mutant).toContain(mutant);
    expect(why.length, mutant).toBeGreaterThan(20);
  }
  expect(new Set(list.map(({ mutant }) => mutant)).size).toBe(list.length);
});
