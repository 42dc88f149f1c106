// torch's interpolate on floats that are at hand, in doubles; of batches all but bicubic is the operation (upscale.ts).
import { empty, type Floats } from './pictures.js';

type Method = 'nearest' | 'nearest-exact' | 'bilinear' | 'area' | 'bicubic';

/** For each place of a line where it comes from, and how much of each. */
type Weights = readonly (readonly (readonly [from: number, weight: number])[])[];

const A = -0.75;
const near = (x: number): number => ((A + 2) * x - (A + 3)) * x * x + 1;
const far = (x: number): number => ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;

export function weightsOf(method: Method, from: number, to: number): Weights {
  const scale = Math.fround(from / to);
  const inside = (at: number): number => Math.min(Math.max(at, 0), from - 1);
  return Array.from({ length: to }, (_, i) => {
    if (method === 'nearest') return [[inside(Math.floor(Math.fround(i * scale))), 1] as const];
    if (method === 'nearest-exact') return [[inside(Math.floor(Math.fround((i + 0.5) * scale))), 1] as const];
    if (method === 'area') {
      const [first, last] = [Math.floor((i * from) / to), Math.ceil(((i + 1) * from) / to)];
      return Array.from({ length: last - first }, (_, k) => [first + k, 1 / (last - first)] as const);
    }
    const place = Math.fround(Math.fround(scale * (i + 0.5)) - 0.5);
    if (method === 'bilinear') {
      const real = Math.max(place, 0);
      const left = Math.min(Math.floor(real), from - 1);
      const t = Math.min(real - left, 1);
      return [[left, 1 - t] as const, [inside(left + 1), t] as const];
    }
    const left = Math.floor(place);
    const t = place - left;
    return [far(t + 1), near(t), near(1 - t), far(2 - t)].map((weight, k) => [inside(left - 1 + k), weight] as const);
  });
}

/** torch.nn.functional.interpolate, without antialiasing, corners not aligned. */
export function interpolate(
  { data, shape: [batch, height, width, channels] }: Floats,
  size: { readonly width: number; readonly height: number },
  method: Method,
): Floats {
  const [across, down] = [weightsOf(method, width, size.width), weightsOf(method, height, size.height)];
  const made = empty([batch, size.height, size.width, channels]);
  const lines = new Float64Array(height * size.width * channels);
  for (let b = 0; b < batch; b++) {
    const own = data.subarray(b * height * width * channels, (b + 1) * height * width * channels);
    for (let y = 0, to = 0; y < height; y++) {
      for (const from of across) {
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (const [x, weight] of from) sum += weight * own[(y * width + x) * channels + c];
          lines[to++] = sum;
        }
      }
    }
    let to = b * size.height * size.width * channels;
    const length = size.width * channels;
    for (const from of down) {
      for (let i = 0; i < length; i++) {
        let sum = 0;
        for (const [y, weight] of from) sum += weight * lines[y * length + i];
        made.data[to++] = sum;
      }
    }
  }
  return made;
}
