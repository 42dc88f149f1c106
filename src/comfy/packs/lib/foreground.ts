// Continues the colours of the marked area beyond its border: multi-level estimation of foreground and background
// (Germer and others, 2020), in the floats and doubles of pymatting's estimate_foreground_ml.
import { halfEven } from './numbers.js';

const f = Math.fround;
const REGULAR = f(1e-5);
const SMALL = 32;
const CHANNELS = 3;

export interface Colors {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

function nearest(from: Colors, width: number, height: number, channels: number): Float32Array {
  const to = new Float32Array(width * height * channels);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.min(Math.floor((y * from.height) / height), from.height - 1) * from.width;
    for (let x = 0; x < width; x++) {
      const start = (row + Math.min(Math.floor((x * from.width) / width), from.width - 1)) * channels;
      for (let c = 0; c < channels; c++) to[at++] = from.data[start + c];
    }
  }
  return to;
}

/** The mean colour of the pixels that satisfy `isIn`. */
function meanOf(image: Colors, isIn: (at: number) => boolean): Float32Array {
  const sums = new Float32Array(CHANNELS);
  let count = 0;
  for (let at = 0; at < image.width * image.height; at++) {
    if (!isIn(at)) continue;
    for (let c = 0; c < CHANNELS; c++) sums[c] += image.data[at * CHANNELS + c];
    count++;
  }
  return sums.map((sum) => sum / (count + 1e-5));
}

/** `image`: RGB in 0..1; `alpha`: one value for each pixel. Yields between rows, so that the caller can pause. */
export function* foregroundOf(image: Colors, alpha: Colors): Generator<void, Float32Array> {
  const { width: fullWidth, height: fullHeight } = image;
  const levels = Math.ceil(Math.log2(Math.max(fullWidth, fullHeight)));
  let front: Colors = { data: meanOf(image, (at) => alpha.data[at] > f(0.9)), width: 1, height: 1 };
  let back: Colors = { data: meanOf(image, (at) => alpha.data[at] < f(0.1)), width: 1, height: 1 };
  for (let level = 0; level <= levels; level++) {
    const width = halfEven(fullWidth ** (level / levels));
    const height = halfEven(fullHeight ** (level / levels));
    const colors = nearest(image, width, height, CHANNELS);
    const shares = nearest(alpha, width, height, 1);
    const [own, other] = [nearest(front, width, height, CHANNELS), nearest(back, width, height, CHANNELS)];
    const rounds = width <= SMALL && height <= SMALL ? 10 : 2;
    const sums = new Float32Array(2 * CHANNELS);
    for (let round = 0; round < rounds; round++) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) solve(x, y);
        yield;
      }
    }
    front = { data: own, width, height };
    back = { data: other, width, height };

    /** Computes the colours of a pixel from its own and those of its four neighbours. */
    function solve(x: number, y: number): void {
      const at = y * width + x;
      const a0 = shares[at];
      const a1 = 1 - a0;
      let [a00, a11] = [f(a0 * a0), a1 * a1];
      const a01 = a0 * a1;
      for (let c = 0; c < CHANNELS; c++) {
        const color = colors[at * CHANNELS + c];
        sums[c] = a0 * color;
        sums[CHANNELS + c] = a1 * color;
      }
      for (let d = 0; d < 4; d++) {
        const column = d < 2 ? Math.min(Math.max(x + 2 * d - 1, 0), width - 1) : x;
        const row = d < 2 ? y : Math.min(Math.max(y + 2 * d - 5, 0), height - 1);
        const near = row * width + column;
        const weight = f(REGULAR + Math.abs(f(a0 - shares[near])));
        a00 = f(a00 + weight);
        a11 += weight;
        for (let c = 0; c < CHANNELS; c++) {
          sums[c] += f(weight * own[near * CHANNELS + c]);
          sums[CHANNELS + c] += f(weight * other[near * CHANNELS + c]);
        }
      }
      const inverse = 1 / (a00 * a11 - a01 * a01);
      const [b00, b01, b11] = [inverse * a11, inverse * -a01, inverse * a00];
      for (let c = 0; c < CHANNELS; c++) {
        own[at * CHANNELS + c] = Math.max(0, Math.min(1, b00 * sums[c] + b01 * sums[CHANNELS + c]));
        other[at * CHANNELS + c] = Math.max(0, Math.min(1, b01 * sums[c] + b11 * sums[CHANNELS + c]));
      }
    }
  }
  return front.data;
}
