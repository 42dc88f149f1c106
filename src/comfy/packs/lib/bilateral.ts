// cv2.bilateralFilter(image, 9, 0.05, 8) of floats, bit for bit like OpenCV's vector code.
import type { Plane } from './each.js';
import { reflected } from './edges.js';
import { fma } from './fma.js';

const f = Math.fround;
const RADIUS = 4;
const BINS = 4096;
/**
 * Columns that OpenCV computes at once. The remaining columns add up their neighbours in a different order, by
 * fours.
 */
const LANES = 8;
/** FLT_EPSILON. A mask whose values differ by less is left unchanged. */
const FLAT = 2 ** -23;

interface Near {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/** The disc around a pixel without its centre, row by row, each place with its weight by distance. */
const DISC: readonly Near[] = /* @__PURE__ */ disc();

function disc(): Near[] {
  const all: Near[] = [];
  for (let y = -RADIUS; y <= RADIUS; y++) {
    for (let x = -RADIUS; x <= RADIUS; x++) {
      const r = Math.sqrt(x * x + y * y);
      if (r <= RADIUS && (x || y)) all.push({ x, y, weight: f(Math.exp(r * r * (-0.5 / (8 * 8)))) });
    }
  }
  return all;
}

/** The weight by difference: a table of 4096, interpolated. */
function lookup(scale: number): Float32Array {
  const table = new Float32Array(BINS + 2);
  for (let i = 0; i < table.length && (i === 0 || table[i - 1] > 0); i++) {
    const x = f(i / scale);
    table[i] = Math.exp(x * x * (-0.5 / (0.05 * 0.05)));
  }
  return table;
}

export function bilateral({ data, width, height }: Plane<Float32Array>): Float32Array<ArrayBuffer> {
  let [least, most] = [Infinity, -Infinity];
  for (const x of data) [least, most] = [Math.min(least, x), Math.max(most, x)];
  const to = Float32Array.from(data);
  if (most - least < FLAT) return to;
  const scale = f(BINS / f(most - least));
  const table = lookup(scale);
  const [across, down] = [width, height].map((length) =>
    Int32Array.from({ length: length + 2 * RADIUS }, (_, i) => reflected(i - RADIUS, length)),
  );
  const whole = width - (width % LANES);
  const [weights, values] = [new Float64Array(4), new Float64Array(4)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const own = data[y * width + x];
      let [sum, total] = [0, 0];
      for (let k = 0; k < DISC.length; k++) {
        const near = DISC[k];
        const value = data[down[y + near.y + RADIUS] * width + across[x + near.x + RADIUS]];
        const place = f(f(Math.abs(value - own)) * scale);
        const bin = Math.trunc(place);
        const part = f(place - bin);
        const mixed = fma(table[bin + 1], part, f(table[bin] * f(1 - part)));
        const weight = f(near.weight * mixed);
        if (x < whole) {
          total = f(total + weight);
          sum = fma(value, weight, sum);
          continue;
        }
        [weights[k % 4], values[k % 4]] = [weight, f(value * weight)];
        if (k % 4 < 3) continue;
        total = f(total + fourOf(weights));
        sum = f(sum + fourOf(values));
      }
      to[y * width + x] = f(f(sum + own) / f(total + 1));
    }
  }
  return to;
}

const fourOf = (v: Float64Array): number => f(f(v[0] + v[2]) + f(v[1] + v[3]));
