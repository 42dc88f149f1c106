// ComfyUI-Easy-Use: pictures placed side by side, and split again.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, type ImageBatch } from '../../../index.js';
import { boolean, combo, image, int } from '../../inputs.js';
import { node } from '../../node.js';
import { checkOne } from '../lib/each.js';
import { resized } from '../lib/filters.js';
import { floatsOfImage, imageOfFloats, joined } from '../lib/pictures.js';
import { imageOf, picturesOf, rgb } from '../lib/pillow.js';

const easy = { module: 'custom_nodes.ComfyUI-Easy-Use', category: 'EasyUse/Image' } as const;
const count = int({ default: 1, min: 1, max: 10 });

export const nodes = {
  'easy imageConcat': node({
    ...easy,
    title: 'imageConcat',
    about: "The second picture beside the first; with match_image_size as high, or as wide, by Pillow's Lanczos.",
    quirk: 'What does not fit beside the other is refused, and with match_image_size a batch; the original fails.',
    inputs: {
      ...{ image1: image, image2: image },
      ...{ direction: combo(['right', 'down', 'left', 'up']), match_image_size: boolean(false) },
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image1, image2, direction, match_image_size }, call) {
      const across = direction === 'right' || direction === 'left';
      let other = image2;
      if (match_image_size) {
        checkOne(call.node, 'image2', image2);
        const [one] = await picturesOf(call.node, 'image2', image2, call);
        const [, rows, columns] = image1.shape;
        const [width, height] = across
          ? [Math.trunc((one.width / one.height) * rows), rows]
          : [columns, Math.trunc((one.height / one.width) * columns)];
        other = imageOf(call, [await resized(call.node, rgb(one), width, height, call, 'lanczos')]);
      }
      const along = across ? 2 : 1;
      const wrong = image1.shape.some((side, i) => i !== along && side !== other.shape[i]);
      if (wrong) throw refusal(call.node, 'image2', `to fit beside [${image1.shape}]`, `[${other.shape}]`, 'bad-shape');
      const pair = await Promise.all([image1, other].map((one) => floatsOfImage(one, call)));
      if (direction === 'left' || direction === 'up') pair.reverse();
      return [imageOfFloats(call.device, joined(pair, along))];
    },
  }),

  'easy imagesSplitImage': node({
    ...easy,
    title: 'imagesSplitImage',
    about: 'The first five pictures of the batch, one by one.',
    quirk: 'Outputs beyond the end of the batch are empty.',
    inputs: { images: image },
    outputs: [
      ['IMAGE', 'image1'],
      ['IMAGE', 'image2'],
      ['IMAGE', 'image3'],
      ['IMAGE', 'image4'],
      ['IMAGE', 'image5'],
    ],
    run: ({ images }) => [0, 1, 2, 3, 4].map((i) => (i < images.shape[0] ? images.at(i) : undefined)),
  }),

  'easy imageSplitGrid': node({
    ...easy,
    title: 'imageSplitGrid',
    about: 'The cells of a grid, row by row, as a batch; what is left at the right and below is cut off.',
    quirk: 'More rows or columns than pixels are refused; the original gives nothing.',
    inputs: { images: image, row: count, column: count },
    outputs: [['IMAGE', 'images']],
    run({ images, row, column }, { node }) {
      const [, rows, columns] = images.shape;
      const [width, height] = [Math.floor(columns / column), Math.floor(rows / row)];
      if (!height) throw refusal(node, 'row', `at most ${rows}, the pixels there are`, row);
      if (!width) throw refusal(node, 'column', `at most ${columns}, the pixels there are`, column);
      const cells: ImageBatch[] = [];
      for (let y = 0; y < row; y++)
        for (let x = 0; x < column; x++) cells.push(images.crop({ x: x * width, y: y * height, width, height }));
      return [Image.cat(cells)];
    },
  }),
};
