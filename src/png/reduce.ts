// Fewer bits for the same pixels: 16 bits that are bytes doubled, an alpha channel that is opaque, colours that are gray,
// gray that is black and white, few colours as a palette. Never changes what a reader that expands to RGBA sees.
import type { Raster } from './input.js';

export function reduce(raster: Raster): Raster {
  if (raster.palette || raster.bitDepth < 8) return raster;
  let { data, channels, bitDepth } = raster;
  if (data instanceof Uint16Array) {
    if (data.some((v) => v >> 8 !== (v & 255))) return raster;
    data = new Uint8Array(data); // modulo 256
    bitDepth = 8;
  }
  const step = channels;
  let opaque = true,
    gray = true;
  for (let i = 0; i < data.length && (opaque || gray); i += step) {
    if (step === 2 || step === 4) opaque &&= data[i + step - 1] === 255;
    if (step >= 3) gray &&= data[i] === data[i + 1] && data[i] === data[i + 2];
  }
  const colours = step >= 3 && !gray ? 3 : 1,
    alpha = (step === 2 || step === 4) && !opaque;
  channels = colours + (alpha ? 1 : 0);
  if (channels !== step) {
    const kept = new Uint8Array((data.length / step) * channels);
    for (let i = 0, o = 0; i < data.length; i += step) {
      for (let c = 0; c < colours; c++) kept[o++] = data[i + c] ?? 0;
      if (alpha) kept[o++] = data[i + step - 1] ?? 0;
    }
    data = kept;
  }
  if (channels === 1 && data.every((v) => v === 0 || v === 255)) bitDepth = 1;
  if (channels === raster.channels && bitDepth === raster.bitDepth) return raster;
  return {
    ...raster,
    data,
    channels,
    bitDepth,
    colorType: channels === 1 ? 0 : channels === 2 ? 4 : channels === 3 ? 2 : 6,
  };
}

/** The picture with a palette of at most 256 RGBA entries: those that are not opaque first (a short tRNS), then by value. */
export function toPalette(raster: Raster): Raster | undefined {
  const { data, channels, bitDepth } = raster;
  if (raster.palette || bitDepth !== 8 || data instanceof Uint16Array) return undefined;
  const pixels = data.length / channels,
    values = new Uint32Array(pixels),
    seen = new Map<number, number>();
  for (let i = 0, at = 0, last = -1; i < pixels; i++, at += channels) {
    const r = data[at] ?? 0,
      g = channels > 2 ? (data[at + 1] ?? 0) : r,
      b = channels > 2 ? (data[at + 2] ?? 0) : r;
    const a = channels === 2 || channels === 4 ? (data[at + channels - 1] ?? 0) : 255;
    const value = ((a << 24) | (r << 16) | (g << 8) | b) >>> 0;
    values[i] = value;
    if (value === last) continue;
    last = value;
    seen.set(value, 0);
    if (seen.size > 256) return undefined;
  }
  const order = [...seen.keys()].sort((x, y) => x - y),
    palette = new Uint8Array(order.length * 4);
  for (const [i, value] of order.entries()) {
    seen.set(value, i);
    palette.set([(value >>> 16) & 255, (value >>> 8) & 255, value & 255, value >>> 24], i * 4);
  }
  const indices = new Uint8Array(pixels),
    n = order.length;
  for (let i = 0; i < pixels; i++)
    indices[i] = values[i] === values[i - 1] ? indices[i - 1] : (seen.get(values[i]) as number);
  return {
    ...raster,
    colorType: 3,
    bitDepth: n > 16 ? 8 : n > 4 ? 4 : n > 2 ? 2 : 1,
    channels: 1,
    data: indices,
    palette,
  };
}
