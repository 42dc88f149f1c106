// The guided filter of He, Sun and Tang with a guide of three channels, like cv2.ximgproc, in doubles.
import type { Plane } from './each.js';
import type { Picture } from './pillow.js';

/** d c b a | a b c d | d c b a. */
function mirrored(i: number, length: number): number {
  const period = 2 * length;
  const place = ((i % period) + period) % period;
  return place < length ? place : period - 1 - place;
}

/** The mean of a square around each pixel. The edge is mirrored and repeated. */
function means(data: Float64Array, width: number, height: number, radius: number): Float64Array {
  const pass = (from: Float64Array, length: number, lines: number, line: number, step: number): Float64Array => {
    const to = new Float64Array(from.length);
    for (let l = 0; l < lines; l++) {
      const at = (i: number): number => from[l * line + mirrored(i, length) * step];
      let sum = 0;
      for (let i = -radius; i <= radius; i++) sum += at(i);
      for (let i = 0; i < length; i++) {
        to[l * line + i * step] = sum / (2 * radius + 1);
        sum += at(i + radius + 1) - at(i - radius);
      }
    }
    return to;
  };
  return pass(pass(data, width, height, width, 1), height, width, 1, width);
}

/** The mask with the picture's edges. Both are bytes, taken as v / 255. */
export function guided(guide: Picture, mask: Plane<Uint8Array>, radius: number, epsilon: number): Float64Array {
  const { width, height } = mask;
  const count = width * height;
  const mean = (of: (at: number) => number): Float64Array =>
    means(
      Float64Array.from({ length: count }, (_, at) => of(at)),
      width,
      height,
      radius,
    );
  const channel =
    (c: number) =>
    (at: number): number =>
      guide.data[at * 3 + c] / 255;
  const [red, green, blue] = [channel(0), channel(1), channel(2)];
  const all = [red, green, blue];
  const own = (at: number): number => mask.data[at] / 255;
  const averages = all.map(mean);
  const averageOwn = mean(own);
  const together = all.map((one) => mean((at) => one(at) * own(at)));
  const pairs = [red, green, blue].map((one, i) =>
    all.map((other, j) => (j < i ? undefined : mean((at) => one(at) * other(at)))),
  );
  const slopes = all.map(() => new Float64Array(count));
  const rests = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    const spread = (i: number, j: number): number => {
      const both = pairs[Math.min(i, j)][Math.max(i, j)];
      return (both ? both[at] : 0) - averages[i][at] * averages[j][at] + (i === j ? epsilon : 0);
    };
    const wanted = together.map((one, i) => one[at] - averages[i][at] * averageOwn[at]);
    const found = solved([spread(0, 0), spread(0, 1), spread(0, 2), spread(1, 1), spread(1, 2), spread(2, 2)], wanted);
    rests[at] = averageOwn[at] - found.reduce((sum, one, i) => sum + one * averages[i][at], 0);
    for (const [i, one] of found.entries()) slopes[i][at] = one;
  }
  const smooth = slopes.map((one) => means(one, width, height, radius));
  const rest = means(rests, width, height, radius);
  return rest.map((one, at) => one + smooth.reduce((sum, slope, c) => sum + slope[at] * all[c](at), 0));
}

/** Solves a symmetric system of three equations by cofactors. */
function solved([a, b, c, d, e, g]: readonly number[], [x, y, z]: readonly number[]): number[] {
  const [aa, bb, cc] = [d * g - e * e, c * e - b * g, b * e - c * d];
  const [dd, ee, gg] = [a * g - c * c, b * c - a * e, a * d - b * b];
  const whole = a * aa + b * bb + c * cc;
  return [(aa * x + bb * y + cc * z) / whole, (bb * x + dd * y + ee * z) / whole, (cc * x + ee * y + gg * z) / whole];
}
