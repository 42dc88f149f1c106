// cv2.dilate and cv2.erode of floats by an odd square of ones. NaN is kept or lost depending on the order of
// comparisons in OpenCV's loops, which this repeats.
import type { Plane } from './each.js';
import { dilated, eroded } from './morphology.js';

/** The greatest float, which stands for places beyond the edges. */
const MOST = (2 - 2 ** -23) * 2 ** 127;
/** Columns that are compared at once. Rows go in pairs. */
const LANES = 4;

type Pick = (a: number, b: number) => number;
type From = (k: number) => number;

interface Order {
  /** For OpenCV's vectors, which keep the second value if the two do not compare. */
  readonly vector: Pick;
  /** For the loop over the remaining columns, which keeps the first. */
  readonly scalar: Pick;
  readonly outside: number;
}

const LARGEST: Order = {
  vector: (a, b) => (a > b ? a : b),
  scalar: (a, b) => (a < b ? b : a),
  outside: -MOST,
};
const SMALLEST: Order = {
  vector: (a, b) => (a < b ? a : b),
  scalar: (a, b) => (b < a ? b : a),
  outside: MOST,
};

type Floats = Plane<Float32Array>;

export const cvDilated = (plane: Floats, radius: number): Floats =>
  plane.data.some(Number.isNaN) ? spread(plane, radius, LARGEST) : dilated(plane, 2 * radius + 1);
export const cvEroded = (plane: Floats, radius: number): Floats =>
  plane.data.some(Number.isNaN) ? spread(plane, radius, SMALLEST) : eroded(plane, 2 * radius + 1);

function spread(
  { data, width, height }: Plane<Float32Array>,
  radius: number,
  { vector, scalar, outside }: Order,
): Plane<Float32Array<ArrayBuffer>> {
  const size = 2 * radius + 1;
  const whole = width - (width % LANES);
  const rows = new Float32Array(data.length);
  const line = new Float32Array(width + 2 * radius).fill(outside);
  for (let y = 0; y < height; y++) {
    line.set(data.subarray(y * width, (y + 1) * width), radius);
    const from =
      (x: number): From =>
      (k) =>
        line[x + k];
    for (let x = 0; x < whole; x++) rows[y * width + x] = single(from(x), size, vector);
    for (let x = whole; x < width; x += 2) {
      const [one, next] = x + 1 < width ? pair(from(x), size, scalar) : [single(from(x), size, scalar), 0];
      rows[y * width + x] = one;
      if (x + 1 < width) rows[y * width + x + 1] = next;
    }
  }
  const to = new Float32Array(data.length);
  for (let x = 0; x < width; x++) {
    const pick = x < whole ? vector : scalar;
    for (let y = 0; y < height; y += 2) {
      const from: From = (k) => {
        const row = y + k - radius;
        return row < 0 || row >= height ? outside : rows[row * width + x];
      };
      const [one, next] = y + 1 < height ? pair(from, size, pick) : [single(from, size, pick), 0];
      to[y * width + x] = one;
      if (y + 1 < height) to[(y + 1) * width + x] = next;
    }
  }
  return { data: to, width, height };
}

/** One place: from the first value to the last. */
function single(from: From, size: number, pick: Pick): number {
  let best = from(0);
  for (let k = 1; k < size; k++) best = pick(best, from(k));
  return best;
}

/** Two adjacent places: first the values that they share, then each one's own. */
function pair(from: From, size: number, pick: Pick): readonly [number, number] {
  let best = from(1);
  for (let k = 2; k < size; k++) best = pick(best, from(k));
  return [pick(best, from(0)), pick(best, from(size))];
}
