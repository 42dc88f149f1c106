// Latents pass through: no node here reads their contents. Behaviour and quirks: docs/nodes.md.
import { latent, mask } from '../../inputs.js';
import { node } from '../../node.js';

export const latents = {
  SetLatentNoiseMask: node({
    title: 'Set Latent Noise Mask',
    category: 'latent/inpaint',
    about: 'The latent with this mask as its noise_mask.',
    quirk: 'noise_mask is a MaskBatch, [B, H, W]; its toTensor() has the [B, 1, H, W] of the original.',
    module: 'nodes',
    inputs: { samples: latent, mask },
    outputs: [['LATENT', 'LATENT']],
    run: ({ samples, mask }) => [{ ...samples, noise_mask: mask }],
  }),
};
