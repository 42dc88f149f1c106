// Random chains from the table of operations, with none left out: on pictures of a pixel, a line or a column, empty,
// white or noisy, of bytes or of floats that may be NaN, with options that may reach far beyond the picture.

// @ts-expect-error a script without types
import { once } from '../../../scripts/trust/every.mjs';
import type { Device, MaskBatch } from '../../../src/index.js';
import type { ops, Row } from '../../../src/ops/index.js';
import { built, random } from './tools.js';
import { open } from './whole.js';

type Table = typeof ops;
type Made = { readonly told: string; readonly data: Float32Array; readonly bytes: Uint8Array };

/** What a chain is made of: all that makes a mask of a mask, the other operand of a join being its inverse. */
const stepsOf = (table: Table): [string, Row][] =>
  Object.entries<Row>(table).filter(
    ([, row]) => (row.on === 'mask' || row.on === 'both') && row.with !== 'image' && !row.gives,
  );

/** The same chain for the same seed; what is refused is told. */
export async function tabled(device: Device, table: Table, seed: number): Promise<Made> {
  const next = random(seed);
  for (let i = 0; i < 5; i++) next();
  const below = (most: number): number => Math.floor(next() * most);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)];
  const [batch, height, width] = [1 + below(2), pick([1, 2, 1 + below(30)]), pick([1, 3, 1 + below(40)])];
  const floats = next() < 0.4;
  const value = pick([() => 0, () => 255, () => below(256), () => below(3) * 127, () => below(256)]);
  const odd = [Number.NaN, Infinity, -Infinity, -0, 1e-40, 3e38, -0.5, 1.5];
  const bytes = Uint8Array.from({ length: batch * height * width }, value);
  const data = floats ? Float32Array.from(bytes, (v) => (next() < 0.05 ? pick(odd) : v / 255)) : bytes;
  let mask: MaskBatch = device.mask(data, [batch, height, width]);
  let told = `${seed}: ${batch}x${height}x${width} ${mask.dtype}`;
  const steps = stepsOf(table);
  for (let n = 1 + below(4); n > 0; n--) {
    const [name, row] = pick(steps);
    told += ` ${name}`;
    try {
      mask = once(name, row, mask, { mask: row.placed ? mask.at(0) : mask.invert() }, { below, pick });
    } catch (error) {
      told += ` (${(error as Error).message})`;
    }
  }
  return { told, data: await mask.data(), bytes: await mask.bytes() };
}

/** Where two of them are not alike; of floats, any no number is as good as another. */
export function apart(a: Made, b: Made): string | undefined {
  if (a.told !== b.told) return `${a.told}, but ${b.told}`;
  const at = a.data.findIndex((value, i) => !Object.is(value, b.data[i]));
  if (at >= 0 || a.data.length !== b.data.length) return `${a.told}: ${a.data[at]}, not ${b.data[at]}, at ${at}`;
  const byte = a.bytes.findIndex((value, i) => value !== b.bytes[i]);
  return byte < 0 ? undefined : `${a.told}: byte ${a.bytes[byte]}, not ${b.bytes[byte]}, at ${byte}`;
}

/** Chains that differ on the GPU and on WASM. */
export async function tables({ from, count }: { from: number; count: number }): Promise<string[]> {
  const library = await built<typeof import('../../../src/index.js')>('/dist/chromask.js');
  const [gpu, wasm] = [await open('webgl2'), await open('wasm')];
  const wrong: string[] = [];
  for (let seed = from; seed < from + count; seed++) {
    const table = library.ops as unknown as Table;
    const why = await Promise.all([tabled(gpu, table, seed), tabled(wasm, table, seed)]).then(
      ([a, b]) => apart(a, b),
      (error) => `${seed}: ${(error as Error).stack}`.slice(0, 600),
    );
    if (why) wrong.push(why);
  }
  gpu.close();
  wasm.close();
  return wrong;
}
