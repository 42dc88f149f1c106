// Where two masks or images differ, and by how much: the sentence that a failed test prints.
import { numbersIn } from '../base/arrays.js';
import { refusal } from '../base/errors.js';
import { check } from '../base/params.js';
import { ImageBatch, MaskBatch } from '../index.js';

export type Made = MaskBatch | ImageBatch;
/** What a result is compared with: another result, its numbers and shape, or numbers alone. */
export type Expected =
  | Made
  | Uint8Array
  | Uint8ClampedArray
  | Float32Array
  | { readonly data: Uint8Array | Uint8ClampedArray | Float32Array; readonly shape: readonly number[] };

export interface ToleranceOptions {
  /** The most that a number may be away: of 255 for bytes, as they are for floats. Default: 0, bit for bit. */
  tolerance?: number | undefined;
}

const schema = { tolerance: { type: 'number', default: 0, min: 0, max: Number.MAX_VALUE } } as const;

interface Numbers {
  readonly data: Uint8Array | Float32Array;
  readonly shape: readonly number[];
}

export const isMade = (value: unknown): value is Made => value instanceof MaskBatch || value instanceof ImageBatch;

/** Undefined where they are equal within the tolerance, else a sentence that says where and how much. */
export async function unequal(
  operation: string,
  received: unknown,
  expected: unknown,
  options?: ToleranceOptions,
): Promise<string | undefined> {
  const { tolerance } = check(operation, schema, options);
  if (!isMade(received)) throw refusal(operation, 'received', 'a mask or an image', received);
  const wanted = await numbersOf(operation, expected, received.shape);
  const bytes = wanted.data instanceof Uint8Array && received.dtype === 'uint8';
  const got = bytes ? await received.bytes() : await received.data();
  // bytes beside floats are what data() gives of them
  const right =
    !bytes && wanted.data instanceof Uint8Array ? Float32Array.from(wanted.data, (v) => v / 255) : wanted.data;
  if (String(received.shape) !== String(wanted.shape) || got.length !== right.length)
    return `a shape of ${received.shape.join(' x ')}, where ${wanted.shape.join(' x ')} is expected`;
  return told(got, { data: right, shape: received.shape }, tolerance);
}

async function numbersOf(operation: string, given: unknown, shape: readonly number[]): Promise<Numbers> {
  if (isMade(given))
    return { data: await (given.dtype === 'uint8' ? given.bytes() : given.data()), shape: given.shape };
  const plain = numbersIn(given);
  if (plain) return { data: plain, shape };
  const { data, shape: own } = Object(given) as { data?: unknown; shape?: unknown };
  const numbers = numbersIn(data);
  if (numbers && Array.isArray(own)) return { data: numbers, shape: own as number[] };
  throw refusal(operation, 'expected', 'a mask, an image, numbers, or { data, shape }', given);
}

function told(got: Numbers['data'], { data: right, shape }: Numbers, tolerance: number): string | undefined {
  const [, , width] = shape;
  const channels = shape[3] ?? 1;
  const size = shape[1] * width * channels;
  const box = { left: Infinity, top: Infinity, right: -1, bottom: -1 };
  let count = 0;
  let worst = { by: -1, at: 0 };
  for (let i = 0; i < got.length; i++) {
    if (Object.is(got[i], right[i])) continue;
    const by = Math.abs(got[i] - right[i]);
    // 0 and -0 are no distance apart and not the same bits; NaN is at none
    if (tolerance > 0 && by <= tolerance) continue;
    count++;
    const at = Math.floor((i % size) / channels);
    box.left = Math.min(box.left, at % width);
    box.right = Math.max(box.right, at % width);
    box.top = Math.min(box.top, Math.floor(at / width));
    box.bottom = Math.max(box.bottom, Math.floor(at / width));
    const far = Number.isNaN(by) ? Infinity : by;
    if (far > worst.by) worst = { by: far, at: i };
  }
  if (!count) return undefined;
  const i = worst.at;
  const at = Math.floor((i % size) / channels);
  const where = [
    `x ${at % width}, y ${Math.floor(at / width)}`,
    ...(shape[0] > 1 ? [`batch ${Math.floor(i / size)}`] : []),
    ...(channels > 1 ? [`channel ${i % channels}`] : []),
  ].join(', ');
  const share = ((100 * count) / got.length).toPrecision(2);
  const beyond = tolerance > 0 ? ` by more than ${tolerance}` : '';
  return [
    `${count} of ${got.length} numbers (${share} %) differ${beyond}, within x ${box.left} to ${box.right}, y ${box.top} to ${box.bottom};`,
    `the most at ${where}: got ${got[i]}, expected ${right[i]}`,
  ].join(' ');
}
