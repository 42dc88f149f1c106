// Nodes of several small packs: resized pictures and masks, their edges, and single channels.
import { combo, float, image, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, checkOne, floatsOf, type Plane } from '../lib/each.js';
import { resized } from '../lib/filters.js';
import { cvSpread } from '../lib/morphology.js';
import { outlined } from '../lib/outline.js';
import { channelOf, cropped, imageOf, picturesOf, rgb } from '../lib/pillow.js';
import { checkBlur, torchBlur } from '../lib/torchBlur.js';
import { METHODS, upscaled } from '../lib/upscale.js';

const f = Math.fround;
/** sys.maxsize as the nearest double. */
const WIDE = 2 ** 63;
const side = { ...int({ default: 512, min: 64, max: 8192, step: 8 }), takes: [1, 8192] } as const;
const bound = (fallback: number) => int({ default: fallback, min: 0, max: WIDE });
const factor = float({ default: 1, min: -1, max: 10000, step: 0.01 });
const CROPS = ['disabled', 'center', 'top_left', 'top_right', 'bottom_left', 'bottom_right'] as const;

export const nodes = {
  'ConstrainImage|pysssss': node({
    title: 'Constrain Image 🐍',
    category: 'image',
    module: 'custom_nodes.ComfyUI-Custom-Scripts',
    about:
      'Each picture, without alpha, as large as fits between the smallest and the largest size, in its proportions as far as the smallest allows, by ' +
      "Pillow's Lanczos; cut to the largest in the middle if asked. A list.",
    quirk: 'A size of 0 is refused; the original fails.',
    inputs: {
      images: image,
      ...{ max_width: bound(1024), max_height: bound(1024), min_width: bound(0), min_height: bound(0) },
      crop_if_required: combo(['yes', 'no'], 'no'),
    },
    outputs: [['IMAGE', 'IMAGE', 'list']],
    async run({ images, max_width, max_height, min_width, min_height, crop_if_required }, call) {
      const crop = crop_if_required === 'yes';
      const [, rows, columns] = images.shape;
      const ratio = columns / rows;
      let width = Math.min(Math.max(columns, min_width), max_width);
      let height = Math.min(Math.max(rows, min_height), max_height);
      if (width / height > ratio) {
        width = Math.max(Math.trunc(height * ratio), min_width);
        if (crop) height = Math.trunc(rows / (columns / width));
      } else {
        height = Math.max(Math.trunc(width / ratio), min_height);
        if (crop) width = Math.trunc(columns / (rows / height));
      }
      const made = [];
      for (const one of await picturesOf(call.node, 'images', images, call)) {
        const fit = await resized(call.node, rgb(one), width, height, call, 'lanczos');
        if (!crop || (width <= max_width && height <= max_height)) {
          made.push(imageOf(call, [fit]));
          continue;
        }
        const [left, top] = [
          Math.max(Math.floor((width - max_width) / 2), 0),
          Math.max(Math.floor((height - max_height) / 2), 0),
        ];
        const box = [left, top, Math.min(width, max_width) + left, Math.min(height, max_height) + top] as const;
        made.push(imageOf(call, [cropped(fit, box)]));
      }
      return [made];
    },
  }),

  ImageAndMaskResizeNode: node({
    title: 'Image and Mask Resize',
    category: 'InpaintEasy',
    module: 'custom_nodes.ComfyUI-InpaintEasy',
    about:
      'Both in this size, or cut from what fills it; the mask bilinear with aligned corners, then blurred by a Gaussian of twice the radius and one ' +
      'weights and a third of it as sigma, cut to 0..1.',
    quirk:
      'Where rounding leaves the whole a pixel short, so is what is cut from its middle; the original leaves a line of it. A blur that reaches beyond ' +
      'the mask is refused; the original fails.',
    inputs: {
      ...{ image, mask, width: side, height: side },
      resize_method: combo(METHODS, 'lanczos'),
      crop: combo(CROPS, 'disabled'),
      mask_blur_radius: int({ default: 10, min: 0, max: 64 }),
    },
    outputs: [
      ['IMAGE', 'image'],
      ['MASK', 'mask'],
    ],
    async run({ image, mask, width, height, resize_method, crop, mask_blur_radius: radius }, call) {
      const [, rows, columns] = image.shape;
      const scale = Math.max(width / columns, height / rows);
      const filling = { width: Math.trunc(columns * scale), height: Math.trunc(rows * scale) };
      const size = crop === 'disabled' ? { width, height } : filling;
      const free = { x: Math.max(size.width - width, 0), y: Math.max(size.height - height, 0) };
      const box = {
        x: crop === 'center' ? Math.floor(free.x / 2) : crop.endsWith('right') ? free.x : 0,
        y: crop === 'center' ? Math.floor(free.y / 2) : crop.startsWith('bottom') ? free.y : 0,
        ...{ width: Math.min(width, size.width), height: Math.min(height, size.height) },
      };
      const large = (await upscaled(image, size, resize_method, call)).crop(box);
      const planes = (await floatsOf(mask, call)).map((one) => aligned(one, size.width, size.height));
      const fit = batchOf(call, planes).crop(box);
      if (radius === 0) return [large, fit];
      checkBlur(call.node, 'mask_blur_radius', 2 * radius + 1, fit.shape);
      const soft = (await floatsOf(fit, call)).map((one) => torchBlur(one, 2 * radius + 1, radius / 3));
      return [large, batchOf(call, soft).clamp()];
    },
  }),

  'easy imageToMask': node({
    title: 'ImageToMask (🚫Deprecated)',
    category: 'EasyUse/🚫 Deprecated',
    module: 'custom_nodes.ComfyUI-Easy-Use',
    about: 'One channel, through bytes.',
    quirk: 'A batch of more than one picture is refused; the original fails.',
    inputs: { image, channel: combo(['red', 'green', 'blue']) },
    outputs: [['MASK', 'MASK']],
    async run({ image, channel }, call) {
      checkOne(call.node, 'image', image);
      const [picture] = await picturesOf(call.node, 'image', image, call);
      const { data, width, height } = channelOf(rgb(picture), ['red', 'green', 'blue'].indexOf(channel));
      // the mean of three equal channels, in float32
      const third = (x: number): number => f(f(f(x + x) + x) / 3);
      return [batchOf(call, [{ data: Float32Array.from(data, (v) => third(f(v / 255))), width, height }])];
    },
  }),

  'Mask Contour': node({
    title: 'Mask Contour',
    category: 'CFaceSwap',
    module: 'custom_nodes.comfyui_cfaceswap',
    about: 'The outermost pixels of each outermost part of what is 1 or above.',
    quirk: 'A batch of masks is refused; the original fails.',
    inputs: { mask },
    outputs: [['MASK', 'MASK']],
    async run({ mask }, call) {
      checkOne(call.node, 'mask', mask);
      const [plane] = await floatsOf(mask, call);
      const { width, height } = plane;
      const data = new Float32Array(width * height);
      for (const { box, inside } of outlined({ ...plane, data: Uint8Array.from(plane.data) })) {
        const isIn = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < width && y < height && inside(x, y);
        for (let y = box[1]; y < box[3]; y++) {
          for (let x = box[0]; x < box[2]; x++) {
            const inner = isIn(x - 1, y) && isIn(x + 1, y) && isIn(x, y - 1) && isIn(x, y + 1);
            if (isIn(x, y) && !inner) data[y * width + x] = 1;
          }
        }
      }
      return [batchOf(call, [{ data, width, height }])];
    },
  }),

  MaskEdge: node({
    title: 'Mask Edge',
    category: 'RES4LYF/masks',
    module: 'custom_nodes.RES4LYF',
    about:
      'What changes within a pixel, widened inwards within the mask and outwards within what is left of 1: by dilation times the factor pixels, or ' +
      'per cent of the root of its area. With a factor up to 0 that side whole.',
    quirk: 'A batch of masks is refused; the original fails.',
    inputs: {
      dilation: int({ default: 20, min: -10000, max: 10000 }),
      mode: combo(['percent', 'absolute'], 'percent'),
      ...{ internal: factor, external: factor, mask },
    },
    outputs: [['MASK', 'edge_mask']],
    async run({ dilation, mode, internal, external, mask }, call) {
      checkOne(call.node, 'mask', mask);
      const [plane] = await floatsOf(mask, call);
      const area = plane.data.reduce((sum, x) => sum + x, 0);
      const by = mode === 'percent' ? (dilation / 100) * Math.trunc(Math.sqrt(area)) : dilation;
      const small = cvSpread(plane, -3);
      const edge: Plane = { ...plane, data: plane.data.map((x, i) => Number(f(x - small.data[i]) > 0)) };
      const within = (whole: Float32Array, times: number): Float32Array => {
        const size = Math.trunc(times * by);
        if (size <= 0) return whole;
        const wide = cvSpread(edge, size).data;
        return whole.map((x, i) => Math.min(x, wide[i]));
      };
      const [inner, outer] = [
        within(plane.data, internal),
        within(
          plane.data.map((x) => 1 - x),
          external,
        ),
      ];
      return [batchOf(call, [{ ...plane, data: inner.map((x, i) => Math.max(x, outer[i])) }])];
    },
  }),
};

/** torch's bilinear interpolate with align_corners. */
function aligned({ data, width, height }: Plane<Float32Array>, wide: number, high: number): Plane<Float32Array> {
  const places = (from: number, to: number) => {
    const scale = to > 1 ? f((from - 1) / (to - 1)) : 0;
    return Array.from({ length: to }, (_, i) => {
      const at = f(i * scale);
      const first = Math.min(Math.floor(at), from - 1);
      return { first, next: Math.min(first + 1, from - 1), part: f(at - first) };
    });
  };
  const [across, down] = [places(width, wide), places(height, high)];
  const to = new Float32Array(wide * high);
  for (const [y, { first: top, next: bottom, part: v }] of down.entries()) {
    for (const [x, { first: left, next: right, part: u }] of across.entries()) {
      const row = (at: number): number => data[at * width + left] * (1 - u) + data[at * width + right] * u;
      to[y * wide + x] = row(top) * (1 - v) + row(bottom) * v;
    }
  }
  return { data: to, width: wide, height: high };
}
