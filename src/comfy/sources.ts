// The nodes that make masks out of pictures. Behaviour and quirks: docs/nodes.md.

import { colorMapParams } from '../colors.js';
import { refusal } from '../errors.js';
import { type LayerChannel, layerChannels, MaskBatch as Mask, type MaskBatch } from '../index.js';
import { ops } from '../ops/index.js';
import { boolean, ENDLESS, float, image, int, mask } from './inputs.js';
import { fitted } from './marker.js';
import { node } from './node.js';

const stored = ['red', 'green', 'blue', 'alpha'] as const;
const { black, white, gray } = ops.levels.params;

export const sources = {
  ImageToMask: node({
    title: 'Convert Image to Mask',
    category: 'mask',
    about: 'One stored channel of the picture as it is: no clamp, no rounding, no inversion.',
    quirk: 'A channel that the picture does not have is refused with the shape; the original ends in an index error.',
    module: 'comfy_extras.nodes_mask',
    inputs: { image, channel: { type: 'COMBO', options: stored } },
    outputs: [['MASK', 'MASK']],
    run({ image, channel }, { node }) {
      const index = stored.indexOf(channel as (typeof stored)[number]);
      if (index >= image.shape[3]) {
        throw refusal(node, 'image', `a picture with ${channel}`, `shape [${image.shape}]`, 'bad-shape');
      }
      return [image.channel(channel as (typeof stored)[number])];
    },
  }),

  'Image to Latent Mask': node({
    title: 'Image to Latent Mask',
    category: 'WAS Suite/Image/Masking',
    about:
      'One channel through bytes, by truncation; a picture without alpha has alpha 1. All pictures of the batch one below another.',
    quirk: 'The original gives a mask without a batch, [B*H, W]; it comes as [1, B*H, W].',
    module: 'custom_nodes.was-node-suite-comfyui',
    inputs: { images: image, channel: { type: 'COMBO', options: ['alpha', 'red', 'green', 'blue'] } },
    outputs: [['MASK', 'MASKS']],
    run: ({ images, channel }) => [
      images
        .as('uint8')
        .channel(channel as (typeof stored)[number])
        .column(),
    ],
  }),

  'LayerMask: ImageToMask': node({
    title: 'LayerMask: Image To Mask',
    category: '😺dzNodes/LayerMask',
    about:
      'A channel as Pillow converts it, normalised, through levels, inverted if asked, kept where the mask (or the alpha) lets it through.',
    quirk:
      'S(HSV) may be spelled with or without its last parenthesis. A mask of another size is refused with both sizes. ' +
      'Pictures one pixel high or wide work. A 64 x 64 mask of zeros means "nothing masked", whatever the size.',
    module: 'custom_nodes.ComfyUI_LayerStyle',
    inputs: {
      image,
      channel: { type: 'COMBO', options: Object.keys(layerChannels).map(original), also: ['S(HSV)'] },
      black_point: int(black),
      white_point: int(white),
      gray_point: float(gray),
      invert_output_mask: boolean(false),
      mask: { ...mask, optional: true },
    },
    outputs: [['MASK', 'mask']],
    async run({ image, channel, mask, ...widgets }, { node }) {
      const picture = image.as('uint8');
      const label = channel === 'S(HSV' ? 'S(HSV)' : (channel as LayerChannel);
      const values = { black: widgets.black_point, white: widgets.white_point, gray: widgets.gray_point };
      const toned = picture.channel(label).normalize().levels(values);
      const output = widgets.invert_output_mask ? toned.invert() : toned;
      const through = mask ? await layered(node, mask, picture.shape) : undefined;
      if (through) return [output.multiply(through)];
      return [picture.shape[3] === 4 ? output.multiply(picture.channel('alpha')) : output];
    },
  }),

  'ColorMapToMasks __Inspire': node({
    title: 'Color Map To Masks (Inspire)',
    category: 'InspirePack/Util',
    about: 'A mask for each of the most frequent colours of the first picture, of every picture: [colours * B, H, W].',
    quirk:
      'Equal counts are in the order of the colours; the original leaves that open above 16 colours. Nothing kept gives zeros, [1, H, W].',
    module: 'custom_nodes.ComfyUI-Inspire-Pack',
    also: ['ColorMapToMasks //Inspire', 'ColorMapToMasks'],
    inputs: {
      color_map: image,
      min_pixels: int(colorMapParams.minPixels, { max: ENDLESS }),
      max_count: int(colorMapParams.maxCount),
    },
    outputs: [['MASK', 'mask']],
    async run({ color_map, min_pixels, max_count }, { signal }) {
      const minPixels = Math.min(min_pixels, Number.MAX_SAFE_INTEGER); // no picture has more
      const { masks } = await color_map.colorMap({ minPixels, maxCount: max_count, signal });
      return [masks];
    },
  }),
};

/** The label as the original spells it. */
function original(label: string): string {
  return label === 'S(HSV)' ? 'S(HSV' : label;
}

/** As many masks as pictures: too few, the last is used again; too many are ignored. */
async function layered(node: string, mask: MaskBatch, [batch, height, width]: readonly number[]): Promise<MaskBatch> {
  const fit = await fitted(mask, height, width);
  if (fit.shape[1] !== height || fit.shape[2] !== width) {
    throw refusal(
      node,
      'mask',
      `${width} x ${height} like the image`,
      `${fit.shape[2]} x ${fit.shape[1]}`,
      'bad-shape',
    );
  }
  const bytes = fit.as('uint8');
  if (bytes.shape[0] >= batch) return bytes.slice(0, batch);
  return Mask.cat([bytes, ...Array.from({ length: batch - bytes.shape[0] }, () => bytes.at(-1))]);
}
