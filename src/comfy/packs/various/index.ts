// Nodes of several small packs: masks as alpha, gray where a mask is dark, and lists.
import { refusal } from '../../../base/errors.js';
import { anything, boolean, combo, float, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { bytesOf, floatsOf, lengthOf } from '../lib/each.js';
import { resized, resizedRgba } from '../lib/filters.js';
import { empty, fitting, floatsOfImage, imageOfFloats, withChannels } from '../lib/pictures.js';
import { gray, imageOf, type Picture, paste, picturesOf, rgb } from '../lib/pillow.js';

const f = Math.fround;
const POSITIONS = [
  ...(['overall', 'center_center', 'left_bottom', 'center_bottom', 'right_bottom'] as const),
  ...(['left_top', 'center_top', 'right_top'] as const),
] as const;

export const nodes = {
  ETN_ApplyMaskToImage: node({
    title: 'Apply Mask to Image',
    category: 'external_tooling',
    module: 'custom_nodes.comfyui-tooling-nodes',
    about: 'The mask becomes the alpha of the picture: each its own where there are as many, else the first for all.',
    quirk: 'A mask of another size is refused, as in the original.',
    inputs: { image, mask },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image, mask }, call) {
      const [batch, height, width, channels] = image.shape;
      if (!fitting(image, mask)) {
        throw refusal(call.node, 'mask', `${width} x ${height} like the image`, `shape [${mask.shape}]`, 'bad-shape');
      }
      if (channels < 3) throw refusal(call.node, 'image', 'of 3 or 4 channels', `shape [${image.shape}]`, 'bad-shape');
      const { data, shape } = withChannels(await floatsOfImage(image, call), 4);
      const made = { data: Float32Array.from(data), shape };
      const masks = await floatsOf(mask, call);
      const size = width * height;
      for (let b = 0; b < batch; b++) {
        const own = masks[masks.length === batch ? b : 0].data;
        for (let i = 0; i < size; i++) made.data[(b * size + i) * 4 + 3] = own[i];
      }
      return [imageOfFloats(call.device, made)];
    },
  }),

  ICLightApplyMaskGrey: node({
    title: 'IC Light Apply Mask Grey',
    category: 'mask/compositing',
    module: 'custom_nodes.ComfyUI-IC-Light-Native',
    about: 'x * alpha + (1 - alpha) * 0.5: gray where the mask is dark. One of either is used for all of the other.',
    quirk:
      'A mask of another size, or of another number than one or as many as pictures, is refused; the original fails.',
    inputs: { image, alpha: mask },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image, alpha }, call) {
      const [count, height, width, channels] = image.shape;
      if (!fitting(image, alpha)) {
        throw refusal(call.node, 'alpha', `${width} x ${height} like the image`, `shape [${alpha.shape}]`, 'bad-shape');
      }
      const batch = lengthOf(call.node, 'alpha', image, alpha);
      const masks = await floatsOf(alpha, call);
      const { data } = await floatsOfImage(image, call);
      const made = empty([batch, height, width, channels]);
      const size = width * height;
      for (let i = 0; i < batch * size; i++) {
        const [b, at] = [Math.floor(i / size), i % size];
        const share = masks[Math.min(b, masks.length - 1)].data[at];
        const gray = f(f(1 - share) * 0.5);
        const from = (Math.min(b, count - 1) * size + at) * channels;
        for (let c = 0; c < channels; c++) made.data[i * channels + c] = f(data[from + c] * share) + gray;
      }
      return [imageOfFloats(call.device, made)];
    },
  }),

  CompositeImages_: node({
    title: 'Composite Images',
    category: '♾️Mixlab/Layer',
    module: 'custom_nodes.comfyui-mixlab-nodes',
    about:
      'Each picture with its mask on each background: over all of it, or so much of its side and 24 pixels from the edges named, by Lanczos.',
    quirk: 'is_multiply_blend changes nothing, as in the original. A result without pixels is refused.',
    inputs: {
      foreground: { ...image, as: '*' },
      mask,
      background: image,
      is_multiply_blend: optional(boolean(false)),
      position: optional(combo(POSITIONS)),
      scale: optional(float({ default: 0.35, min: 0.01, max: 1, step: 0.01 })),
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ foreground, mask, background, position, scale }, call) {
      const { node } = call;
      const overs = await picturesOf(node, 'foreground', foreground, call);
      const masks = (await bytesOf(mask.as('uint8'), call)).map(gray);
      const backgrounds = await picturesOf(node, 'background', background, call);
      const made: Picture[] = [];
      for (let i = 0; i < Math.min(overs.length, masks.length); i++) {
        for (const one of backgrounds) {
          const canvas = rgb(one);
          const { x, y, width, height } = placed(overs[i], canvas, position, scale);
          const over = rgb(await resizedRgba(node, overs[i], width, height, call, 'lanczos'));
          paste(canvas, over, x, y, await resized(node, masks[i], width, height, call, 'lanczos'));
          made.push(canvas);
        }
      }
      return [imageOf(call, made)];
    },
  }),

  SwitchByIndex: node({
    title: 'List Switch By Index',
    category: '♾️Mixlab/Utils',
    module: 'custom_nodes.comfyui-mixlab-nodes',
    about:
      'Both lists joined, or the element of this number from 0 on, the last beyond them; lists within them opened if flat. And how many there are.',
    quirk: 'Without an element the number is refused; the original fails.',
    inputs: {
      index: { ...int({ default: -1, min: -1, max: 1000 }) },
      flat: combo(['off', 'on']),
      A: optional(anything),
      B: optional(anything),
    },
    takesLists: true,
    outputs: [
      ['*', 'list', 'list'],
      ['INT', 'count'],
    ],
    run({ A, B, index: [index], flat: [flat] }, { node }) {
      const both = [...A, ...B].filter((one) => one !== undefined);
      const all = flat === 'on' ? both.flat(Infinity) : both;
      if (index < 0) return [all, all.length];
      if (!all.length) throw refusal(node, 'index', '-1 where there is no element', index);
      return [[all[Math.min(index, all.length - 1)]], 1];
    },
  }),
};

/** Where a picture lies on a background, scaled by its longer side. */
function placed(over: Picture, under: Picture, position: (typeof POSITIONS)[number], scale: number) {
  if (position === 'overall') return { x: 0, y: 0, width: under.width, height: under.height };
  const part = Math.max(scale, 1 / under.width, 1 / under.height);
  const by = over.height > over.width ? (under.height * part) / over.height : (under.width * part) / over.width;
  const [width, height] = [Math.trunc(over.width * by), Math.trunc(over.height * by)];
  const [side, level] = position.split('_');
  const along = (where: string, whole: number, own: number): number =>
    where === 'center' ? Math.trunc((whole - own) * 0.5) : where === 'left' || where === 'top' ? 24 : whole - own - 24;
  return { x: along(side, under.width, width), y: along(level, under.height, height), width, height };
}
