// ComfyUI's blend of two pictures, in floats.
import { combo, float, image } from '../../inputs.js';
import { node } from '../../node.js';
import { lengthOf } from '../lib/each.js';
import { empty, floatsOfImage, imageOfFloats, withChannels } from '../lib/pictures.js';
import { upscaled } from '../lib/upscale.js';

const f = Math.fround;
const rest = (x: number): number => f(1 - x);
type Mode = (a: number, b: number) => number;

/** In float32 like torch, which first rounds Python's numbers to float32. */
const modes = {
  normal: (_, b) => b,
  multiply: (a, b) => f(a * b),
  screen: (a, b) => rest(f(rest(a) * rest(b))),
  overlay: (a, b) => (a <= 0.5 ? f(2 * a * b) : rest(f(f(2 * rest(a)) * rest(b)))),
  soft_light: (a, b) =>
    b <= 0.5 ? f(a - f(f(rest(f(2 * b)) * a) * rest(a))) : f(a + f(f(f(2 * b) - 1) * f(soft(a) - a))),
  difference: (a, b) => f(a - b),
} satisfies Record<string, Mode>;
const MODES = ['normal', 'multiply', 'screen', 'overlay', 'soft_light', 'difference'] as const;

const soft = (x: number): number => (x <= 0.25 ? f(f(f(f(f(f(16 * x) - 12) * x) + 4) * x)) : f(Math.sqrt(x)));

export const nodes = {
  ImageBlend: node({
    title: 'Image Blend',
    category: 'image/postprocessing',
    module: 'comfy_extras.nodes_post_processing',
    about:
      'image1 * (1 - blend_factor) + both by the mode * blend_factor, cut to 0..1. What has another shape is made as large, bicubic, cut in the ' +
      'middle, with as many channels: a new alpha is 1.',
    quirk: 'A single picture is used for all of the other batch; other numbers are refused, as in the original.',
    inputs: {
      ...{ image1: image, image2: image },
      blend_factor: float({ default: 0.5, min: 0, max: 1, step: 0.01 }),
      blend_mode: combo(MODES),
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image1, image2, blend_factor, blend_mode }, call) {
      const [, height, width, channels] = image1.shape;
      const batch = lengthOf(call.node, 'image2', image1, image2);
      const isSame = image1.shape.join() === image2.shape.join();
      const fit = isSame ? image2 : await upscaled(image2, { width, height }, 'bicubic', call, 'center');
      const [one, other] = [await floatsOfImage(image1, call), withChannels(await floatsOfImage(fit, call), channels)];
      const made = empty([batch, height, width, channels]);
      const [kept, taken] = [f(1 - blend_factor), f(blend_factor)];
      const mode: Mode = modes[blend_mode];
      for (const i of made.data.keys()) {
        const [a, b] = [one.data[i % one.data.length], other.data[i % other.data.length]];
        made.data[i] = Math.min(Math.max(f(f(a * kept) + f(mode(a, b) * taken)), 0), 1);
      }
      return [imageOfFloats(call.device, made)];
    },
  }),
};
