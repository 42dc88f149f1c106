// The core nodes that resize pictures.
import { combo, float, image, int, MAX } from '../../inputs.js';
import { node } from '../../node.js';
import { checkSide, halfEven } from '../lib/numbers.js';
import { METHODS, upscaled } from '../lib/upscale.js';

const core = { module: 'nodes', category: 'image/upscaling', outputs: [['IMAGE', 'IMAGE']] } as const;
const upscale_method = combo(METHODS);
const length = int({ default: 512, min: 0, max: MAX });

export const scaled = {
  ImageScale: node({
    ...core,
    title: 'Upscale Image',
    about:
      "This size, by torch's interpolate or Pillow's Lanczos on bytes; a side of 0 follows the proportions, two leave the picture as it is. " +
      'With crop center what is too wide or too high is cut first.',
    inputs: { image, upscale_method, width: length, height: length, crop: combo(['disabled', 'center']) },
    async run({ image, upscale_method, width, height, crop }, call) {
      if (width === 0 && height === 0) return [image];
      const [, rows, columns] = image.shape;
      const size = {
        width: width || Math.max(1, halfEven((columns * height) / rows)),
        height: height || Math.max(1, halfEven((rows * width) / columns)),
      };
      return [await upscaled(image, size, upscale_method, call, crop)];
    },
  }),

  ImageScaleBy: node({
    ...core,
    title: 'Upscale Image By',
    about: 'Scales width and height by a factor, rounded half to even.',
    inputs: { image, upscale_method, scale_by: float({ default: 1, min: 0.01, max: 8, step: 0.01 }) },
    async run({ image, upscale_method, scale_by }, call) {
      const [, rows, columns] = image.shape;
      const size = { width: halfEven(columns * scale_by), height: halfEven(rows * scale_by) };
      checkSide(call.node, 'scale_by', size.width, size.height);
      return [await upscaled(image, size, upscale_method, call)];
    },
  }),

  ImageScaleToTotalPixels: node({
    ...core,
    title: 'Scale Image to Total Pixels',
    about: 'As many times 1024 * 1024 pixels in all, in the same proportions; sides are multiples of resolution_steps.',
    inputs: {
      image,
      upscale_method,
      megapixels: float({ default: 1, min: 0.01, max: 16, step: 0.01 }),
      resolution_steps: int({ default: 1, min: 1, max: 256 }),
    },
    async run({ image, upscale_method, megapixels, resolution_steps }, call) {
      const [, rows, columns] = image.shape;
      const by = Math.sqrt((megapixels * 1024 * 1024) / (columns * rows));
      const side = (own: number): number => halfEven((own * by) / resolution_steps) * resolution_steps;
      checkSide(call.node, 'megapixels', side(columns), side(rows));
      return [await upscaled(image, { width: side(columns), height: side(rows) }, upscale_method, call)];
    },
  }),

  ImageScaleToMaxDimension: node({
    ...core,
    module: 'comfy_extras.nodes_images',
    title: 'ImageScaleToMaxDimension',
    about: 'The longer side becomes largest_size, the other follows.',
    inputs: {
      image,
      upscale_method: combo(['area', 'lanczos', 'bilinear', 'nearest-exact', 'bicubic']),
      largest_size: length,
    },
    async run({ image, upscale_method, largest_size }, call) {
      const [, rows, columns] = image.shape;
      const size = {
        width: rows > columns ? halfEven((columns / rows) * largest_size) : largest_size,
        height: columns > rows ? halfEven((rows / columns) * largest_size) : largest_size,
      };
      checkSide(call.node, 'largest_size', size.width, size.height);
      return [await upscaled(image, size, upscale_method, call)];
    },
  }),
};
