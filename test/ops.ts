// Reads the evidence of test/ops.
import { readdirSync, readFileSync } from 'node:fs';
import type { Evidence } from './gpu/page/evidence.js';

export function evidence(): Record<string, Evidence> {
  const names = readdirSync('test/ops').filter((file) => file.endsWith('.json'));
  return Object.fromEntries(
    names.map((file) => [file.slice(0, -'.json'.length), JSON.parse(readFileSync(`test/ops/${file}`, 'utf8'))]),
  );
}
