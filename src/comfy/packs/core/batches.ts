// The core nodes that make, cut, rotate and batch pictures.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image } from '../../../index.js';
import { combo, float, image, int, MAX } from '../../inputs.js';
import { node } from '../../node.js';
import { empty, floatsOfImage, imageOfFloats, repeated, withChannels } from '../lib/pictures.js';
import { upscaled } from '../lib/upscale.js';

const core = { module: 'comfy_extras.nodes_images', outputs: [['IMAGE', 'IMAGE']] } as const;
const size = int({ default: 512, min: 1, max: MAX });
const place = int({ default: 0, min: 0, max: MAX });

const TURNS = ['none', '90 degrees', '180 degrees', '270 degrees'] as const;

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
    run({ image, width, height, x, y }) {
      const [, rows, columns] = image.shape;
      return [image.crop({ width, height, x: Math.min(x, columns - 1), y: Math.min(y, rows - 1) })];
    },
  }),

  ImageFlip: node({
    ...core,
    title: 'ImageFlip',
    category: 'image/transform',
    about: 'Mirrored upside down, or left to right.',
    inputs: { image, flip_method: combo(['x-axis: vertically', 'y-axis: horizontally']) },
    run: ({ image, flip_method }) => [image.flip({ axis: flip_method.startsWith('x') ? 'y' : 'x' })],
  }),

  ImageRotate: node({
    ...core,
    title: 'Image Rotate',
    category: 'image/transform',
    about: 'Turned clockwise by quarters.',
    inputs: { image, rotation: combo(TURNS) },
    run: ({ image, rotation }) => [rotation === 'none' ? image : image.rotate({ turns: TURNS.indexOf(rotation) })],
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
      const alike = async (image: typeof image1) =>
        image.shape[3] === channels
          ? image.as('float32')
          : imageOfFloats(call.device, withChannels(await floatsOfImage(image, call), channels));
      const [one, two] = [await alike(image1), await alike(image2)];
      const [, height, width] = one.shape;
      const same = two.shape[1] === height && two.shape[2] === width;
      return [Image.cat([one, same ? two : await upscaled(two, { width, height }, 'bilinear', call, 'center')])];
    },
  }),

  ImageFromBatch: node({
    ...core,
    title: 'ImageFromBatch',
    category: 'image/batch',
    about: 'length pictures from batch_index on, fewer at the end; beyond the end the last one.',
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
    about: 'Repeats the batch amount times.',
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
