// Colour maps: count the exact colours of a picture, keep the frequent ones, and make a mask of each.

import { ChromaskError } from '../base/errors.js';
import { check, checkOptions, type Options } from '../base/params.js';
import { type Pause, pausing } from '../base/pause.js';
import { tally } from '../base/tally.js';
import type { Extent } from '../engine.js';
import type { Evaluator } from '../graph/evaluator.js';
import { callFor } from '../graph/held.js';
import { as, cat, derive, type Node } from '../graph/node.js';
import type { Batch } from './batch.js';
import { type MaskBatch, maskOf } from './mask.js';

export const colorMapParams = {
  /** Colours with fewer pixels than this in the first picture are left out. */
  minPixels: { type: 'integer', default: 500, min: 1, max: Number.MAX_SAFE_INTEGER },
  /** At most so many colours, the most frequent first. */
  maxCount: { type: 'integer', default: 5, min: 0, max: 1000 },
} as const;

export type ColorMapOptions = Options<typeof colorMapParams> & {
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
};

export interface ColorMap {
  /** `[k * B, H, W]`: for each colour in turn, one mask of every picture; [1, H, W] of zeros where nothing was kept. */
  masks: MaskBatch;
  /**
   * The colours in the picture's own numbers, most frequent first; equal counts by colour, channel by channel. Of a picture of
   * bytes without alpha, `[r, g, b]` each, which is what `selectColor`, `colorRange` and `tint` take.
   */
  colors: number[][];
  counts: number[];
}

/** What is asked, checked. */
export function question(options: ColorMapOptions): { minPixels: number; maxCount: number } {
  checkOptions('colorMap', options, `${Object.keys(colorMapParams).join(' ')} signal`);
  const { signal: _, ...given } = options;
  return check('colorMap', colorMapParams, given);
}

interface Counted {
  color: number[];
  count: number;
}

export async function colorMap(
  node: Node,
  evaluator: Evaluator,
  options: ColorMapOptions = {},
  image: Batch,
): Promise<ColorMap> {
  const { minPixels, maxCount } = question(options);
  const { signal } = options;
  signal?.throwIfAborted();
  const first = node.extent.batch === 1 ? node : derive('take', { from: 0, count: 1, beyond: 'last' }, node);
  const counted = maxCount ? await count(evaluator, first, minPixels, maxCount, signal) : [];
  counted.sort((a, b) => b.count - a.count || byChannel(a.color, b.color));
  const kept = counted.slice(0, maxCount);
  return {
    // the call, not the colours found: on another picture a recipe counts again
    masks: maskOf(masksOf(node, kept), evaluator, callFor('colorMap', [image], { minPixels, maxCount })),
    colors: kept.map(({ color }) => color),
    counts: kept.map((one) => one.count),
  };
}

function masksOf(image: Node, kept: readonly Counted[]): Node {
  const { width, height, dtype } = image.extent;
  if (!kept.length) return as(dtype, derive('solid', { value: 0, width, height }));
  return cat(kept.map(({ color }) => matchOf(image, color)));
}

function matchOf(image: Node, color: readonly number[]): Node {
  const [red, green = 0, blue = 0, alpha = 0] = color;
  if (image.extent.dtype === 'float32') return derive('matchFloat', { red, green, blue, alpha }, image);
  return derive('match', { color: (red | (green << 8) | (blue << 16) | (alpha << 24)) >>> 0 }, image);
}

function byChannel(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, channel) => value !== b[channel]);
  return at < 0 ? 0 : a[at] - b[at];
}

/** Colours of a single picture that have at least `minPixels` pixels: the `most` frequent of them, or all. */
async function count(
  evaluator: Evaluator,
  image: Node,
  minPixels: number,
  most: number,
  signal?: AbortSignal,
): Promise<Counted[]> {
  const { extent } = image;
  if (extent.dtype === 'uint8' && evaluator.engine.memory) {
    const { keys, counts } = await evaluator.lend(
      image,
      (slot, engine, pause) => engine.memory?.colors(slot, minPixels, most, pause) ?? empty,
      signal,
    );
    return Array.from(keys, (key, i) => ({ color: unpack(key, extent.channels), count: counts[i] }));
  }
  const pause = signal && pausing(() => signal.throwIfAborted());
  try {
    const words = await wordsOf(evaluator, image, pause, signal);
    const float = extent.dtype === 'float32';
    const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
    const colorAt = (at: number): number[] =>
      float ? [...floats.subarray(at, at + extent.channels)] : unpack(words[at], extent.channels);
    const asked = {
      wide: float ? extent.channels : 1,
      least: minPixels,
      most,
      order: (a: number, b: number) => byChannel(colorAt(a), colorAt(b)),
    };
    const { places, counts } = await tally(words, asked, pause);
    return places.map((at, i) => ({ color: colorAt(at), count: counts[i] }));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new ChromaskError('out-of-memory', 'colorMap: there is no memory to count the colours in', { cause });
  }
}

const empty = { keys: new Uint32Array(), counts: new Uint32Array() };

const unpack = (key: number, channels: number): number[] =>
  [0, 8, 16, 24].slice(0, channels).map((shift) => (key >>> shift) & 255);

/** Numbers that are looked at between two pauses. */
const PIECE = 2 ** 18;

/** One word a pixel of bytes, one word a channel of floats; -0 is 0. */
async function wordsOf(evaluator: Evaluator, image: Node, pause?: Pause, signal?: AbortSignal): Promise<Uint32Array> {
  const { channels } = image.extent;
  const size = pixels(image.extent);
  if (image.extent.dtype === 'float32') {
    const floats = new Float32Array(size * channels);
    await evaluator.deliver(image, floats, true, signal);
    for (let i = 0; i < floats.length; i++) {
      if (i % PIECE === 0) await pause?.();
      if (floats[i] === 0) floats[i] = 0;
    }
    return new Uint32Array(floats.buffer);
  }
  const bytes = new Uint8Array(size * channels);
  await evaluator.deliver(image, bytes, true, signal);
  if (channels === 4) return new Uint32Array(bytes.buffer);
  const words = new Uint32Array(size);
  for (let i = 0, at = 0; i < size; i++) {
    if (i % PIECE === 0) await pause?.();
    for (let c = 0; c < channels; c++) words[i] |= bytes[at++] << (8 * c);
  }
  return words;
}

const pixels = (extent: Extent): number => extent.batch * extent.height * extent.width;
