// The core nodes that make, cut, turn and batch pictures.
import { refusal } from '../../../errors.js';
import { ImageBatch as Image } from '../../../index.js';
import { combo, float, image, int, MAX } from '../../inputs.js';
import { node } from '../../node.js';
import { empty, floatsOfImage, imageOfFloats, moved, repeated, withChannels } from '../lib/pictures.js';
import { upscaled } from '../lib/scale.js';

const core = { module: 'comfy_extras.nodes_images', outputs: [['IMAGE', 'IMAGE']] } as const;
const size = int({ default: 512, min: 1, max: MAX });
const place = int({ default: 0, min: 0, max: MAX });

export const batches = {
  EmptyImage: node({
    ...core,
    module: 'nodes',
    title: 'EmptyImage',
    category: 'image',
    about: 'Pictures of one colour, red * 65536 + green * 256 + blue.',
    inputs: {
      width: size,
      height: size,
      batch_size: int({ default: 1, min: 1, max: 4096 }),
      color: int({ default: 0, min: 0, max: 0xffffff }),
    },
    run({ width, height, batch_size, color }, { device }) {
      const bytes = new Uint8Array(width * height * 3);
      for (let i = 0; i < bytes.length; i++) bytes[i] = (color >> (16 - 8 * (i % 3))) & 255;
      return [repeated(device.image(bytes, [1, height, width, 3]).as('float32'), batch_size)];
    },
  }),

  ImageInvert: node({
    ...core,
    module: 'nodes',
    title: 'Invert Image',
    category: 'image',
    about: '1 - x of every channel, alpha too, in floats and without a clamp.',
    inputs: { image },
    async run({ image }, call) {
      const { data, shape } = await floatsOfImage(image, call);
      return [imageOfFloats(call.device, { data: data.map((x) => 1 - x), shape })];
    },
  }),

  ImageCrop: node({
    ...core,
    title: 'Image Crop',
    category: 'image/transform',
    about: 'A rectangle of the picture, cut at its edges; x and y are at most those of the last pixel.',
    inputs: { image, width: size, height: size, x: place, y: place },
    async run({ image, width, height, x, y }, call) {
      const [, rows, columns] = image.shape;
      const [left, top] = [Math.min(x, columns - 1), Math.min(y, rows - 1)];
      const to = { width: Math.min(width, columns - left), height: Math.min(height, rows - top) };
      const from = (column: number, row: number) => [left + column, top + row] as const;
      return [imageOfFloats(call.device, moved(await floatsOfImage(image, call), to, from))];
    },
  }),

  ImageFlip: node({
    ...core,
    title: 'ImageFlip',
    category: 'image/transform',
    about: 'Mirrored upside down, or left to right.',
    inputs: { image, flip_method: combo(['x-axis: vertically', 'y-axis: horizontally']) },
    async run({ image, flip_method }, call) {
      const [, height, width] = image.shape;
      const down = flip_method.startsWith('x');
      const from = (x: number, y: number) => (down ? ([x, height - 1 - y] as const) : ([width - 1 - x, y] as const));
      return [imageOfFloats(call.device, moved(await floatsOfImage(image, call), { width, height }, from))];
    },
  }),

  ImageRotate: node({
    ...core,
    title: 'Image Rotate',
    category: 'image/transform',
    about: 'Turned clockwise by quarters.',
    inputs: { image, rotation: combo(['none', '90 degrees', '180 degrees', '270 degrees']) },
    async run({ image, rotation }, call) {
      if (rotation === 'none') return [image];
      const [, height, width] = image.shape;
      const turns = {
        '90 degrees': (x: number, y: number) => [y, height - 1 - x] as const,
        '180 degrees': (x: number, y: number) => [width - 1 - x, height - 1 - y] as const,
        '270 degrees': (x: number, y: number) => [width - 1 - y, x] as const,
      };
      const to = rotation === '180 degrees' ? { width, height } : { width: height, height: width };
      return [imageOfFloats(call.device, moved(await floatsOfImage(image, call), to, turns[rotation]))];
    },
  }),

  ImageBatch: node({
    ...core,
    module: 'nodes',
    title: 'Batch Images',
    category: 'image',
    about:
      'One batch after another. The second is made as large as the first, bilinear, cut in the middle; the one with fewer channels gets ' +
      'an alpha of 1.',
    inputs: { image1: image, image2: image },
    async run({ image1, image2 }, call) {
      const channels = Math.max(image1.shape[3], image2.shape[3]);
      const [first, second] = await Promise.all([image1, image2].map((one) => floatsOfImage(one, call)));
      const [one, two] = [withChannels(first, channels), withChannels(second, channels)];
      const [, height, width] = one.shape;
      const same = two.shape[1] === height && two.shape[2] === width;
      const fit = same ? two : upscaled(two, { width, height }, 'bilinear', 'center');
      return [Image.cat([one, fit].map((floats) => imageOfFloats(call.device, floats)))];
    },
  }),

  ImageFromBatch: node({
    ...core,
    title: 'ImageFromBatch',
    category: 'image/batch',
    about: 'length pictures from batch_index on, as far as there are any; beyond the end the last.',
    inputs: {
      image,
      batch_index: int({ default: 0, min: 0, max: 4095 }),
      length: int({ default: 1, min: 1, max: 4096 }),
    },
    run({ image, batch_index, length }) {
      const start = Math.min(image.shape[0] - 1, batch_index);
      return [image.slice(start, Math.min(image.shape[0], start + length))];
    },
  }),

  RepeatImageBatch: node({
    ...core,
    title: 'RepeatImageBatch',
    category: 'image/batch',
    about: 'The batch so many times.',
    inputs: { image, amount: int({ default: 1, min: 1, max: 4096 }) },
    run: ({ image, amount }) => [repeated(image, image.shape[0] * amount)],
  }),

  GetImageSize: node({
    ...core,
    title: 'Get Image Size',
    category: 'image',
    about: 'Width, height and the number of pictures.',
    inputs: { image },
    outputs: [
      ['INT', 'width'],
      ['INT', 'height'],
      ['INT', 'batch_size'],
    ],
    run: ({ image: { shape } }) => [shape[2], shape[1], shape[0]],
  }),

  ImageBlur: node({
    ...core,
    module: 'comfy_extras.nodes_post_processing',
    title: 'ImageBlur',
    category: 'image/postprocessing',
    about: 'A Gaussian of 2 * blur_radius + 1 places over -1..1, the edge mirrored without itself.',
    quirk: 'A radius as large as a side is refused; the original fails.',
    inputs: {
      image,
      blur_radius: int({ default: 1, min: 1, max: 31 }),
      sigma: float({ default: 1, min: 0.1, max: 10, step: 0.1 }),
    },
    async run({ image, blur_radius: radius, sigma }, call) {
      const { data, shape } = await floatsOfImage(image, call);
      const [batch, height, width, channels] = shape;
      if (radius >= Math.min(width, height)) {
        throw refusal(call.node, 'blur_radius', `below ${Math.min(width, height)}, the picture's side`, radius);
      }
      const raw = Array.from({ length: 2 * radius + 1 }, (_, i) =>
        Math.exp(-(((i - radius) / radius) ** 2) / (2 * sigma * sigma)),
      );
      const sum = raw.reduce((a, b) => a + b, 0);
      const weights = raw.map((one) => one / sum);
      const mirrored = (at: number, length: number): number => (at < 0 ? -at : at >= length ? 2 * length - 2 - at : at);
      const across = new Float64Array(data.length);
      const made = empty(shape);
      for (let line = 0; line < batch * height; line++) {
        for (let x = 0; x < width; x++) {
          for (let c = 0; c < channels; c++) {
            let total = 0;
            for (let k = -radius; k <= radius; k++) {
              total += weights[k + radius] * data[(line * width + mirrored(x + k, width)) * channels + c];
            }
            across[(line * width + x) * channels + c] = total;
          }
        }
      }
      const row = width * channels;
      for (let line = 0; line < batch * height; line++) {
        const [first, y] = [line - (line % height), line % height];
        for (let i = 0; i < row; i++) {
          let total = 0;
          for (let k = -radius; k <= radius; k++) {
            total += weights[k + radius] * across[(first + mirrored(y + k, height)) * row + i];
          }
          made.data[line * row + i] = total;
        }
      }
      return [imageOfFloats(call.device, made)];
    },
  }),
};
