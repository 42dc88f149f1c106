// Thresholds chosen from a picture's 256 counts, as scikit-image 0.19 chooses them for bytes. The order and the width of its
// arithmetic are kept, float32 where numpy stays in float32: a tie between two thresholds is then decided as it decides it.

import type { Auto } from '../choices.js';

const f32 = Math.fround;

/** White is above this; of one value only, that value: then nothing is. */
export function limitOf(method: Auto, counts: Uint32Array): number {
  const low = counts.findIndex((count) => count > 0);
  const high = counts.findLastIndex((count) => count > 0);
  if (low >= high) return high;
  const held = Float64Array.from(counts.subarray(low, high + 1));
  return chosen[method](held, low);
}

/** `held` counts the values from the least on, `low`. Most give a place in it. */
const chosen: Record<Auto, (held: Float64Array, low: number) => number> = {
  otsu: (held, low) => low + otsu(held, low),
  triangle: (held, low) => low + triangle(held),
  li: (held, low) => low + li(held),
  yen: (held, low) => low + yen(held),
  isodata: (held, low) => low + isodata(held, low),
  mean: (held, low) => sum(held, (v) => low + v) / sum(held),
};

function sum(held: Float64Array, weight: (v: number) => number = () => 1): number {
  return held.reduce((all, count, v) => all + count * weight(v), 0);
}

/** The place of the first of the greatest values. */
function greatest(n: number, value: (place: number) => number): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < n; place++) {
    const v = value(place);
    if (v > most) [best, most] = [place, v];
  }
  return best;
}

/** The largest variance between the two classes. */
function otsu(held: Float64Array, low: number): number {
  const all = sum(held);
  const moment = sum(held, (v) => low + v);
  let below = 0;
  let light = 0;
  return greatest(held.length - 1, (v) => {
    below += held[v];
    light += held[v] * (low + v);
    const apart = light / below - (moment - light) / (all - below);
    return below * (all - below) * (apart * apart);
  });
}

/** The value farthest below the line from the peak to the end of the longer tail. */
function triangle(held: Float64Array): number {
  const last = held.length - 1;
  const peak = greatest(held.length, (v) => held[v]);
  const flip = peak < last - peak;
  const tail = flip ? held.toReversed() : held;
  const width = flip ? last - peak : peak;
  const norm = Math.sqrt(held[peak] * held[peak] + width * width);
  const [up, along] = [held[peak] / norm, width / norm];
  const place = greatest(width, (v) => up * v - along * tail[v]);
  return flip ? last - place : place;
}

/** Least cross entropy, by iteration from the mean (Li and Tam). */
function li(held: Float64Array): number {
  let limit = Number.NEGATIVE_INFINITY;
  let next = sum(held, (v) => v) / sum(held);
  while (Math.abs(next - limit) > 0.5) {
    limit = next;
    const fore = held.map((count, v) => (v > limit ? count : 0));
    const back = held.map((count, v) => (v > limit ? 0 : count));
    const light = sum(fore, (v) => v) / sum(fore);
    const dark = sum(back, (v) => v) / sum(back);
    next = (dark - light) / (Math.log(dark) - Math.log(light));
  }
  return next;
}

/** The mean of the means of the two classes it makes. numpy sums the counts in float32. */
function isodata(held: Float64Array, low: number): number {
  const below = running(held.map(f32));
  const all = below[held.length - 1];
  const moment = sum(held.map(f32), (v) => low + v);
  let light = 0;
  for (let v = 0; v < held.length - 1; v++) {
    light += f32(held[v]) * (low + v);
    const apart = (light / below[v] + (moment - light) / f32(all - below[v])) / 2 - (low + v);
    if (apart >= 0 && apart < 1) return v;
  }
  return held.length - 1;
}

/** Yen's criterion, all of it in float32 as numpy has it. */
function yen(held: Float64Array): number {
  const all = f32(sum(held));
  const part = held.map((count) => f32(f32(count) / all));
  const squares = part.map((p) => f32(p * p));
  const [below, dark] = [running(part), running(squares)];
  const bright = running(squares.toReversed()).reverse();
  return greatest(held.length - 1, (v) => {
    const evens = f32(below[v] * f32(1 - below[v]));
    return log(f32(f32(1 / f32(dark[v] * bright[v + 1])) * f32(evens * evens)));
  });
}

/** Running sums in float32. */
function running(values: Float64Array): Float32Array {
  let all = 0;
  return Float32Array.from(values, (value) => {
    all = f32(all + value);
    return all;
  });
}

const P = [0.025899791179079226, 0.3808837741388408, 1.4800006335765066, 2.112677543073053, 1, 0];
const Q = [0.005875095403124574, 0.15464763749839067, 0.9864942958519419, 2.453006071784736, 2.6126775430731093, 1];
const LN2 = f32(Math.LN2);

/** numpy's logarithm of float32: a ratio of polynomials with fused steps. Two criteria that it takes for equal are equal. */
function log(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x > 0 ? x : Number.NaN;
  let exponent = Math.floor(Math.log2(x)) + 1;
  let part = x / 2 ** exponent;
  while (part >= 1) [part, exponent] = [part / 2, exponent + 1];
  while (part <= f32(Math.SQRT1_2)) [part, exponent] = [part * 2, exponent - 1];
  const y = f32(part - 1);
  const along = (row: readonly number[]): number => row.map(f32).reduce((r, one) => f32(r * y + one));
  return f32(exponent * LN2 + f32(along(P) / along(Q)));
}
