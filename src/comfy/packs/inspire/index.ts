// The Inspire pack: masks from colours, and a union of masks. Behaviour and quirks: docs/nodes.md.
import { colorMapParams } from '../../../api/colorMap.js';
import { refusal } from '../../../base/errors.js';
import { ENDLESS, image, int, mask } from '../../inputs.js';
import { node } from '../../node.js';

export const nodes = {
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
      const minPixels = Math.min(min_pixels, Number.MAX_SAFE_INTEGER); // more than any picture has
      const { masks } = await color_map.colorMap({ minPixels, maxCount: max_count, signal });
      return [masks];
    },
  }),

  'SelectNthMask __Inspire': node({
    title: 'Select Nth Mask (Inspire)',
    category: 'InspirePack/Util',
    module: 'custom_nodes.ComfyUI-Inspire-Pack',
    about: 'One mask of the batch, [1, H, W].',
    quirk: 'A mask that the batch does not have is refused; the original ends in an index error.',
    also: ['SelectNthMask //Inspire', 'SelectNthMask'],
    inputs: { masks: mask, idx: int({ default: 0, min: 0, max: ENDLESS }) },
    outputs: [['MASK', 'MASK']],
    run({ masks, idx }, { node }) {
      const [batch] = masks.shape;
      if (idx < batch) return [masks.at(idx)];
      throw refusal(node, 'idx', `below ${batch}, the number of masks`, idx);
    },
  }),
};
