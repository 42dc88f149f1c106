// WAS: masks joined by arithmetic on their floats.
import { mask } from '../../inputs.js';
import { node } from '../../node.js';

const was = {
  category: 'WAS Suite/Image/Masking',
  module: 'custom_nodes.was-node-suite-comfyui',
  inputs: { masks_a: mask, masks_b: mask },
  outputs: [['MASK', 'MASKS']],
} as const;

export const joins = {
  'Masks Add': node({
    ...was,
    title: 'Masks Add',
    about: 'The sum of two masks in floats, without a clamp.',
    run: ({ masks_a, masks_b }) => [masks_a.as('float32').add(masks_b.as('float32'))],
  }),

  'Masks Subtract': node({
    ...was,
    title: 'Masks Subtract',
    about: 'The first mask less the second in floats; what is below 0 becomes 0.',
    run: ({ masks_a, masks_b }) => [masks_a.as('float32').subtract(masks_b.as('float32')).clamp()],
  }),
};
