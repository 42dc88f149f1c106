// What a model takes: `{ data, dims }` in its layout, with its mean taken off and divided by its deviation. Loaded when first used.

import type { Batch, ReadOptions } from '../api/batch.js';
import { allocate, numbersIn } from '../base/arrays.js';
import { isDetached, refusal } from '../base/errors.js';
import { checkOptions } from '../base/params.js';
import { pausing } from '../base/pause.js';
import type { Numbers } from '../engine.js';

/** What onnxruntime's and tfjs's tensor constructors take. */
export interface Tensor<T extends Numbers = Float32Array<ArrayBuffer>> {
  data: T;
  dims: number[];
}

export type Layout = 'NCHW' | 'NHWC' | 'NHW' | 'HW';

export interface TensorOptions<T extends Float32Array = Float32Array> extends ReadOptions<T> {
  /** The order of the axes; without C for masks and pictures of one channel, without N for one alone. Default NCHW. */
  layout?: Layout | undefined;
  /** Taken off every number, or those of a channel each. Default 0. */
  mean?: number | readonly number[] | undefined;
  /** Every number is then divided by it, or those of a channel each. Default 1. */
  std?: number | readonly number[] | undefined;
}

const layouts: readonly Layout[] = ['NCHW', 'NHWC', 'NHW', 'HW'];

/** How `batch` reads its floats under the name of this call. */
type Read<T extends Float32Array> = (options: ReadOptions<T>) => Promise<Float32Array>;

export async function tensor<T extends Float32Array>(
  batch: Batch,
  read: Read<T>,
  options: TensorOptions<T> = {},
): Promise<Tensor<T>> {
  checkOptions('toTensor', options, 'layout mean std into signal');
  const { layout = 'NCHW', mean = 0, std = 1, into, signal } = options;
  if (!layouts.includes(layout)) throw refusal('toTensor', 'layout', `one of ${layouts.join(', ')}`, layout);
  const [count, height, width, channels = 1] = batch.shape;
  if (!layout.includes('C') && channels !== 1)
    throw refusal('toTensor', 'layout', `NCHW or NHWC for ${channels} channels`, layout, 'bad-shape');
  if (layout === 'HW' && count !== 1)
    throw refusal('toTensor', 'batch', '1 for the layout HW (take one with at(b))', count, 'bad-shape');
  const less = each('mean', mean, channels, (one) => Number.isFinite(one), 'a finite number');
  const over = each('std', std, channels, (one) => one > 0 && one < Infinity, 'a number above 0');
  const dims = {
    NCHW: [count, channels, height, width],
    NHWC: [count, height, width, channels],
    NHW: [count, height, width],
    HW: [height, width],
  }[layout];
  const target = into === undefined ? undefined : numbersIn(into);
  const fits = target instanceof Float32Array && target.length === batch.size && !isDetached(target.buffer);
  if (into !== undefined && !fits) throw refusal('toTensor', 'into', `a Float32Array of ${batch.size}`, into);

  const planes = layout === 'NCHW' && channels > 1;
  const same = less.every((one) => one === 0) && over.every((one) => one === 1);
  if (!planes && same) return { data: (await read({ into, signal })) as T, dims };
  const from = await read({ signal });
  const data = into ?? (planes ? allocate<Float32Array>('toTensor', Float32Array, from.length) : from);
  const pause = signal && pausing(() => signal.throwIfAborted());
  const area = height * width;
  for (let b = 0; b < count; b++) {
    for (let start = 0; start < area; start += PIECE) {
      await pause?.();
      if (data.length !== from.length) throw refusal('toTensor', 'into', 'unchanged while it is being filled', data);
      const end = Math.min(area, start + PIECE);
      for (let c = 0; c < channels; c++) {
        const [m, s] = [less[c], over[c]];
        const first = b * area * channels;
        // float32 after each of the two, as torchvision's Normalize
        if (planes) {
          const to = first + c * area;
          for (let i = start; i < end; i++) data[to + i] = Math.fround(from[first + i * channels + c] - m) / s;
        } else {
          for (let i = first + start * channels + c; i < first + end * channels; i += channels)
            data[i] = Math.fround(from[i] - m) / s;
        }
      }
    }
  }
  return { data: data as T, dims };
}

/** Pixels between two looks at the signal. */
const PIECE = 65536;

/** One number for every channel, as the float32 that torch makes of it. */
function each(
  name: 'mean' | 'std',
  given: unknown,
  channels: number,
  fits: (one: number) => boolean,
  kind: string,
): number[] {
  const list: unknown[] = Array.isArray(given) && given.length === channels ? [...given] : Array(channels).fill(given);
  return list.map((one) => {
    const float = typeof one === 'number' && Math.fround(one);
    if (float !== false && fits(float)) return float;
    throw refusal('toTensor', name, channels === 1 ? kind : `${kind} or a list of ${channels}`, given);
  });
}
