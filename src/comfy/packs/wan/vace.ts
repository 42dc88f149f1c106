// WanVideoWrapper's frames for VACE: pictures at the start and the end of a batch, filler between them, and the mask
// of what to generate.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, type ImageBatch, MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { float, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { upscaled } from '../lib/upscale.js';

const picture = optional(image);
const frames = (fallback: number, min: number) => int({ default: fallback, min, max: 10000 });

export const nodes = {
  WanVideoVACEStartToEndFrame: node({
    module: 'custom_nodes.ComfyUI-WanVideoWrapper',
    category: 'WanVideoWrapper',
    title: 'WanVideo VACE Start To End Frame',
    about:
      'So many frames of gray with the first pictures from start_index and the last ones up to end_index (below 0 from the end), as large as the ' +
      "first; control_images where there is neither, by Pillow's Lanczos. The mask is 1 where neither is, times inpaint_mask. control_images alone " +
      'come with zeros.',
    quirk: 'Without all pictures, and for pictures that have not three channels, it is refused; the original fails.',
    inputs: {
      num_frames: int({ default: 81, min: 1, max: 10000, step: 4 }),
      empty_frame_level: float({ default: 0.5, min: 0, max: 1, step: 0.01 }),
      ...{ start_image: picture, end_image: picture, control_images: picture, inpaint_mask: optional(mask) },
      start_index: { ...frames(0, 0), optional: true },
      end_index: { ...frames(-1, -10000), optional: true },
    },
    outputs: [
      ['IMAGE', 'images'],
      ['MASK', 'masks'],
    ],
    async run({ num_frames: count, empty_frame_level, inpaint_mask, start_index, end_index, ...given }, call) {
      const { start_image, end_image, control_images } = given;
      const size = start_image ?? end_image ?? control_images;
      if (!size) throw refusal(call.node, 'start_image', 'IMAGE: one of the three is required', undefined, 'missing');
      for (const [input, one] of Object.entries(given)) {
        if (one && one.shape[3] !== 3)
          throw refusal(call.node, input, 'of three channels', `shape [${one.shape}]`, 'bad-shape');
      }
      const [, height, width] = size.shape;
      const gray = new Float32Array(width * height * 3).fill(empty_frame_level);
      const empty = call.device.image(gray, [1, height, width, 3]);
      const plain = (value: number): MaskBatch => call.device.solid({ width, height, value }).as('float32');
      const control = control_images && (await sized(control_images, height, width, call));
      const laid = new Array<ImageBatch | undefined>(count).fill(undefined);
      const own = (i: number): ImageBatch => (control && i < control.shape[0] ? control.at(i) : empty);
      if (!start_image && !end_image) {
        const zeros = Array.from({ length: count }, () => plain(0));
        return [Image.cat(laid.map((_, i) => own(i).as('float32'))), Mask.cat(zeros)];
      }
      const put = (from: ImageBatch, first: number, skip = 0): void => {
        for (let i = skip; i < from.shape[0] && first + i - skip < count; i++) laid[first + i - skip] = from.at(i);
      };
      if (start_image) put(start_image, start_index);
      if (end_image) {
        const end = await sized(end_image, height, width, call);
        const first = (end_index < 0 ? count + end_index : end_index) - end.shape[0] + 1;
        put(end, Math.max(first, 0), Math.max(-first, 0));
      }
      const through = inpaint_mask && (await upscaled(inpaint_mask, { width, height }, 'nearest-exact', call));
      const [zeros, ones] = [plain(0), plain(1)];
      const masks = laid.map((one, i) => {
        if (one) return zeros;
        return through ? through.at(i % through.shape[0]).as('float32') : ones;
      });
      return [Image.cat(laid.map((one, i) => (one ?? own(i)).as('float32'))), Mask.cat(masks)];
    },
  }),
};

async function sized(
  image: ImageBatch,
  height: number,
  width: number,
  call: Parameters<typeof upscaled>[3],
): Promise<ImageBatch> {
  const same = image.shape[1] === height && image.shape[2] === width;
  return same ? image : upscaled(image, { width, height }, 'lanczos', call);
}
