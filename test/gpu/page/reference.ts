// Plain reference implementations of every operation, one pixel at a time, in JavaScript's numbers.
import type { OpName } from '../../../src/ops/index.js';

const f = Math.fround;
const set = (x: number): boolean => !(Math.abs(x) <= 0.5);
const toByte = (x: number): number => Math.trunc(Math.min(Math.max(f(255 * x) || 0, 0), 255));
const most = (a: number, b: number): number => Math.max(a, b);
const least = (a: number, b: number): number => Math.min(a, b);

export const byteJoins: Partial<Record<OpName, (a: number, b: number) => number>> = {
  multiply: (a, b) => Math.floor((a * b + 127) / 255),
  add: (a, b) => Math.min(a + b, 255),
  subtract: (a, b) => Math.max(a - b, 0),
  max: most,
  min: least,
  difference: (a, b) => Math.abs(a - b),
  and: (a, b) => (a >= 128 && b >= 128 ? 255 : 0),
  or: (a, b) => (a >= 128 || b >= 128 ? 255 : 0),
  xor: (a, b) => (a >= 128 !== b >= 128 ? 255 : 0),
  average: (a, b) => (a + b) >> 1,
};

export const floatJoins: Partial<Record<OpName, (a: number, b: number) => number>> = {
  multiply: (a, b) => f(a * b),
  add: (a, b) => f(a + b),
  subtract: (a, b) => f(a - b),
  max: most,
  min: least,
  difference: (a, b) => Math.abs(f(a - b)),
  and: (a, b) => Number(set(a) && set(b)),
  or: (a, b) => Number(set(a) || set(b)),
  xor: (a, b) => Number(set(a) !== set(b)),
  average: (a, b) => f(f(a + b) * 0.5),
};

export const floatMaps = {
  invert: (x: number) => f(1 - x),
  threshold: (x: number, value: number) => Number(x > f(value)),
  clamp: (x: number) => (x < 0 ? 0 : x > 1 ? 1 : x),
  bytes: toByte,
};

const even = (x: number): number => (x % 1 === 0.5 ? 2 * Math.round(x / 2) : Math.round(x));
export const rounded = (x: number): number => even(f(255 * (x > 0 ? Math.min(x, 1) : 0)));

/** Bytes of one pixel as r, g, b, a, also of a picture with fewer channels. */
export const wide = (px: ArrayLike<number>, full: number): number[] =>
  px.length === 1 ? [px[0], px[0], px[0], full] : [px[0], px[1], px[2], px.length === 4 ? px[3] : full];

/** MaskGrow by the letter: n times the 3 x 3 neighbourhood. */
export function grow(data: ArrayLike<number>, h: number, w: number, expand: number, tapered: boolean): number[] {
  let now = Array.from(data);
  for (let n = 0; n < Math.abs(expand); n++) {
    now = now.map((_, i) => {
      const [y, x] = [Math.floor(i / w), i % w];
      const near: number[] = [];
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          if (tapered && dx && dy) continue;
          near.push(now[Math.min(Math.max(y + dy, 0), h - 1) * w + Math.min(Math.max(x + dx, 0), w - 1)]);
        }
      }
      return near.reduce(expand > 0 ? most : least);
    });
  }
  return now;
}

export function fadeEdges(data: ArrayLike<number>, h: number, w: number, edge: number[]): Float32Array {
  const out = Float32Array.from(data);
  const [left, top, right, bottom] = [
    Math.min(edge[0], w),
    Math.min(edge[1], h),
    Math.min(edge[2], w),
    Math.min(edge[3], h),
  ];
  const fade = (at: number, i: number, n: number): void => {
    out[at] = out[at] * f((i + 1) / n);
  };
  for (let i = 0; i < left; i++) for (let y = 0; y < h; y++) fade(y * w + i, i, left);
  for (let i = 0; i < right; i++) for (let y = 0; y < h; y++) fade(y * w + w - 1 - i, i, right);
  for (let i = 0; i < top; i++) for (let x = 0; x < w; x++) fade(i * w + x, i, top);
  for (let i = 0; i < bottom; i++) for (let x = 0; x < w; x++) fade((h - 1 - i) * w + x, i, bottom);
  return out;
}

export function interpolate(
  data: ArrayLike<number>,
  h: number,
  w: number,
  height: number,
  width: number,
): Float32Array {
  const out = new Float32Array(width * height);
  const taps = (at: number, from: number, to: number): number[] => {
    const place = Math.max(f(from / to) * (at + 0.5) - 0.5, 0);
    const first = Math.trunc(place);
    return [first, Math.min(first + 1, from - 1), f(1 - f(place - first)), f(place - first)];
  };
  for (let y = 0; y < height; y++) {
    const [y0, y1, t0, t1] = taps(y, h, height);
    for (let x = 0; x < width; x++) {
      const [x0, x1, s0, s1] = taps(x, w, width);
      const over = f(t0 * s0) * data[y0 * w + x0] + f(t0 * s1) * data[y0 * w + x1];
      out[y * width + x] = over + f(t1 * s0) * data[y1 * w + x0] + f(t1 * s1) * data[y1 * w + x1];
    }
  }
  return out;
}
