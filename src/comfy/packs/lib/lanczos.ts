// Pillow's Lanczos on the bytes of pictures, as comfy.utils.lanczos goes through them: with alpha premultiplied, as Pillow does.
import { empty, type Floats } from './pictures.js';

const ONE = 2 ** 22;

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI));
const filter = (x: number): number => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0);

interface Axis {
  readonly first: number;
  readonly weights: readonly number[];
}

/** Pillow's precompute_coeffs, in 2^22ths. */
function axisOf(from: number, to: number): Axis[] {
  const scale = from / to;
  const wider = Math.max(scale, 1);
  const support = 3 * wider;
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(Math.trunc(centre - support + 0.5), 0);
    const length = Math.min(Math.trunc(centre + support + 0.5), from) - first;
    const raw = Array.from({ length }, (_, k) => filter((k + first - centre + 0.5) * (1 / wider)));
    const sum = raw.reduce((a, b) => a + b, 0);
    const weights = raw.map((one) => {
      const weight = sum === 0 ? one : one / sum;
      return Math.trunc(weight * ONE + (weight < 0 ? -0.5 : 0.5));
    });
    return { first, weights };
  });
}

const clip = (sum: number): number => Math.min(Math.max(Math.floor(sum / ONE), 0), 255);

function pass(from: Uint8Array, lines: number, length: number, channels: number, axis: readonly Axis[], down: boolean) {
  const to = new Uint8Array(lines * axis.length * channels);
  // along rows a line is a row; down columns it is a column of one channel
  for (let line = 0; line < lines; line++) {
    for (const [i, { first, weights }] of axis.entries()) {
      for (let c = 0; c < channels; c++) {
        let sum = ONE / 2;
        for (const [k, weight] of weights.entries()) {
          const at = down ? ((first + k) * lines + line) * channels : (line * length + first + k) * channels;
          sum += from[at + c] * weight;
        }
        to[(down ? (i * lines + line) * channels : (line * axis.length + i) * channels) + c] = clip(sum);
      }
    }
  }
  return to;
}

/** Image.resize(size, LANCZOS) of each picture's bytes, as floats again. */
export function lanczos(
  { data, shape: [batch, height, width, channels] }: Floats,
  size: { readonly width: number; readonly height: number },
): Floats {
  const made = empty([batch, size.height, size.width, channels]);
  const pixels = size.width * size.height;
  for (let b = 0; b < batch; b++) {
    const own = data.subarray(b * height * width * channels, (b + 1) * height * width * channels);
    let bytes = Uint8Array.from(own, (x) => Math.min(Math.max(Math.fround(x * 255), 0), 255));
    const same = size.width === width && size.height === height;
    if (channels === 4 && !same) premultiply(bytes);
    if (size.width !== width) bytes = pass(bytes, height, width, channels, axisOf(width, size.width), false);
    if (size.height !== height) bytes = pass(bytes, size.width, height, channels, axisOf(height, size.height), true);
    if (channels === 4 && !same) divide(bytes);
    for (let i = 0; i < pixels * channels; i++) made.data[b * pixels * channels + i] = bytes[i] / 255;
  }
  return made;
}

/** RGBA to RGBa. */
function premultiply(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i += 4) {
    for (let c = 0; c < 3; c++) {
      const product = bytes[i + c] * bytes[i + 3] + 128;
      bytes[i + c] = ((product >> 8) + product) >> 8;
    }
  }
}

/** RGBa to RGBA. */
function divide(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i += 4) {
    const alpha = bytes[i + 3];
    if (alpha === 0 || alpha === 255) continue;
    for (let c = 0; c < 3; c++) bytes[i + c] = Math.min(Math.floor((255 * bytes[i + c]) / alpha), 255);
  }
}
