// The core nodes that place pictures side by side, and change the length of batches.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, type ImageBatch } from '../../../index.js';
import { boolean, combo, image, int, optional } from '../../inputs.js';
import { node } from '../../node.js';
import {
  checkSide,
  empty,
  type Floats,
  floatsOfImage,
  imageOfFloats,
  joined,
  placed,
  repeatedLast,
  withChannels,
} from '../lib/pictures.js';
import { upscaled } from '../lib/upscale.js';

const COLORS = { white: [1, 1, 1], black: [0, 0, 0], red: [1, 0, 0], green: [0, 1, 0], blue: [0, 0, 1] } as const;

/** Centres pictures on a longer side; an odd pixel goes after them. */
function padded(floats: Floats, along: 1 | 2, length: number, value: number): Floats {
  const [, height, width] = floats.shape;
  if (floats.shape[along] === length) return floats;
  const before = Math.floor((length - floats.shape[along]) / 2);
  const canvas = along === 1 ? { width, height: length, x: 0, y: before } : { width: length, height, x: before, y: 0 };
  return placed(floats, canvas, value);
}

export const nodes = {
  ImageStitch: node({
    title: 'Stitch Images',
    category: 'image/transform',
    module: 'comfy_extras.nodes_images',
    about:
      "The second picture beside the first, by Pillow's Lanczos on bytes as high (or wide) as it, or both in the middle of the larger; with a band of a colour " +
      'between them. The shorter batch repeats its last picture; a missing alpha is 1. Without a second picture the first as it is.',
    quirk:
      'The band has an even number of pixels. Around the smaller picture it is white for white, and black for all others, as in the original.',
    inputs: {
      image1: image,
      direction: combo(['right', 'down', 'left', 'up'], 'right'),
      match_image_size: boolean(true),
      spacing_width: int({ default: 0, min: 0, max: 1024, step: 2 }),
      spacing_color: combo(['white', 'black', 'red', 'green', 'blue'], 'white'),
      image2: optional(image),
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image1, image2, direction, match_image_size, spacing_width, spacing_color }, call) {
      if (!image2) return [image1];
      const along = direction === 'left' || direction === 'right' ? 2 : 1;
      const across = along === 2 ? 1 : 2;
      const batch = Math.max(image1.shape[0], image2.shape[0]);
      let [first, second] = await Promise.all([
        floatsOfImage(repeatedLast(image1, batch), call),
        floatsOfImage(await matched(image2), call),
      ]);
      const most = Math.max(first.shape[across], second.shape[across]);
      const around = spacing_color === 'white' ? 1 : 0;
      [first, second] = [padded(first, across, most, around), padded(second, across, most, around)];
      const channels = Math.max(first.shape[3], second.shape[3]);
      [first, second] = [withChannels(first, channels), withChannels(second, channels)];
      const parts = direction === 'left' || direction === 'up' ? [second, first] : [first, second];
      const wide = spacing_width + (spacing_width % 2);
      if (wide > 0) parts.splice(1, 0, band(wide, most, channels));
      return [imageOfFloats(call.device, joined(parts, along))];

      async function matched(picture: ImageBatch): Promise<ImageBatch> {
        const own = repeatedLast(picture, batch);
        if (!match_image_size) return own;
        const [, height, width] = own.shape;
        const ratio = width / height;
        const [, rows, columns] = image1.shape;
        const size =
          along === 2
            ? { width: Math.trunc(rows * ratio), height: rows }
            : { width: columns, height: Math.trunc(columns / ratio) };
        checkSide(call.node, 'image2', size.width, size.height);
        return upscaled(own, size, 'lanczos', call);
      }

      function band(length: number, side: number, channels: number): Floats {
        const made = empty(along === 2 ? [batch, side, length, channels] : [batch, length, side, channels], 1);
        const color = COLORS[spacing_color];
        for (let i = 0; i < made.data.length; i++) if (i % channels < 3) made.data[i] = color[i % channels];
        return made;
      }
    },
  }),

  RebatchImages: node({
    title: 'Rebatch Images',
    category: 'image/batch',
    module: 'comfy_extras.nodes_rebatch',
    about: 'All pictures of the list as a list of batches of a given length; the last one may be shorter.',
    quirk: 'Pictures of several sizes in one batch are refused; the original fails.',
    inputs: { images: image, batch_size: int({ default: 1, min: 1, max: 4096 }) },
    takesLists: true,
    outputs: [['IMAGE', 'IMAGE', 'list']],
    run({ images, batch_size: [size] }, { node }) {
      const all = images.flatMap((one) => Array.from({ length: one.shape[0] }, (_, b) => one.at(b)));
      const made: ImageBatch[] = [];
      for (let from = 0; from < all.length; from += size) {
        const part = all.slice(from, from + size);
        const [first] = part;
        const other = part.find(({ shape }) => shape.join() !== first.shape.join());
        if (other) throw refusal(node, 'images', `of one size (${first})`, other.toString(), 'bad-shape');
        made.push(part.length === 1 ? first : Image.cat(part.map((one) => one.as('float32'))));
      }
      return [made];
    },
  }),
};
