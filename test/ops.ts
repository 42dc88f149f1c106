// Reads the evidence of test/ops: another program's results for every row, recorded by scripts/record_ops.py or
// selections.py.
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { ops } from '../src/ops/index.js';
import type { Case, Evidence } from './gpu/page/evidence.js';

/** As scripts/selections.py writes it: one picture, and the bytes of it and of the answer deflated. */
interface Packed {
  readonly width: number;
  readonly height: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly data: string;
  readonly expected: string;
}

const inflated = (text: string): string => inflateSync(Buffer.from(text, 'base64')).toString('base64');

function unpacked({ width, height, options, data, expected }: Packed): Case {
  const [input, made] = [inflated(data), inflated(expected)];
  const bytes = Buffer.from(input, 'base64').length;
  const channels = bytes / (width * height);
  const shape = [height, width];
  return {
    on: channels > 1 ? 'image' : 'mask',
    options,
    shapes: [channels > 1 ? [...shape, channels] : shape],
    inputs: [input],
    shape,
    expected: made,
    gives: Buffer.from(made, 'base64').length > width * height ? 'float32' : 'uint8',
  };
}

/** Of every row; one that has none is a file that cannot be read. */
export function evidence(): Record<string, Evidence> {
  const read = (name: string): [string, Evidence] => {
    const { source, cases } = JSON.parse(readFileSync(`test/ops/${name}.json`, 'utf8'));
    return [name, { source, cases: cases.map((one: Case | Packed) => ('shapes' in one ? one : unpacked(one))) }];
  };
  return Object.fromEntries(Object.keys(ops).map(read));
}
