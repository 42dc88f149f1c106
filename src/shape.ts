// Shapes people pass for pictures and masks, brought to [B, H, W, C] and [B, H, W].
import type { Extent } from './engine.js';
import { ChromaskError, isDetached, refusal, show } from './errors.js';

export type Pixels = Uint8Array | Uint8ClampedArray | Float32Array;

/** [B, H, W, C], or [H, W, C] for one picture; C is 1, 3 or 4. */
/** Without `data`, of bytes. */
export function imageExtent(operation: string, data: Pixels | undefined, shape: unknown): Extent {
  const dims = sizes(operation, shape, '[B, H, W, C] or [H, W, C] with C 1, 3 or 4', [3, 4]);
  const [batch, height, width, channels] = dims.length === 3 ? [1, ...dims] : dims;
  if (![1, 3, 4].includes(channels)) {
    throw refusal(operation, 'shape', '[B, H, W, C] with C 1, 3 or 4', shape, 'bad-shape');
  }
  const extent = { batch, height, width, channels, dtype: data ? dtypeOf(data) : 'uint8' } as const;
  return data ? filled(operation, data, extent) : extent;
}

/** [H, W], [B, H, W], [B, 1, H, W] or [B, H, W, 1]; where the last two both fit, channel first. */
export function maskExtent(operation: string, data: Pixels, shape: unknown): Extent {
  const expectation = '[B, H, W], [H, W], [B, 1, H, W] or [B, H, W, 1]';
  const dims = sizes(operation, shape, expectation, [2, 3, 4]);
  if (dims.length === 2) dims.unshift(1);
  if (dims.length === 4) {
    if (dims[1] === 1) dims.splice(1, 1);
    else if (dims[3] === 1) dims.pop();
    else throw refusal(operation, 'shape', expectation, shape, 'bad-shape');
  }
  const [batch, height, width] = dims;
  return filled(operation, data, { batch, height, width, channels: 1, dtype: dtypeOf(data) });
}

export function checkPixels(operation: string, data: unknown): asserts data is Pixels {
  const fits = data instanceof Uint8Array || data instanceof Uint8ClampedArray || data instanceof Float32Array;
  if (fits && !(data.length === 0 && isDetached(data.buffer))) return;
  throw refusal(operation, 'data', 'a Uint8Array, Uint8ClampedArray or Float32Array', data);
}

const dtypeOf = (data: Pixels): Extent['dtype'] => (data instanceof Float32Array ? 'float32' : 'uint8');

function sizes(operation: string, shape: unknown, expectation: string, ranks: readonly number[]): number[] {
  const fits = Array.isArray(shape) && ranks.includes(shape.length);
  if (!fits || !shape.every((side) => Number.isSafeInteger(side) && side > 0)) {
    throw refusal(operation, 'shape', `${expectation}, whole numbers above 0`, shape, 'bad-shape');
  }
  return [...shape];
}

function filled(operation: string, data: Pixels, extent: Extent): Extent {
  const { batch, height, width, channels } = extent;
  const need = batch * height * width * channels;
  if (need === data.length) return extent;
  const dims = channels === 1 ? [batch, height, width] : [batch, height, width, channels];
  throw new ChromaskError(
    'bad-shape',
    `${operation}: data must be ${need} elements for shape [${dims.join(', ')}], got ${show(data)}`,
  );
}
