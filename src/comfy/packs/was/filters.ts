// WAS: resizes and sharpens pictures.

import { refusal } from '../../../base/errors.js';
import { combo, float, image, int } from '../../inputs.js';
import { node } from '../../node.js';
import { type Filter, resizedRgba } from '../lib/filters.js';
import { imageOf, type Picture, picturesOf } from '../lib/pillow.js';

const module = 'custom_nodes.was-node-suite-comfyui';
const f = Math.fround;
const side = (fallback: number) => int({ default: fallback, min: 1, max: 48000 });
const RESAMPLING = ['lanczos', 'nearest', 'bilinear', 'bicubic'] as const satisfies readonly Filter[];

export const nodes = {
  'Image Resize': node({
    title: 'Image Resize',
    category: 'WAS Suite/Image/Transform',
    module,
    about:
      "So many times as large, or of this size, the sides up to the next multiple of 8; by Pillow's filter on bytes, with supersample 8 times as " +
      'large first.',
    inputs: {
      image,
      mode: combo(['rescale', 'resize']),
      supersample: combo(['true', 'false']),
      resampling: combo(RESAMPLING),
      rescale_factor: float({ default: 2, min: 0.01, max: 16, step: 0.01 }),
      ...{ resize_width: side(1024), resize_height: side(1536) },
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image, mode, supersample, resampling, rescale_factor: by, resize_width, resize_height }, call) {
      const [, rows, columns] = image.shape;
      const eights = (x: number): number => Math.ceil(x / 8) * 8;
      const [width, height] =
        mode === 'rescale'
          ? [Math.trunc(columns * by), Math.trunc(rows * by)]
          : [eights(resize_width), eights(resize_height)];
      const made: Picture[] = [];
      for (const one of await picturesOf(call.node, 'image', image, call)) {
        const large =
          supersample === 'true' ? await resizedRgba(call.node, one, width * 8, height * 8, call, resampling) : one;
        made.push(await resizedRgba(call.node, large, width, height, call, resampling));
      }
      return [imageOf(call, made)];
    },
  }),

  'Image Lucy Sharpen': node({
    title: 'Image Lucy Sharpen',
    category: 'WAS Suite/Image/Filter',
    module,
    about:
      'Richardson-Lucy: so many times each channel times the mean over a square of what it is to its own mean; the edge repeated, black beyond. ' +
      'Bytes by truncation.',
    quirk: 'Alpha is left out; a picture of one channel is refused, for the original fails.',
    inputs: {
      images: image,
      iterations: int({ default: 2, min: 1, max: 12 }),
      kernel_size: int({ default: 3, min: 1, max: 16 }),
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ images, iterations, kernel_size }, call) {
      if (images.shape[3] === 1)
        throw refusal(call.node, 'images', 'of 3 or 4 channels', `shape [${images.shape}]`, 'bad-shape');
      const made = (await picturesOf(call.node, 'images', images, call)).map((one) =>
        sharpened(one, iterations, kernel_size),
      );
      return [imageOf(call, made)];
    },
  }),
};

function sharpened({ data, width, height, channels }: Picture, iterations: number, size: number): Picture {
  const [wide, high] = [width + 2 * size, height + 2 * size];
  const to = new Uint8Array(width * height * 3);
  for (let c = 0; c < 3; c++) {
    const own = new Float32Array(wide * high);
    for (let y = 0; y < high; y++) {
      for (let x = 0; x < wide; x++) {
        const [u, v] = [Math.min(Math.max(x - size, 0), width - 1), Math.min(Math.max(y - size, 0), height - 1)];
        own[y * wide + x] = data[(v * width + u) * channels + c] / 255;
      }
    }
    for (let i = 0; i < iterations; i++) {
      const blurred = meanOf(own, wide, high, size);
      const ratio = own.map((x, at) => f(x / f(blurred[at] + f(1e-6))));
      const by = meanOf(ratio, wide, high, size);
      for (const at of own.keys()) own[at] = f(own[at] * by[at]);
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        to[(y * width + x) * 3 + c] = Math.min(Math.max(f(own[(y + size) * wide + x + size] * 255), 0), 255);
      }
    }
  }
  return { data: to, width, height, channels: 3 };
}

/**
 * scipy.signal.convolve2d with ones / size², with 0 beyond the edge. An even square extends further to the left and
 * up.
 */
function meanOf(data: Float32Array, width: number, height: number, size: number): Float32Array<ArrayBuffer> {
  const weight = f(1 / (size * size));
  const first = -Math.floor(size / 2);
  const to = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(y + first, 0), Math.min(y + first + size, height)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(x + first, 0), Math.min(x + first + size, width)];
      let sum = 0;
      // convolution flips the kernel, so the last row and column come first
      for (let v = bottom - 1; v >= top; v--) {
        for (let u = right - 1; u >= left; u--) sum = f(sum + f(data[v * width + u] * weight));
      }
      to[y * width + x] = sum;
    }
  }
  return to;
}
