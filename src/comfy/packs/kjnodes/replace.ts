// KJNodes: replaces pictures and masks of a batch.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, MaskBatch as Mask } from '../../../index.js';
import { image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { empty, imageOfFloats } from '../lib/pictures.js';
import { upscaled } from '../lib/upscale.js';
import { kj } from './common.js';

const NONE = 64;

export const nodes = {
  ReplaceImagesInBatch: node({
    ...kj,
    category: 'KJNodes/image',
    title: 'Replace Images In Batch',
    about:
      'Pictures and masks from start_index on replaced by others. Pictures of another width or channels are made another size by Lanczos, masks by the nearest ' +
      'pixel, cut in the middle. Where one of both is missing, zeros, 64 x 64.',
    quirk:
      'The size asked for is the height by the width, as in the original: of what is not square it fits nowhere and is refused; the original fails. So is more than one ' +
      'mask of another size.',
    inputs: {
      start_index: int({ default: 1, min: 0, max: 4096 }),
      ...{ original_images: optional(image), replacement_images: optional(image) },
      ...{ original_masks: optional(mask), replacement_masks: optional(mask) },
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    async run({ start_index, original_images, replacement_images, original_masks, replacement_masks }, call) {
      const { node, device } = call;
      const check = (input: string, whole: readonly number[], part: readonly number[]): void => {
        if (start_index + part[0] > whole[0]) {
          throw refusal(node, 'start_index', `so that all are below ${whole[0]}, the number there is`, start_index);
        }
        if (whole.slice(1).join() !== part.slice(1).join()) {
          throw refusal(node, input, `like those replaced, [${whole.slice(1)}]`, `shape [${part}]`, 'bad-shape');
        }
      };
      const images = async () => {
        if (!original_images || !replacement_images) return imageOfFloats(device, empty([1, NONE, NONE, 3]));
        const [, height, width, channels] = original_images.shape;
        const fits = replacement_images.shape[2] === width && replacement_images.shape[3] === channels;
        const size = { width: height, height: width };
        const part = fits ? replacement_images : await upscaled(replacement_images, size, 'lanczos', call, 'center');
        check('replacement_images', original_images.shape, part.shape);
        return Image.cat(around(original_images, part).map((one) => one.as('float32')));
      };
      const masks = async () => {
        if (!original_masks || !replacement_masks) return device.solid({ value: 0, width: NONE, height: NONE });
        const [, height, width] = original_masks.shape;
        const fits = replacement_masks.shape[1] === height && replacement_masks.shape[2] === width;
        if (!fits && replacement_masks.shape[0] > 1) {
          const expected = `one mask, or of ${width} x ${height}`;
          throw refusal(node, 'replacement_masks', expected, `shape [${replacement_masks.shape}]`, 'bad-shape');
        }
        const size = { width: height, height: width };
        const part = fits
          ? replacement_masks
          : await upscaled(replacement_masks, size, 'nearest-exact', call, 'center');
        check('replacement_masks', original_masks.shape, part.shape);
        return Mask.cat(around(original_masks, part).map((one) => one.as('float32')));
      };
      return [await images(), await masks()];

      function around<B extends Image | Mask>(whole: B, part: B): B[] {
        const [all] = whole.shape;
        const end = start_index + part.shape[0];
        const before = start_index > 0 ? [whole.slice(0, start_index) as B] : [];
        return [...before, part, ...(end < all ? [whole.slice(end) as B] : [])];
      }
    },
  }),
};
