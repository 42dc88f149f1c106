// WAS: channels of pictures as masks.
import { image } from '../../inputs.js';
import { node } from '../../node.js';

export const sources = {
  'Image to Latent Mask': node({
    title: 'Image to Latent Mask',
    category: 'WAS Suite/Image/Masking',
    about:
      'One channel through bytes, by truncation; a picture without alpha has alpha 1. All pictures of the batch one below another.',
    quirk: 'The original gives a mask without a batch, [B*H, W]; it comes as [1, B*H, W].',
    module: 'custom_nodes.was-node-suite-comfyui',
    inputs: { images: image, channel: { type: 'COMBO', options: ['alpha', 'red', 'green', 'blue'] } },
    outputs: [['MASK', 'MASKS']],
    run: ({ images, channel }) => [images.as('uint8').channel(channel).stackVertically()],
  }),
};
