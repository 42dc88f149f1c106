// essentials: the size of a picture, and sharpening.
import { float, image } from '../../inputs.js';
import { node } from '../../node.js';
import { empty, floatsOfImage, imageOfFloats } from '../lib/pictures.js';
import { essentials } from './common.js';

const f = Math.fround;

export const nodes = {
  'GetImageSize+': node({
    ...essentials,
    category: 'essentials/image utils',
    title: '🔧 Get Image Size',
    about: 'Width, height and the number of pictures.',
    inputs: { image },
    outputs: [
      ['INT', 'width'],
      ['INT', 'height'],
      ['INT', 'count'],
    ],
    run: ({ image: { shape } }) => [shape[2], shape[1], shape[0]],
  }),

  'ImageCASharpening+': node({
    ...essentials,
    category: 'essentials/image processing',
    title: '🔧 Image Contrast Adaptive Sharpening',
    about:
      'Sharpens more where a pixel and its eight neighbours have little contrast, with 0 beyond the edges; clamped to 0..1.',
    inputs: { image, amount: float({ default: 0.8, min: 0, max: 1, step: 0.05 }) },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image, amount }, call) {
      const { data, shape } = await floatsOfImage(image, call);
      const [batch, height, width, channels] = shape;
      const made = empty(shape);
      const strength = f(amount * (1 / 5 - 1 / 8) + 1 / 8);
      const epsilon = f(1e-5);
      for (let i = 0; i < batch * height * width; i++) {
        const [x, y] = [i % width, Math.floor(i / width) % height];
        const [left, right, up, down] = [x > 0, x < width - 1, y > 0, y < height - 1];
        for (let c = 0; c < channels; c++) {
          const at = i * channels + c;
          const value = (isIn: boolean, columns: number, rows: number): number =>
            isIn ? data[at + (rows * width + columns) * channels] : 0;
          const [b, d, e] = [value(up, 0, -1), value(left, -1, 0), data[at]];
          const [r, h] = [value(right, 1, 0), value(down, 0, 1)];
          const corners = [value(up && left, -1, -1), value(up && right, 1, -1), value(down && left, -1, 1)];
          const last = value(down && right, 1, 1);
          const least = f(Math.max(Math.min(b, d, e, r, h), 0) + Math.max(Math.min(...corners, last), 0));
          const most = f(Math.min(Math.max(b, d, e, r, h), 1) + Math.min(Math.max(...corners, last), 1));
          const reach = f(f(1 / f(most + epsilon)) * Math.min(least, f(2 - most)));
          const weight = f(-f(Math.sqrt(reach)) * strength);
          const sum = f(f(f(b + d) + r) + h);
          const mixed = f(f(f(sum * weight) + e) * f(1 / f(1 + f(4 * weight))));
          made.data[at] = Math.min(Math.max(mixed, 0), 1);
        }
      }
      return [imageOfFloats(call.device, made)];
    },
  }),
};
