// LayerStyle's motion_blur like OpenCV: a rotated diagonal as the kernel, then the values stretched to the full range.
import { reflected } from './edges.js';
import { halfEven } from './numbers.js';
import { mapped, type Picture } from './pillow.js';

const f = Math.fround;
/**
 * From this many places on, OpenCV convolves by a Fourier transform in doubles; smaller kernels go place by place in
 * floats.
 */
const TRANSFORMED = 130;
/** warpAffine's coordinates are in 1024ths, and their sums are rounded to 32nds. */
const [FINE, STEPS] = [1024, 32];

/** cv2.getRotationMatrix2D around the middle, inverted like cv2.warpAffine does. */
function inverseTurn(size: number, degrees: number): readonly number[] {
  const turn = (degrees * Math.PI) / 180;
  const [alpha, beta] = [Math.cos(turn), Math.sin(turn)];
  const half = f(size / 2);
  const m = [alpha, beta, (1 - alpha) * half - beta * half, -beta, alpha, beta * half + (1 - alpha) * half];
  const whole = m[0] * m[4] - m[1] * m[3];
  const d = whole === 0 ? 0 : 1 / whole;
  const [a, b, c, e] = [m[4] * d, m[1] * -d, m[3] * -d, m[0] * d];
  return [a, b, -a * m[2] - b * m[5], c, e, -c * m[2] - e * m[5]];
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/**
 * The places where a rotated diagonal of ones is not 0, each interpolated from the four nearest, with zeros beyond
 * the edges.
 */
function turnedDiagonal(size: number, degrees: number): Place[] {
  const [a, b, c, d, e, g] = inverseTurn(size, degrees);
  const all: Place[] = [];
  const at = (x: number, y: number): number => Number(x === y && x >= 0 && x < size);
  const whole = (v: number): number => Math.floor(v / STEPS);
  for (let y = 0; y < size; y++) {
    const startX = halfEven((b * y + c) * FINE) + FINE / STEPS / 2;
    const startY = halfEven((e * y + g) * FINE) + FINE / STEPS / 2;
    // x where the line crosses the middle of this row, and how far from there it can still reach
    const [middle, reach] = [(e * y + g - b * y - c) / (a - d), 3 / Math.abs(a - d)];
    const isFar = Number.isFinite(middle + reach) && reach < size;
    const from = isFar ? Math.max(Math.floor(middle - reach), 0) : 0;
    const to = isFar ? Math.min(Math.ceil(middle + reach), size - 1) : size - 1;
    for (let x = from; x <= to; x++) {
      const placeX = Math.floor((startX + halfEven(a * x * FINE)) / (FINE / STEPS));
      const placeY = Math.floor((startY + halfEven(d * x * FINE)) / (FINE / STEPS));
      const [left, top] = [whole(placeX), whole(placeY)];
      const [right, low] = [placeX / STEPS - left, placeY / STEPS - top];
      const weight =
        at(left, top) * (1 - right) * (1 - low) +
        at(left + 1, top) * right * (1 - low) +
        at(left, top + 1) * (1 - right) * low +
        at(left + 1, top + 1) * right * low;
      if (weight) all.push({ x, y, weight: weight / size });
    }
  }
  return all;
}

export function motionBlurred(picture: Picture, angle: number, blur: number): Picture {
  const { data, width, height, channels } = picture;
  const size = blur * 5;
  const inFloats = size * size < TRANSFORMED;
  const middle = Math.floor(size / 2);
  const places = turnedDiagonal(size, angle + 45).map(({ x, y, weight }) => {
    return { x, y, weight: inFloats ? f(weight) : weight };
  });
  const [across, down] = [width, height].map((length) =>
    Int32Array.from({ length: length + size }, (_, i) => reflected(i - middle, length)),
  );
  const line = width * channels;
  const sums = new Float64Array(line);
  const to = mapped(picture, () => 0);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (const place of places) {
      const from = down[y + place.y] * line;
      for (let x = 0, at = 0; x < width; x++) {
        const pixel = from + across[x + place.x] * channels;
        for (let c = 0; c < channels; c++, at++) {
          const sum = data[pixel + c] * place.weight + sums[at];
          sums[at] = inFloats ? f(sum) : sum;
        }
      }
    }
    for (let x = 0; x < line; x++) to.data[y * line + x] = Math.min(halfEven(sums[x]), 255);
  }
  let [least, most] = [255, 0];
  for (const v of to.data) [least, most] = [Math.min(least, v), Math.max(most, v)];
  const scale = most > least ? 255 * (1 / (most - least)) : 0;
  const shift = -least * scale;
  return mapped(to, (v) => halfEven(f(v * f(scale) + f(shift))));
}
