// A map of labels to one mask for each of them.

import type { Device } from '../api/device.js';
import type { MaskBatch } from '../api/mask.js';
import { allocate, numberList } from '../base/arrays.js';
import { ChromaskError, refusal } from '../base/errors.js';
import { pausing } from '../base/pause.js';

export interface Labels {
  /** One mask for each value, [k, H, W], white where the map has it; undefined where the map has none but those left out. */
  masks: MaskBatch | undefined;
  /** The values, in rising order. */
  values: number[];
}

export interface LabelOptions {
  /** Values that are no label, such as that of the background. */
  ignore?: readonly number[] | undefined;
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
}

/** More masks than this are no labels. */
const MOST = 1000;
/** Labels that are looked at between two pauses. */
const PIECE = 2 ** 16;

export async function labels(
  device: Device,
  data: unknown,
  shape: unknown,
  ignore: readonly number[],
  signal?: AbortSignal,
): Promise<Labels> {
  signal?.throwIfAborted();
  const pause = signal && pausing(() => signal.throwIfAborted());
  const dims = Array.isArray(shape) ? shape.filter((side, i) => side !== 1 || i >= shape.length - 2) : [];
  const [height, width] = dims.map(Number);
  if (dims.length !== 2 || !dims.every((side) => Number.isSafeInteger(side) && side > 0))
    throw refusal('labels', 'shape', '[H, W] or [1, H, W], whole numbers above 0', shape, 'bad-shape');
  const numbers = numberList(data);
  if (numbers?.length !== height * width) {
    throw refusal('labels', 'data', `a typed array of ${height * width} labels`, data, 'bad-shape');
  }
  const found = new Set<number>();
  for (let i = 0; i < numbers.length; i++) {
    const wait = i % PIECE ? undefined : pause?.();
    if (wait) await wait;
    const value = numbers[i];
    if (Number.isNaN(value)) throw refusal('labels', 'data', 'labels', Number.NaN);
    found.add(value);
    if (found.size > MOST + ignore.length) {
      throw new ChromaskError('limit', `labels: data must have at most ${MOST} different labels`);
    }
  }
  const values = [...found].filter((value) => !ignore.includes(value)).sort((a, b) => a - b);
  if (!values.length) return { masks: undefined, values };
  const places = new Map(values.map((value, i) => [value, i * numbers.length]));
  const bytes = allocate('labels', Uint8Array, values.length * numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    const wait = i % PIECE ? undefined : pause?.();
    if (wait) await wait;
    const place = places.get(numbers[i]);
    if (place !== undefined) bytes[place + i] = 255;
  }
  return { masks: device.mask(bytes, [values.length, height, width]), values };
}
