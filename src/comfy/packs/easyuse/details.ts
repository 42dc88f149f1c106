// Easy-Use: transfers the fine structure of one picture to another.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch } from '../../../index.js';
import { combo, float, image, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { type Around, floatsOf, lengthOf } from '../lib/each.js';
import { empty, type Floats, floatsOfImage, imageOfFloats } from '../lib/pictures.js';
import { checkBlur, torchBlur } from '../lib/torchBlur.js';
import { upscaled } from '../lib/upscale.js';

const f = Math.fround;
type Mode = (source: number, target: number, blurred: number) => number;

/** From a pixel of the source, one of the blurred target, and one of the blurred source. */
const modes = {
  add: (s, t, b) => f(f(s - b) + t),
  multiply: (s, t) => f(s * t),
  screen: (s, t) => f(1 - f(f(1 - s) * f(1 - t))),
  overlay: (s, t) => (t < 0.5 ? f(f(2 * s) * t) : f(1 - f(f(2 * f(1 - s)) * f(1 - t)))),
  soft_light: (s, t) => f(f(f(1 - f(2 * t)) * f(s * s)) + f(f(2 * t) * s)),
  hard_light: (s, t) => (s < 0.5 ? f(f(2 * s) * t) : f(1 - f(f(2 * f(1 - s)) * f(1 - t)))),
  color_dodge: (s, t) => f(t / f(1 - s)),
  color_burn: (s, t) => f(1 - f(f(1 - t) / s)),
  difference: (s, t) => Math.abs(f(t - s)),
  exclusion: (s, t) => f(0.5 - f(f(2 * f(t - 0.5)) * f(s - 0.5))),
  divide: (s, t, b) => f(f(s / b) * t),
} satisfies Record<string, Mode>;

/** torch.lerp. */
const mixed = (from: number, to: number, part: number): number =>
  Math.abs(part) < 0.5 ? f(from + f(part * f(to - from))) : f(to - f(f(to - from) * f(1 - part)));

function blurred({ data, shape }: Floats, size: number, sigma: number): Floats {
  const [batch, height, width, channels] = shape;
  const made = empty(shape);
  const whole = width * height;
  for (let i = 0; i < batch * channels; i++) {
    const [start, c] = [Math.floor(i / channels) * whole * channels, i % channels];
    const own = Float32Array.from({ length: whole }, (_, at) => data[start + at * channels + c]);
    const soft = torchBlur({ data: own, width, height }, size, sigma).data;
    for (let at = 0; at < whole; at++) made.data[start + at * channels + c] = soft[at];
  }
  return made;
}

export const nodes = {
  'easy imageDetailTransfer': node({
    title: 'Image Detail Transfer',
    category: 'EasyUse/Image',
    module: 'custom_nodes.ComfyUI-Easy-Use',
    about:
      'What the source has and its blurred self has not, with the blurred target, by a mode; so much of that on the target, where the mask lets it. Clamped to 0..1. ' +
      'The target and the mask are made as large as the source, bilinear.',
    quirk:
      'Nothing is shown or saved. The blur has 6 * blur_sigma + 1 places, which must fit into the picture. Batches of other lengths than 1 or the same are refused; the original fails.',
    inputs: {
      target: image,
      source: image,
      mode: combo(
        [
          ...(['add', 'multiply', 'screen', 'overlay', 'soft_light', 'hard_light', 'color_dodge'] as const),
          ...(['color_burn', 'difference', 'exclusion', 'divide'] as const),
        ],
        'add',
      ),
      blur_sigma: float({ default: 1, min: 0.1, max: 100, step: 0.01 }),
      blend_factor: float({ default: 1, min: -10, max: 10, step: 0.001 }),
      image_output: combo(['Hide', 'Preview', 'Save', 'Hide/Save'], 'Preview'),
      save_prefix: string('ComfyUI'),
      mask: optional(mask),
    },
    outputs: [['IMAGE', 'image']],
    async run({ target, source, mode, blur_sigma, blend_factor, mask }, call) {
      const [, height, width, channels] = source.shape;
      const under = await fitted(target, { width, height }, call);
      if (under.shape[3] !== channels) {
        throw refusal(call.node, 'target', `of ${channels} channels`, `shape [${target.shape}]`, 'bad-shape');
      }
      const masks = mask && (await floatsOf(mask.as('float32').interpolate({ width, height }), call));
      const batch = lengthOf(call.node, 'target', source, target, mask);
      const size = 6 * Math.trunc(blur_sigma) + 1;
      checkBlur(call.node, 'blur_sigma', size, source.shape);
      const [own, other] = await Promise.all([floatsOfImage(source, call), floatsOfImage(under, call)]);
      const [softOwn, softOther] = [blurred(own, size, blur_sigma), blurred(other, size, blur_sigma)];
      const made = empty([batch, height, width, channels]);
      const whole = width * height * channels;
      const part = f(blend_factor);
      const steps = [source, target].map(({ shape }) => (shape[0] === 1 ? 0 : whole));
      for (let i = 0; i < made.data.length; i++) {
        const [b, at] = [Math.floor(i / whole), i % whole];
        const [s, t] = [b * steps[0] + at, b * steps[1] + at];
        const value = modes[mode](own.data[s], softOther.data[t], softOwn.data[s]);
        const blended = mixed(other.data[t], value, part);
        const share = masks?.[Math.min(b, masks.length - 1)].data[Math.floor(at / channels)];
        const final = share === undefined ? blended : mixed(other.data[t], blended, share);
        made.data[i] = Math.min(Math.max(final, 0), 1);
      }
      return [imageOfFloats(call.device, made)];
    },
  }),
};

const fitted = (
  image: ImageBatch,
  size: { width: number; height: number },
  call: Around,
): Promise<ImageBatch> | ImageBatch =>
  image.shape[1] === size.height && image.shape[2] === size.width ? image : upscaled(image, size, 'bilinear', call);
