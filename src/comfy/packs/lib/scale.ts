// Pictures and masks in another size as ComfyUI's common_upscale has it: torch's interpolate, and Pillow's Lanczos on bytes.
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { MaskBatch as Mask } from '../../../index.js';
import { type Around, floatsOf } from './each.js';
import { lanczos } from './lanczos.js';
import { empty, type Floats, floatsOfImage, imageOfFloats } from './pictures.js';

export const METHODS = ['nearest-exact', 'bilinear', 'area', 'bicubic', 'lanczos'] as const;
export type Method = (typeof METHODS)[number] | 'nearest';

/** Python's round: half to even. */
export function halfEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

/** For each place of a line where it comes from, and how much of each. */
type Weights = readonly (readonly (readonly [from: number, weight: number])[])[];

const A = -0.75;
const near = (x: number): number => ((A + 2) * x - (A + 3)) * x * x + 1;
const far = (x: number): number => ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;

export function weightsOf(method: Exclude<Method, 'lanczos'>, from: number, to: number): Weights {
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
  method: Exclude<Method, 'lanczos'>,
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

/** What is left of a picture that is cut to the proportions asked for. */
export function centred(
  [batch, height, width, channels]: Floats['shape'],
  to: { readonly width: number; readonly height: number },
): { x: number; y: number; shape: Floats['shape'] } {
  const [own, asked] = [width / height, to.width / to.height];
  const x = own > asked ? halfEven((width - width * (asked / own)) / 2) : 0;
  const y = own < asked ? halfEven((height - height * (own / asked)) / 2) : 0;
  return { x, y, shape: [batch, height - 2 * y, width - 2 * x, channels] };
}

function cut({ data, shape }: Floats, { x, y, shape: to }: ReturnType<typeof centred>): Floats {
  const [batch, height, width, channels] = to;
  if (to.join() === shape.join()) return { data, shape };
  const made = empty(to);
  for (let b = 0; b < batch; b++) {
    for (let row = 0; row < height; row++) {
      const at = ((b * shape[1] + y + row) * shape[2] + x) * channels;
      made.data.set(data.subarray(at, at + width * channels), (b * height + row) * width * channels);
    }
  }
  return made;
}

/** comfy.utils.common_upscale of floats. */
export function upscaled(
  picture: Floats,
  size: { readonly width: number; readonly height: number },
  method: Method,
  crop: 'disabled' | 'center' = 'disabled',
): Floats {
  const part = crop === 'center' ? cut(picture, centred(picture.shape, size)) : picture;
  if (method !== 'lanczos') return interpolate(part, size, method);
  return lanczos(part, size);
}

export async function upscaledImage(
  image: ImageBatch,
  size: { readonly width: number; readonly height: number },
  method: Method,
  call: Around,
  crop: 'disabled' | 'center' = 'disabled',
): Promise<ImageBatch> {
  return imageOfFloats(call.device, upscaled(await floatsOfImage(image, call), size, method, crop));
}

/** The same of masks: pictures of one channel. */
export async function upscaledMask(
  mask: MaskBatch,
  size: { readonly width: number; readonly height: number },
  method: Method,
  call: Around,
  crop: 'disabled' | 'center' = 'disabled',
): Promise<MaskBatch> {
  const planes = await floatsOf(mask, call);
  const made = planes.map(({ data, width, height }) => {
    const { data: to } = upscaled({ data, shape: [1, height, width, 1] }, size, method, crop);
    return call.device.mask(to, [1, size.height, size.width]);
  });
  return Mask.cat(made);
}
