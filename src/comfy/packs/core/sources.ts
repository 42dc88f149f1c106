// The nodes that make masks from pictures. Behaviour and quirks: docs/nodes.md.
import { refusal } from '../../../base/errors.js';
import { image } from '../../inputs.js';
import { node } from '../../node.js';

const stored = ['red', 'green', 'blue', 'alpha'] as const;

export const sources = {
  ImageToMask: node({
    title: 'Convert Image to Mask',
    category: 'mask',
    about: 'One stored channel of the picture, unchanged: not clamped, rounded or inverted.',
    quirk: 'A channel that the picture does not have is refused with the shape; the original ends in an index error.',
    module: 'comfy_extras.nodes_mask',
    inputs: { image, channel: { type: 'COMBO', options: stored } },
    outputs: [['MASK', 'MASK']],
    run({ image, channel }, { node }) {
      const index = stored.indexOf(channel);
      if (index >= image.shape[3]) {
        throw refusal(node, 'image', `a picture with ${channel}`, `shape [${image.shape}]`, 'bad-shape');
      }
      return [image.channel(channel)];
    },
  }),
};
