// Shapes people pass for pictures and masks, brought to [B, H, W, C] and [B, H, W].

import type { Extent, Numbers } from '../engine.js';
import { numberList, numbersIn } from './arrays.js';
import { ChromaskError, isDetached, refusal, show } from './errors.js';

export type Pixels = Uint8Array | Uint8ClampedArray | Float32Array;

/** [B, H, W, C], or [H, W, C] for one picture; C is 1, 3 or 4. Without `data`, of bytes. */
export function imageExtent(operation: string, data: Numbers | undefined, shape: unknown): Extent {
  const dims = sizes(operation, shape, '[B, H, W, C] or [H, W, C] with C 1, 3 or 4', [3, 4]);
  const [batch, height, width, channels] = dims.length === 3 ? [1, ...dims] : dims;
  if (![1, 3, 4].includes(channels)) {
    throw refusal(operation, 'shape', '[B, H, W, C] with C 1, 3 or 4', shape, 'bad-shape');
  }
  const extent = { batch, height, width, channels, dtype: data ? dtypeOf(data) : 'uint8' } as const;
  return data ? fitting(operation, data, extent) : extent;
}

/** [H, W], [B, H, W], [B, 1, H, W] or [B, H, W, 1]; where the last two both fit, channel first. */
export function maskExtent(operation: string, data: Numbers, shape: unknown): Extent {
  const expectation = '[B, H, W], [H, W], [B, 1, H, W] or [B, H, W, 1]';
  const dims = sizes(operation, shape, expectation, [2, 3, 4]);
  if (dims.length === 2) dims.unshift(1);
  if (dims.length === 4) {
    if (dims[1] === 1) dims.splice(1, 1);
    else if (dims[3] === 1) dims.pop();
    else throw refusal(operation, 'shape', expectation, shape, 'bad-shape');
  }
  const [batch, height, width] = dims;
  return fitting(operation, data, { batch, height, width, channels: 1, dtype: dtypeOf(data) });
}

/** What a mask may be made of: pixels, and what models give. */
export type Values =
  | Pixels
  | Int8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** The numbers that a caller calls a mask; those of other types become floats. */
export function checkValues(operation: string, data: unknown): Numbers {
  const numbers = numberList(data);
  if (numbers && !(numbers.length === 0 && isDetached((data as Pixels).buffer))) return numbers;
  throw refusal(operation, 'data', 'a typed array of bytes, floats or integers up to 2^24', data);
}

/** The numbers that a caller calls pixels, as an array that is what it says. */
export function checkPixels(operation: string, data: unknown): Numbers {
  const numbers = numbersIn(data);
  if (numbers && !(numbers.length === 0 && isDetached((data as Pixels).buffer))) return numbers;
  throw refusal(operation, 'data', 'a Uint8Array, Uint8ClampedArray or Float32Array', data);
}

const dtypeOf = (data: Numbers): Extent['dtype'] => (data instanceof Float32Array ? 'float32' : 'uint8');

function sizes(operation: string, shape: unknown, expectation: string, ranks: readonly number[]): number[] {
  // copied before it is looked at: a proxy may say one thing now and another later
  const dims: unknown[] = Array.isArray(shape) && shape.length <= 4 ? [...shape] : [];
  if (!ranks.includes(dims.length) || !dims.every((side) => Number.isSafeInteger(side) && Number(side) > 0)) {
    throw refusal(operation, 'shape', `${expectation}, whole numbers above 0`, shape, 'bad-shape');
  }
  return dims.map(Number);
}

function fitting(operation: string, data: Numbers, extent: Extent): Extent {
  const { batch, height, width, channels } = extent;
  const need = batch * height * width * channels;
  if (need === data.length) return extent;
  const dims = channels === 1 ? [batch, height, width] : [batch, height, width, channels];
  throw new ChromaskError(
    'bad-shape',
    `${operation}: data must be ${need} elements for shape [${dims.join(', ')}], got ${show(data)}`,
  );
}
