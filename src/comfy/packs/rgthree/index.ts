// rgthree: the first of several values, a number, and the size of a picture.

import { refusal } from '../../../base/errors.js';
import { anything, int, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { shapeOf } from '../lib/values.js';

const rgthree = { module: 'custom_nodes.rgthree-comfy', category: 'rgthree' } as const;
/** The limit in that pack's front end. */
const most = 1125899906842624;
const one = optional(anything);

export const nodes = {
  'Any Switch (rgthree)': node({
    ...rgthree,
    title: 'Any Switch (rgthree)',
    about: 'The first value that there is, in the order of the inputs.',
    quirk: 'The inputs are asked in the order of their numbers.',
    inputs: { any_01: one, any_02: one, any_03: one, any_04: one, any_05: one },
    more: { prefix: 'any_', input: one, padded: true },
    outputs: [['*', '*']],
    run: (_, { more }) => [[...more.values()][0]],
  }),

  'Seed (rgthree)': node({
    ...rgthree,
    title: 'Seed (rgthree)',
    about: 'The number as it is.',
    quirk: 'Below 0 the front end draws one by chance before it queues; here it stays.',
    inputs: { seed: int({ default: 0, min: -most, max: most }) },
    outputs: [['INT', 'SEED']],
    run: ({ seed }) => [seed],
  }),

  'Image or Latent Size (rgthree)': node({
    ...rgthree,
    title: 'Image or Latent Size (rgthree)',
    about: 'Width and height of a picture or, in pixels, of a latent.',
    inputs: { input: anything },
    outputs: [
      ['INT', 'WIDTH'],
      ['INT', 'HEIGHT'],
    ],
    run({ input }, { node }) {
      const { samples } = Object(input) as { readonly samples?: unknown };
      const shape = shapeOf(samples ?? input);
      if (!shape || shape.length < 3) throw refusal(node, 'input', 'an image or a latent', input);
      const [height, width] = samples ? shape.slice(2).map((side) => side * 8) : shape.slice(1);
      return [width, height];
    },
  }),
};
