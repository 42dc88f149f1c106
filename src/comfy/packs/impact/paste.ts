// Impact: pastes the pictures of regions back into a picture, and turns batches into lists.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch } from '../../../index.js';
import { image, int, optional, segs } from '../../inputs.js';
import { node } from '../../node.js';
import type { Seg } from '../../sockets.js';
import { batchOf, floatsOf, type Plane } from '../lib/each.js';
import { floatsOfImage, imageOfFloats } from '../lib/pictures.js';
import { upscaled } from '../lib/upscale.js';
import { feathered, maskOf, util } from './common.js';
import { matched } from './matched.js';

const f = Math.fround;
/** The sigma of blurs that have no input for it. */
const SIGMA = 10;

export const nodes = {
  SEGSPaste: node({
    ...util,
    category: 'ImpactPack/Detailer',
    title: 'SEGSPaste',
    about:
      "Pastes each region's picture, or the same part of ref_image_opt, on each picture through the region's mask, blurred by feather, times " +
      'alpha / 255. Regions of a picture of another size are rescaled, right and bottom by the height, as in the original.',
    quirk:
      'A region without a picture pastes nothing. Pictures of other channels, or too few of them, are refused; the original fails.',
    inputs: {
      image,
      segs,
      feather: int({ default: 5, min: 0, max: 100 }),
      alpha: int({ default: 255, min: 0, max: 255 }),
      ref_image_opt: optional(image),
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image, segs, feather, alpha, ref_image_opt }, call) {
      const [count, height, width] = image.shape;
      const { data, shape } = await floatsOfImage(image, call);
      const made = Float32Array.from(data);
      const fit = await matched(segs, height, width, call);
      for (let i = 0; i < count; i++) {
        for (const seg of fit) {
          const source = ref_image_opt ?? seg.image;
          if (!source) continue;
          const input = ref_image_opt ? 'ref_image_opt' : 'segs';
          if (source.shape[0] <= i || source.shape[3] !== shape[3]) {
            const expected = `${count} pictures of ${shape[3]} channels`;
            throw refusal(call.node, input, expected, `shape [${source.shape}]`, 'bad-shape');
          }
          const own = ref_image_opt ? cut(call.node, ref_image_opt.at(i), seg) : source.at(i);
          const soft = feathered(await maskOf(seg, i, count, call), feather, SIGMA);
          const through = batchOf(call, [
            { ...soft, data: Float32Array.from(soft.data, (x) => f(x * f(alpha / 255))) },
          ]);
          const size = { width: own.shape[2], height: own.shape[1] };
          const isSame = through.shape[1] === size.height && through.shape[2] === size.width;
          const [plane] = await floatsOf(isSame ? through : await upscaled(through, size, 'bilinear', call), call);
          lay(made, shape, i, await floatsOfImage(own, call), plane, seg);
        }
      }
      return [imageOfFloats(call.device, { data: made, shape })];
    },
  }),

  ImpactImageBatchToImageList: node({
    ...util,
    title: 'Image Batch to Image List',
    about: 'The pictures of the batch as a list.',
    inputs: { image },
    outputs: [['IMAGE', 'IMAGE', 'list']],
    run: ({ image }) => [Array.from({ length: image.shape[0] }, (_, b) => image.at(b))],
  }),
};

function cut(node: string, image: ImageBatch, { crop_region: [left, top, right, bottom] }: Seg): ImageBatch {
  const [width, height] = [Math.min(right, image.shape[2]) - left, Math.min(bottom, image.shape[1]) - top];
  if (width < 1 || height < 1) {
    throw refusal(
      node,
      'ref_image_opt',
      'so large that each region has something of it',
      `shape [${image.shape}]`,
      'bad-shape',
    );
  }
  return image.crop({ x: left, y: top, width, height });
}

function lay(
  to: Float32Array,
  [, height, width, channels]: readonly number[],
  at: number,
  over: { readonly data: Float32Array; readonly shape: readonly number[] },
  mask: Plane,
  { crop_region: [x, y] }: Seg,
): void {
  const [, high, wide] = over.shape;
  for (let row = 0; row < Math.min(high, height - y); row++) {
    for (let column = 0; column < Math.min(wide, width - x); column++) {
      const m = mask.data[row * wide + column];
      const rest = f(1 - m);
      const from = (row * wide + column) * channels;
      const place = ((at * height + y + row) * width + x + column) * channels;
      for (let c = 0; c < channels; c++) to[place + c] = f(rest * to[place + c]) + f(m * over.data[from + c]);
    }
  }
}
