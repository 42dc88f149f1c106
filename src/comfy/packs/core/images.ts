// The nodes that read pictures, split them and join them. Behaviour and quirks: docs/nodes.md.

import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, MaskBatch as Mask } from '../../../index.js';
import { file, image, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { fitted } from '../lib/marker.js';
import { loaded } from './loader.js';

const colors = ['red', 'green', 'blue'] as const;

export const images = {
  LoadImage: node({
    title: 'Load Image',
    category: 'image',
    about:
      'The picture without alpha, turned as its EXIF says, and 1 - alpha as a mask. Frames of an animation form the batch.',
    quirk:
      'A picture without alpha comes with zeros, [1, 64, 64]: "nothing masked". Frames of another size are left out. ' +
      '16-bit gray is as Pillow 9.4 gives it, the value by 255.',
    module: 'nodes',
    inputs: { image: file },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    async run({ image: source }, call) {
      const { image, mask } = await loaded(source, call);
      return [image, mask];
    },
  }),

  LoadImageMask: node({
    title: 'Load Image (as Mask)',
    category: 'mask',
    about: 'One channel of the first frame as a mask; of alpha, 1 - alpha.',
    quirk: "A picture without alpha gives zeros, [1, 64, 64] (with compat 'comfy-2025', zeros of the picture's size).",
    module: 'nodes',
    inputs: { image: file, channel: { type: 'COMBO', options: ['alpha', ...colors] } },
    outputs: [['MASK', 'MASK']],
    async run({ image: source, channel }, call) {
      const { image, mask, rgba } = await loaded(source, call);
      const color = colors.find((color) => color === channel);
      if (color) return [image.at(0).channel(color)];
      if (call.compat !== 'comfy-2025') return [mask.at(0)];
      // the file was read as RGBA, whether or not it has alpha
      if (rgba) return [rgba.at(0).channel('alpha').as('float32').invert()];
      const [, height, width] = image.shape;
      return [await fitted(mask.at(0), height, width)];
    },
  }),

  SplitImageWithAlpha: node({
    title: 'Split Image with Alpha',
    category: 'mask/compositing',
    about: 'The picture without its alpha, and 1 - alpha as a mask, or zeros of its size if it has no alpha.',
    module: 'comfy_extras.nodes_compositing',
    inputs: { image },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    run: ({ image }) => [image.removeAlpha(), image.channel('alpha').as('float32').invert()],
  }),

  JoinImageWithAlpha: node({
    title: 'Join Image with Alpha',
    category: 'mask/compositing',
    about:
      'The picture with 1 - mask as its alpha. A mask of another size is resized, bilinear, half-pixel centres; ' +
      'the shorter batch begins again.',
    module: 'comfy_extras.nodes_compositing',
    inputs: { image, alpha: mask },
    outputs: [['IMAGE', 'IMAGE']],
    run({ image, alpha }, { node }) {
      const [batch, height, width, channels] = image.shape;
      if (channels < 3)
        throw refusal(node, 'image', 'a picture of 3 or 4 channels', `shape [${image.shape}]`, 'bad-shape');
      const floats = alpha.as('float32');
      const fit =
        floats.shape[1] === height && floats.shape[2] === width ? floats : floats.interpolate({ width, height });
      const count = Math.max(batch, fit.shape[0]);
      const pictures = batch === count ? image : Image.cat(repeated(image, count / batch)).slice(0, count);
      const masks = fit.shape[0] === count ? fit : Mask.cat(repeated(fit, count / fit.shape[0])).slice(0, count);
      return [pictures.as('float32').withAlpha(masks.invert(), { replace: true })];
    },
  }),
};

const repeated = <T>(one: T, times: number): T[] => Array.from({ length: Math.ceil(times) }, () => one);
