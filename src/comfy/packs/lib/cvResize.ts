// cv2.resize of bytes: nearest, area and cubic, bit for bit like OpenCV's generic code. Runs in steps, so that it
// can be cancelled between them.
import { cubicTaps, type Taps } from './cvCubicTaps.js';
import { halfEven } from './numbers.js';
import type { Picture } from './pillow.js';

const f = Math.fround;
/** Weights are integers in units of 1 / 2^11. */
const ONE = 2048;
const clip = (v: number): number => Math.min(Math.max(v, 0), 255);

interface Size {
  readonly width: number;
  readonly height: number;
}

export function* cvNearest({ data, width, height, channels }: Picture, to: Size): Generator<void, Picture> {
  const made = new Uint8Array(to.width * to.height * channels);
  const [across, down] = [1 / (to.width / width), 1 / (to.height / height)];
  for (let y = 0, at = 0; y < to.height; y++) {
    yield;
    const row = Math.min(Math.floor(y * down), height - 1) * width;
    for (let x = 0; x < to.width; x++) {
      const from = (row + Math.min(Math.floor(x * across), width - 1)) * channels;
      for (let c = 0; c < channels; c++) made[at++] = data[from + c];
    }
  }
  return { data: made, ...to, channels };
}

const weighed = (x: number): number => halfEven(f(x * ONE));

/** The weights as integers. */
const wholeTaps = (from: number, to: number): Taps[] =>
  cubicTaps(from, to).map(({ places, weights }) => ({ places, weights: weights.map(weighed) }));

export function* cvCubic({ data, width, height, channels }: Picture, to: Size): Generator<void, Picture> {
  const [across, down] = [wholeTaps(width, to.width), wholeTaps(height, to.height)];
  const row = to.width * channels;
  const lines = new Int32Array(height * row);
  for (let y = 0; y < height; y++) {
    yield;
    for (const [x, { places, weights }] of across.entries()) {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let k = 0; k < 4; k++) sum += data[(y * width + places[k]) * channels + c] * weights[k];
        lines[y * row + x * channels + c] = sum;
      }
    }
  }
  const made = new Uint8Array(to.height * row);
  const whole = row - (row % 8);
  for (const [y, { places, weights }] of down.entries()) {
    yield;
    const parts = weights.map((one) => f(one / (ONE * ONE)));
    for (let i = 0; i < row; i++) {
      // eight at once are computed in floats, the remaining ones in integers
      if (i < whole) {
        let sum = f(lines[places[0] * row + i] * parts[0]);
        for (let k = 1; k < 4; k++) sum = f(f(lines[places[k] * row + i] * parts[k]) + sum);
        made[y * row + i] = clip(halfEven(sum));
      } else {
        let sum = 0;
        for (let k = 0; k < 4; k++) sum += lines[places[k] * row + i] * weights[k];
        made[y * row + i] = clip(Math.floor((sum + 2 ** 21) / 2 ** 22));
      }
    }
  }
  return { data: made, ...to, channels };
}

/** Which pixels each place of a shorter line takes, and how much of each. */
function areaTaps(from: number, to: number): Taps[] {
  const scale = 1 / (to / from);
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [i * scale, (i + 1) * scale];
    const cell = Math.min(scale, from - start);
    const [first, last] = [Math.min(Math.ceil(start), Math.floor(end)), Math.min(Math.floor(end), from - 1)];
    const low = Math.min(first, last);
    const places: number[] = [];
    const weights: number[] = [];
    const add = (place: number, weight: number): void => {
      places.push(place);
      weights.push(f(weight));
    };
    if (low - start > 1e-3) add(low - 1, (low - start) / cell);
    for (let k = low; k < last; k++) add(k, 1 / cell);
    if (end - last > 1e-3) add(last, Math.min(Math.min(end - last, 1), cell) / cell);
    return { places, weights };
  });
}

/** Two neighbours of each place. The second one counts only as far as the place reaches into it. */
function longerTaps(from: number, to: number): Taps[] {
  const by = to / from;
  const scale = 1 / by;
  return Array.from({ length: to }, (_, i) => {
    const first = Math.floor(i * scale);
    const beyond = f(i + 1 - (first + 1) * by);
    const part = beyond <= 0 ? 0 : f(beyond - Math.floor(beyond));
    if (first >= from - 1) return { places: [from - 1, from - 1], weights: [ONE, 0] };
    return { places: [first, first + 1], weights: [weighed(f(1 - part)), weighed(part)] };
  });
}

/** Makes a side longer, between two neighbours. */
function* longer({ data, width, height, channels }: Picture, to: Size): Generator<void, Picture> {
  const [across, down] = [longerTaps(width, to.width), longerTaps(height, to.height)];
  const row = to.width * channels;
  const made = new Uint8Array(to.height * row);
  const lines = new Int32Array(height * row);
  for (let y = 0; y < height; y++) {
    yield;
    for (const [x, { places, weights }] of across.entries()) {
      for (let c = 0; c < channels; c++) {
        const [one, other] = places.map((place) => data[(y * width + place) * channels + c]);
        lines[y * row + x * channels + c] = one * weights[0] + other * weights[1];
      }
    }
  }
  for (const [y, { places, weights }] of down.entries()) {
    yield;
    for (let i = 0; i < row; i++) {
      const parts = places.map((place, k) => (weights[k] * (lines[place * row + i] >> 4)) >> 16);
      made[y * row + i] = (parts[0] + parts[1] + 2) >> 2;
    }
  }
  return { data: made, ...to, channels };
}

export function* cvArea(picture: Picture, to: Size): Generator<void, Picture> {
  const { data, width, height, channels } = picture;
  if (to.width > width || to.height > height) return yield* longer(picture, to);
  const [stepX, stepY] = [width / to.width, height / to.height];
  const row = to.width * channels;
  const made = new Uint8Array(to.height * row);
  if (Number.isInteger(stepX) && Number.isInteger(stepY)) {
    const part = f(1 / (stepX * stepY));
    for (let y = 0, at = 0; y < to.height; y++) {
      yield;
      for (let x = 0; x < to.width; x++) {
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (let j = 0; j < stepY; j++) {
            for (let i = 0; i < stepX; i++) sum += data[((y * stepY + j) * width + x * stepX + i) * channels + c];
          }
          made[at++] = stepX === 2 && stepY === 2 ? (sum + 2) >> 2 : halfEven(f(sum * part));
        }
      }
    }
    return { data: made, ...to, channels };
  }
  const [across, down] = [areaTaps(width, to.width), areaTaps(height, to.height)];
  const line = new Float32Array(row);
  const sums = new Float32Array(row);
  for (const [y, { places, weights }] of down.entries()) {
    yield;
    sums.fill(0);
    for (const [j, from] of places.entries()) {
      line.fill(0);
      for (const [x, taps] of across.entries()) {
        for (const [k, column] of taps.places.entries()) {
          for (let c = 0; c < channels; c++) {
            const at = x * channels + c;
            line[at] = line[at] + f(data[(from * width + column) * channels + c] * taps.weights[k]);
          }
        }
      }
      for (let i = 0; i < row; i++) sums[i] = j === 0 ? f(weights[j] * line[i]) : sums[i] + f(weights[j] * line[i]);
    }
    for (let i = 0; i < row; i++) made[y * row + i] = clip(halfEven(sums[i]));
  }
  return { data: made, ...to, channels };
}
