// Changes without an effect are listed with reasons, and every listed change can still be made.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error a script without types
import { areas, mutants } from '../../scripts/mutate/list.mjs';

const list: { mutant: string; why: string }[] = JSON.parse(readFileSync('scripts/mutate/equivalent.json', 'utf8'));

it('every change in the list is one that can be made, listed once, with a reason', () => {
  const keys = new Set(Object.keys(areas).flatMap((area) => mutants(area).map(({ key }: { key: string }) => key)));
  expect(keys.size).toBeGreaterThan(4000);
  for (const { mutant, why } of list) {
    expect(keys, mutant).toContain(mutant);
    expect(why.length, mutant).toBeGreaterThan(20);
  }
  expect(new Set(list.map(({ mutant }) => mutant)).size).toBe(list.length);
});
