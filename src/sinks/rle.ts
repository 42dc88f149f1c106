// COCO's run-length encoding: columns from the left, runs of 0 and 1 in turn beginning with 0.

import type { Device } from '../api/device.js';
import type { MaskBatch } from '../api/mask.js';
import { allocate } from '../base/arrays.js';
import { refusal } from '../base/errors.js';
import { isPlain } from '../base/params.js';
import { type Pause, pausing } from '../base/pause.js';
import type { Lent } from './lent.js';

export interface CocoRle {
  /** [height, width] */
  size: [number, number];
  /** Run lengths, or the string that pycocotools packs them into. */
  counts: number[] | string;
}

export interface CocoOptions {
  /** What is above it is inside. 0 to 1; 0.5 if left out. */
  threshold?: number | undefined;
  /** true, or left out: a text as pycocotools packs it. false: a list of numbers. */
  compressed?: boolean | undefined;
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
}

/** Steps between two pauses. */
const PIECE = 2 ** 14;

/** Run lengths, column by column. */
export async function runs({ numbers, pause }: Lent, height: number, width: number): Promise<Uint32Array> {
  let counts = new Uint32Array(1024);
  let [n, run, value] = [0, 0, false];
  let bytes = numbers();
  for (let x = 0; x < width; x++) {
    // room for a column whose every pixel differs from the one before it
    if (n + height > counts.length) counts = lengthened(counts, 2 * (n + height));
    for (let y = 0, at = x; y < height; y++, at += width) {
      if ((bytes[at] !== 0) !== value) {
        counts[n++] = run;
        run = 0;
        value = !value;
      }
      run++;
    }
    const wait = pause?.();
    if (!wait) continue;
    await wait;
    bytes = numbers();
  }
  counts[n] = run;
  return counts.subarray(0, n + 1);
}

function lengthened(counts: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const longer = allocate('toCocoRle', Uint32Array, length);
  longer.set(counts);
  return longer;
}

/** The same as plain numbers. */
export async function listed(counts: Uint32Array, pause?: Pause): Promise<number[]> {
  const list: number[] = [];
  for (let i = 0; i < counts.length; i++) {
    list.push(counts[i]);
    const wait = i % PIECE ? undefined : pause?.();
    if (wait) await wait;
  }
  return list;
}

/** Run lengths out of the string that pycocotools packs them into. */
async function unpacked(text: string, pause?: Pause): Promise<number[]> {
  const counts: number[] = [];
  for (let at = 0; at < text.length; ) {
    const wait = counts.length % PIECE ? undefined : pause?.();
    if (wait) await wait;
    let [value, shift, group] = [0, 0, 32];
    for (; group & 32; shift += 5) {
      group = text.charCodeAt(at++) - 48;
      if (!(group >= 0 && group < 64) || shift > 30) return [];
      value |= (group & 31) << shift;
    }
    if (group & 16 && shift < 32) value |= -1 << shift;
    counts.push(counts.length > 2 ? value + counts[counts.length - 2] : value);
  }
  return counts;
}

/** A mask from COCO's run lengths. */
export async function fromRuns(device: Device, rle: unknown, signal?: AbortSignal): Promise<MaskBatch> {
  const { size, counts } = isPlain(rle) ? rle : {};
  const [height, width] = Array.isArray(size) && size.length === 2 ? size : [];
  const sides = [height, width].every((side) => Number.isSafeInteger(side) && side > 0);
  if (!sides) throw refusal('fromCocoRle', 'size', '[height, width]', size);
  signal?.throwIfAborted();
  const pause = signal && pausing(() => signal.throwIfAborted());
  const runs = typeof counts === 'string' ? await unpacked(counts, pause) : Array.isArray(counts) ? counts.slice() : [];
  let sum = 0;
  for (let i = 0; i < runs.length; i++) {
    const wait = i % PIECE ? undefined : pause?.();
    if (wait) await wait;
    if (!Number.isSafeInteger(runs[i]) || runs[i] < 0) sum = Number.NaN;
    else sum += runs[i];
  }
  if (sum !== height * width)
    throw refusal('fromCocoRle', 'counts', `runs of ${height * width} pixels together`, sum || counts);
  const bytes = allocate('fromCocoRle', Uint8Array, height * width);
  let [x, y] = [0, 0];
  for (let i = 0; i < runs.length; i++) {
    for (let left = runs[i]; left > 0; ) {
      const n = Math.min(left, height - y);
      if (i & 1) for (let at = y * width + x, end = at + n * width; at < end; at += width) bytes[at] = 255;
      left -= n;
      y += n;
      if (y !== height) continue;
      [x, y] = [x + 1, 0];
      const wait = pause?.();
      if (wait) await wait;
    }
  }
  return device.mask(bytes, [height, width]);
}

/** Runs that are packed in one go: their letters are arguments of a call. */
const SOME = 2 ** 12;

/** Each run less the one two before it (from the fourth on), in 5-bit groups from the low end, printable from '0'. */
export async function packed(counts: Uint32Array, pause?: Pause): Promise<string> {
  const texts: string[] = [];
  for (let from = 0; from < counts.length; from += SOME) {
    // letters as bytes first: a text that grows letter by letter is put together only when it is read, all at once
    const letters: number[] = [];
    for (let i = from; i < Math.min(from + SOME, counts.length); i++) {
      let left = i > 2 ? counts[i] - counts[i - 2] : counts[i];
      for (let more = true; more; ) {
        let group = left & 31;
        left >>= 5;
        more = group & 16 ? left !== -1 : left !== 0;
        if (more) group |= 32;
        letters.push(group + 48);
      }
    }
    texts.push(String.fromCharCode(...letters));
    const wait = pause?.();
    if (wait) await wait;
  }
  return texts.join('');
}
