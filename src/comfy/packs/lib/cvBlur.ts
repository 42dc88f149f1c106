// cv2.blur of doubles, bit for bit with the same running sums. Edges are mirrored without repeating the edge pixel.
import { reflected } from './edges.js';

export interface Doubles {
  readonly data: Float64Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** The mean of a square of this side. An even square extends further to the left and upwards. */
export function cvBlur({ data, width, height, channels }: Doubles, side: number): Doubles {
  const before = Math.floor(side / 2);
  const row = width * channels;
  const across = Int32Array.from({ length: width + side - 1 }, (_, i) => reflected(i - before, width) * channels);
  const summed = (y: number): Float64Array => {
    const from = data.subarray(y * row, (y + 1) * row);
    const to = new Float64Array(row);
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let i = 0; i < side; i++) sum += from[across[i] + c];
      to[c] = sum;
      for (let x = 1; x < width; x++) {
        sum += from[across[x + side - 1] + c] - from[across[x - 1] + c];
        to[x * channels + c] = sum;
      }
    }
    return to;
  };
  const rows = Array.from({ length: height }, (_, y) => summed(y));
  const rowAt = (i: number): Float64Array => rows[reflected(i - before, height)];
  const sums = new Float64Array(row);
  for (let i = 0; i < side - 1; i++) {
    const next = rowAt(i);
    for (let x = 0; x < row; x++) sums[x] += next[x];
  }
  const made = new Float64Array(data.length);
  const scale = 1 / (side * side);
  for (let y = 0; y < height; y++) {
    const [next, last] = [rowAt(y + side - 1), rowAt(y)];
    for (let x = 0; x < row; x++) {
      const sum = sums[x] + next[x];
      made[y * row + x] = sum * scale;
      sums[x] = sum - last[x];
    }
  }
  return { data: made, width, height, channels };
}
