// Fewer bits for the same pixels: drops the low half of 16 bits if it repeats the high half, an opaque alpha
// channel, colours that are gray, gray that is black and white; and makes palettes of few colours. A reader that
// expands to RGBA sees no difference.
import type { Pause } from '../base/pause.js';
import type { Raster } from './input.js';

/** Pixels examined between two pauses. */
const PIECE = 2 ** 16;

export async function reduce(raster: Raster, pause?: Pause): Promise<Raster> {
  if (raster.palette || raster.bitDepth < 8) return raster;
  let { data, channels, bitDepth } = raster;
  if (data instanceof Uint16Array) {
    if (!(await all(data, (v) => v >> 8 === (v & 255), pause))) return raster;
    data = new Uint8Array(data); // modulo 256
    bitDepth = 8;
  }
  const step = channels;
  let opaque = true,
    gray = true;
  for (let i = 0, left = PIECE; i < data.length && (opaque || gray); i += step, left--) {
    if (!left) await pause?.();
    left ||= PIECE;
    if (step === 2 || step === 4) opaque &&= data[i + step - 1] === 255;
    if (step >= 3) gray &&= data[i] === data[i + 1] && data[i] === data[i + 2];
  }
  const colours = step >= 3 && !gray ? 3 : 1,
    alpha = (step === 2 || step === 4) && !opaque;
  channels = colours + (alpha ? 1 : 0);
  if (channels !== step) {
    const kept = new Uint8Array((data.length / step) * channels);
    for (let i = 0, o = 0, left = PIECE; i < data.length; i += step, left--) {
      if (!left) await pause?.();
      left ||= PIECE;
      for (let c = 0; c < colours; c++) kept[o++] = data[i + c] ?? 0;
      if (alpha) kept[o++] = data[i + step - 1] ?? 0;
    }
    data = kept;
  }
  if (channels === 1 && (await all(data, (v) => v === 0 || v === 255, pause))) bitDepth = 1;
  if (channels === raster.channels && bitDepth === raster.bitDepth) return raster;
  return {
    ...raster,
    data,
    channels,
    bitDepth,
    colorType: channels === 1 ? 0 : channels === 2 ? 4 : channels === 3 ? 2 : 6,
  };
}

/** Whether all samples satisfy a condition. */
async function all(data: Uint8Array | Uint16Array, such: (sample: number) => boolean, pause?: Pause): Promise<boolean> {
  for (let from = 0; from < data.length; from += PIECE) {
    if (!data.subarray(from, from + PIECE).every(such)) return false;
    await pause?.();
  }
  return true;
}

/**
 * Pictures of one kind with a shared palette of at most 256 RGBA entries: those that are not opaque first (for a
 * short tRNS), then by value.
 */
export async function toPalette(rasters: readonly Raster[], pause?: Pause): Promise<Raster[] | undefined> {
  if (rasters.some((one) => one.palette || one.bitDepth !== 8 || one.data instanceof Uint16Array)) return undefined;
  const seen = new Map<number, number>();
  const values: Uint32Array[] = [];
  for (const { data, channels } of rasters) {
    const found = new Uint32Array(data.length / channels);
    values.push(found);
    for (let i = 0, at = 0, last = -1; i < found.length; i++, at += channels) {
      if (i % PIECE === 0) await pause?.();
      const value = colourAt(data, at, channels);
      found[i] = value;
      if (value === last) continue;
      last = value;
      seen.set(value, 0);
      if (seen.size > 256) return undefined;
    }
  }
  const order = [...seen.keys()].sort((x, y) => x - y),
    palette = new Uint8Array(order.length * 4);
  for (const [i, value] of order.entries()) {
    seen.set(value, i);
    palette.set([(value >>> 16) & 255, (value >>> 8) & 255, value & 255, value >>> 24], i * 4);
  }
  const n = order.length;
  const bitDepth = n > 16 ? 8 : n > 4 ? 4 : n > 2 ? 2 : 1;
  const made: Raster[] = [];
  for (const [k, raster] of rasters.entries()) {
    const indices = new Uint8Array(values[k].length);
    for (let i = 0, last = -1, index = 0; i < indices.length; i++) {
      if (i % PIECE === 0) await pause?.();
      if (values[k][i] !== last) index = seen.get(values[k][i]) ?? 0;
      last = values[k][i];
      indices[i] = index;
    }
    made.push({ ...raster, colorType: 3, bitDepth, channels: 1, data: indices, palette });
  }
  return made;
}

/** A pixel as RGBA, alpha in the highest byte. */
function colourAt(data: Raster['data'], at: number, channels: number): number {
  const r = data[at];
  const [g, b] = channels > 2 ? [data[at + 1], data[at + 2]] : [r, r];
  const a = channels === 2 || channels === 4 ? data[at + channels - 1] : 255;
  return ((a << 24) | (r << 16) | (g << 8) | b) >>> 0;
}
