// Nodes of several small packs: batches from lists, pictures at another one's size, and a mask of one shape.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, type ImageBatch, MaskBatch as Mask } from '../../../index.js';
import { combo, image, int } from '../../inputs.js';
import { node } from '../../node.js';
import { halfEven } from '../lib/numbers.js';
import { repeatedLast } from '../lib/pictures.js';
import { METHODS, upscaled } from '../lib/upscale.js';

const side = (fallback: number, min: number) => int({ default: fallback, min, max: 4096 });

/** One batch of pictures with equal channels. */
function joined(node: string, input: string, all: readonly ImageBatch[]): ImageBatch {
  const other = all.find(({ shape }) => shape[3] !== all[0].shape[3]);
  if (other) throw refusal(node, input, `of ${all[0].shape[3]} channels`, `shape [${other.shape}]`, 'bad-shape');
  return Image.cat(all.map((one) => one.as('float32')));
}

export const nodes = {
  ImageListToBatch_: node({
    title: 'Image List To Batch',
    category: '♾️Mixlab/Image',
    module: 'custom_nodes.comfyui-mixlab-nodes',
    about:
      'All pictures of the list as one batch: of another size than the first, the square in their middle made as large, bicubic.',
    quirk:
      'Without smoothing, as torchvision did before 0.17. Pictures of other channels are refused; the original fails.',
    inputs: { images: image },
    takesLists: true,
    outputs: [['IMAGE', 'IMAGE']],
    async run({ images }, call) {
      const [first] = images;
      if (!first) throw refusal(call.node, 'images', 'a list that is not empty', images);
      const [, height, width] = first.shape;
      const all: ImageBatch[] = [];
      for (const one of images) {
        const [, rows, columns] = one.shape;
        if (rows === height && columns === width) {
          all.push(one);
          continue;
        }
        const square = Math.min(rows, columns);
        const [x, y] = [halfEven((columns - square) / 2), halfEven((rows - square) / 2)];
        const part = one.crop({ x, y, width: square, height: square });
        all.push(await upscaled(part, { width, height }, 'bicubic', call));
      }
      return [joined(call.node, 'images', all)];
    },
  }),

  'ImageListToBatch+': node({
    title: '🔧 Image List To Batch',
    category: 'essentials/image batch',
    module: 'custom_nodes.ComfyUI_essentials',
    about: 'All pictures of the list as one batch, as large as the first, bicubic, cut in the middle.',
    quirk: 'Pictures of other channels are refused; the original fails.',
    inputs: { image },
    takesLists: true,
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image }, call) {
      const [first] = image;
      if (!first) throw refusal(call.node, 'image', 'a list that is not empty', image);
      const [, height, width] = first.shape;
      const all: ImageBatch[] = [];
      for (const one of image) {
        const fits = one.shape[1] === height && one.shape[2] === width;
        all.push(fits ? one : await upscaled(one, { width, height }, 'bicubic', call, 'center'));
      }
      return [joined(call.node, 'image', all)];
    },
  }),

  ImageListToImageBatch: node({
    title: 'Image List to Image Batch',
    category: 'ImpactPack/Operation',
    module: 'custom_nodes.ComfyUI-Impact-Pack',
    about:
      "All pictures of the list as one batch, as large as the first by Pillow's Lanczos on bytes, cut in the middle.",
    quirk: 'Of a list of one the original gives the list; the picture comes as it is.',
    inputs: { images: image },
    takesLists: true,
    outputs: [['IMAGE', 'IMAGE']],
    async run({ images }, call) {
      const [first, ...rest] = images;
      if (!first) throw refusal(call.node, 'images', 'a list that is not empty', images);
      const [, height, width] = first.shape;
      const all = [first];
      for (const one of rest) {
        const fits = one.shape.slice(1).join() === first.shape.slice(1).join();
        all.push(fits ? one : await upscaled(one, { width, height }, 'lanczos', call, 'center'));
      }
      return [joined(call.node, 'images', all)];
    },
  }),

  'ChangeImageBatchSize //Inspire': node({
    title: 'Change Image Batch Size (Inspire)',
    category: 'InspirePack/Util',
    module: 'custom_nodes.ComfyUI-Inspire-Pack',
    about: 'As many pictures as this: the first ones, or the last more often.',
    also: ['ChangeImageBatchSize __Inspire'],
    inputs: { image, batch_size: int({ default: 1, min: 1, max: 4096 }), mode: combo(['simple']) },
    outputs: [['IMAGE', 'IMAGE']],
    run: ({ image, batch_size }) => [repeatedLast(image, batch_size)],
  }),

  ImageScaleToTarget: node({
    title: 'Image Scale To Target',
    category: 'RyanOnTheInside/Images/Utility',
    module: 'custom_nodes.ComfyUI_RyanOnTheInside',
    about:
      "As large as another picture, by torch's interpolate or Pillow's Lanczos on bytes; with crop center cut to its proportions first.",
    inputs: { image, target_image: image, upscale_method: combo(METHODS), crop: combo(['disabled', 'center']) },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image, target_image, upscale_method, crop }, call) {
      const [, height, width] = target_image.shape;
      return [await upscaled(image, { width, height }, upscale_method, call, crop)];
    },
  }),

  QuickShapeMask: node({
    title: 'Quick Shape Mask',
    category: 'mask',
    module: 'custom_nodes.ComfyUI_RealtimeNodes',
    about: 'An ellipse or a rectangle of this size about a place, 1 in it, as far as it lies on the canvas.',
    inputs: {
      shape: combo(['circle', 'square'], 'circle'),
      ...{ width: side(64, 1), height: side(64, 1), x: side(256, 0), y: side(256, 0) },
      ...{ canvas_width: side(512, 1), canvas_height: side(512, 1) },
      batch_size: int({ default: 1, min: 1, max: 64 }),
    },
    outputs: [['MASK', 'MASK']],
    run({ shape, width, height, x, y, canvas_width, canvas_height, batch_size }, { device }) {
      const [halfX, halfY] = [Math.floor(width / 2), Math.floor(height / 2)];
      const data = new Float32Array(canvas_width * canvas_height);
      for (let row = Math.max(0, y - halfY); row < Math.min(canvas_height, y + halfY); row++) {
        for (let column = Math.max(0, x - halfX); column < Math.min(canvas_width, x + halfX); column++) {
          const away = (column - x) ** 2 / (width / 2) ** 2 + (row - y) ** 2 / (height / 2) ** 2;
          if (shape === 'square' || away <= 1) data[row * canvas_width + column] = 1;
        }
      }
      const made = device.mask(data, [1, canvas_height, canvas_width]);
      return [Mask.cat(Array.from({ length: batch_size }, () => made))];
    },
  }),
};
