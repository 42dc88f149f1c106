// Reads the evidence of test/ops that scripts/record_ops.py made; test/recorded.ts reads what there is of regions.
import { readdirSync, readFileSync } from 'node:fs';
import type { Evidence } from './gpu/page/evidence.js';

export function evidence(): Record<string, Evidence> {
  const names = readdirSync('test/ops').filter((file) => file.endsWith('.json'));
  const all = names.map((file): [string, Evidence] => [
    file.slice(0, -'.json'.length),
    JSON.parse(readFileSync(`test/ops/${file}`, 'utf8')),
  ]);
  return Object.fromEntries(all.filter(([, { cases }]) => cases.every(({ shapes }) => shapes)));
}
