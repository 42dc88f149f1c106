// LayerStyle: channels of pictures as masks, with levels applied.
import { refusal } from '../../../base/errors.js';
import { type LayerChannel, layerChannels, MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { ops } from '../../../ops/index.js';
import { boolean, float, image, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { fitted } from '../lib/marker.js';

const { black, white, gray } = ops.levels.params;

export const sources = {
  'LayerMask: ImageToMask': node({
    title: 'LayerMask: Image To Mask',
    category: '😺dzNodes/LayerMask',
    about:
      'A channel as Pillow converts it, normalised, through levels, inverted if asked, kept where the mask (or the alpha) lets it through.',
    quirk:
      'S(HSV) may be spelled with or without its last parenthesis. A mask of another size is refused with both sizes. ' +
      'Pictures one pixel high or wide work. A 64 x 64 mask of zeros means "nothing masked", at any size.',
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
};

/** The label in the original's spelling. */
function original(label: string): string {
  return label === 'S(HSV)' ? 'S(HSV' : label;
}

/** One mask for each picture. The last one repeats; extra ones are ignored. */
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
