// Nodes of several packs that put a painted part back into a picture and soften its edge.
import { refusal } from '../../../base/errors.js';
import { combo, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, checkOne, floatsOf, lengthOf, type Plane } from '../lib/each.js';
import { cvSpread } from '../lib/morphology.js';
import { empty, fitting, floatsOfImage, imageOfFloats } from '../lib/pictures.js';
import { METHODS, upscaled } from '../lib/upscale.js';

const f = Math.fround;
const place = { ...int({ default: 0, min: 0, max: 4096 }), forceInput: true } as const;
const size = { ...int({ default: 512, min: 1, max: 4096 }), forceInput: true } as const;

/**
 * A Gaussian at these offsets in both directions, with 0 outside. The result grows if `pad` exceeds the kernel's
 * reach.
 */
function blurred(
  { data, width, height }: Plane,
  places: readonly number[],
  sigma: number,
  pad: number,
): Plane<Float32Array> {
  const raw = places.map((at) => Math.exp(-(at * at) / (2 * sigma * sigma)));
  const sum = raw.reduce((a, b) => a + b, 0);
  const weights = raw.map((one) => one / sum);
  const more = 2 * pad + 1 - weights.length;
  const [across, down] = [width + more, height + more];
  const lines = new Float64Array(across * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < across; x++) {
      let total = 0;
      for (const [k, weight] of weights.entries()) {
        const from = x + k - pad;
        if (from >= 0 && from < width) total += weight * data[y * width + from];
      }
      lines[y * across + x] = total;
    }
  }
  const made = new Float32Array(across * down);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      let total = 0;
      for (const [k, weight] of weights.entries()) {
        const from = y + k - pad;
        if (from >= 0 && from < height) total += weight * lines[from * across + x];
      }
      made[y * across + x] = total;
    }
  }
  return { data: made, width: across, height: down };
}

export const nodes = {
  LanPaint_MaskBlend: node({
    title: 'LanPaint Mask Blend',
    category: 'image/postprocessing',
    module: 'custom_nodes.LanPaint',
    about:
      'The second picture on the first where the mask lets it: grown by half of blend_overlap, then a Gaussian of so many places, dark outside. ' +
      'One of either is used for all of the others.',
    quirk: 'Other sizes and an even blend_overlap are refused; the original fails.',
    inputs: { image1: image, image2: image, mask, blend_overlap: int({ default: 1, min: 1, max: 51, step: 2 }) },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image1, image2, mask, blend_overlap }, call) {
      const { node } = call;
      const [, height, width, channels] = image1.shape;
      const size = `${width} x ${height}, of ${channels} channels, like image1`;
      if (image2.shape.slice(1).join() !== image1.shape.slice(1).join()) {
        throw refusal(node, 'image2', size, `shape [${image2.shape}]`, 'bad-shape');
      }
      if (!fitting(image1, mask)) throw refusal(node, 'mask', size, `shape [${mask.shape}]`, 'bad-shape');
      if (blend_overlap % 2 === 0) throw refusal(node, 'blend_overlap', 'odd', blend_overlap);
      const batch = lengthOf(node, 'mask', image1, image2, mask);
      const half = (blend_overlap - 1) / 2;
      const places = Array.from({ length: blend_overlap }, (_, i) => i - half);
      const masks = (await floatsOf(mask, call)).map((plane) =>
        blend_overlap === 1 ? plane : blurred(cvSpread(plane, blend_overlap), places, half / 2, half),
      );
      const [one, other] = await Promise.all([floatsOfImage(image1, call), floatsOfImage(image2, call)]);
      const made = empty([batch, height, width, channels]);
      const whole = width * height;
      const steps = [image1, image2].map(({ shape }) => (shape[0] === 1 ? 0 : whole));
      for (let i = 0; i < batch * whole; i++) {
        const at = i % whole;
        const b = Math.floor(i / whole);
        const part = masks[Math.min(b, masks.length - 1)].data[at];
        const [first, second] = steps.map((step) => (b * step + at) * channels);
        for (let c = 0; c < channels; c++) {
          made.data[i * channels + c] = f(one.data[first + c] * f(1 - part)) + f(other.data[second + c] * part);
        }
      }
      return [imageOfFloats(call.device, made)];
    },
  }),

  ImageCropMerge: node({
    title: 'Image Crop Merge',
    category: 'InpaintEasy',
    module: 'custom_nodes.ComfyUI-InpaintEasy',
    about:
      "What was cut out made as large as it was, by torch's interpolate or Pillow's Lanczos on bytes, and put in its place.",
    quirk:
      'What does not lie in the picture, or has other channels or another number of pictures, is refused; the original fails.',
    inputs: {
      cropped_image: image,
      original_image: image,
      ...{ crop_x: place, crop_y: place, cropped_original_width: size, cropped_original_height: size },
      resize_method: combo(METHODS, 'lanczos'),
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ cropped_image, original_image, crop_x, crop_y, resize_method, ...to }, call) {
      const { node } = call;
      const { cropped_original_width: width, cropped_original_height: height } = to;
      const [batch, rows, columns, channels] = original_image.shape;
      if (crop_x + width > columns || crop_y + height > rows) {
        const got = `${width} x ${height} at ${crop_x}, ${crop_y}`;
        throw refusal(node, 'crop_x', `so that it lies in the picture (${columns} x ${rows})`, got);
      }
      const [count, , , own] = cropped_image.shape;
      if ((count !== 1 && count !== batch) || (own !== 1 && own !== channels)) {
        const expected = `1 or ${batch} pictures of 1 or ${channels} channels`;
        throw refusal(node, 'cropped_image', expected, `shape [${cropped_image.shape}]`, 'bad-shape');
      }
      const part = await floatsOfImage(await upscaled(cropped_image, { width, height }, resize_method, call), call);
      const { data, shape } = await floatsOfImage(original_image, call);
      const made = { data: Float32Array.from(data), shape };
      for (let b = 0; b < batch; b++) {
        for (let y = 0; y < height; y++) {
          for (let i = 0; i < width * channels; i++) {
            const from =
              ((count === 1 ? 0 : b) * height + y) * width * own + (own === 1 ? Math.floor(i / channels) : i);
            made.data[((b * rows + crop_y + y) * columns + crop_x) * channels + i] = part.data[from];
          }
        }
      }
      return [imageOfFloats(call.device, made)];
    },
  }),

  EG_ZZ_BYYH: node({
    title: '2🐕Mask edges blurred',
    category: '2🐕/⛱️Mask/🪶Fuzzy feathering',
    module: 'custom_nodes.Comfyui-ergouzi-Nodes',
    about:
      '1 where the mask is above 0.5, through a Gaussian of Fuzzy_weight places and a tenth of Blur_size, dark outside.',
    quirk:
      'With an even Fuzzy_weight the mask has a column and a row more, as in the original. A batch is refused; the original fails.',
    inputs: {
      mask,
      Fuzzy_weight: optional(int({ default: 50, min: 1, max: 1000, step: 2 })),
      Blur_size: optional(int({ default: 50, min: 1, max: 1000 })),
    },
    outputs: [['MASK', 'mask']],
    async run({ mask, Fuzzy_weight, Blur_size }, call) {
      checkOne(call.node, 'mask', mask);
      const [plane] = await floatsOf(mask, call);
      const half = Math.floor(Fuzzy_weight / 2);
      const step = (2 * half) / Math.max(Fuzzy_weight - 1, 1);
      const places = Array.from({ length: Fuzzy_weight }, (_, i) => i * step - half);
      const hard = { ...plane, data: plane.data.map((x) => (x > 0.5 ? 1 : 0)) };
      return [batchOf(call, [blurred(hard, places, Blur_size / 10, half)])];
    },
  }),
};
