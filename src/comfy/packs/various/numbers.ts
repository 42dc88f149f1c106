// Numbers of several small packs.
import { refusal } from '../../../base/errors.js';
import { int, string } from '../../inputs.js';
import { node } from '../../node.js';
import { wholeIn } from '../lib/values.js';

/** 0xffffffffffffffff as the nearest double. */
const WIDE = 2 ** 64;
const side = int({ default: 1024, min: 1, max: 10000 });

export const nodes = {
  JWInteger: node({
    title: 'Integer',
    category: 'jamesWalker55',
    module: 'custom_nodes.comfyui-various',
    about: 'A whole number.',
    inputs: { value: int({ default: 0, min: -WIDE, max: WIDE }) },
    outputs: [['INT', 'INT']],
    run: ({ value }) => [value],
  }),

  Int: node({
    title: 'Int',
    category: 'Literals',
    module: 'custom_nodes.ComfyLiterals',
    about: 'The whole number that a text writes, as Python reads it.',
    inputs: { Number: string() },
    outputs: [['INT', 'INT']],
    run({ Number: text }, { node }) {
      const value = wholeIn(text);
      if (value === undefined) throw refusal(node, 'Number', 'a whole number', text);
      return [value];
    },
  }),

  SetImageSize: node({
    title: 'Set Image Size',
    category: 'RES4LYF/images',
    module: 'custom_nodes.RES4LYF',
    about: 'A width and a height.',
    inputs: { width: side, height: side },
    outputs: [
      ['INT', 'width'],
      ['INT', 'height'],
    ],
    run: ({ width, height }) => [width, height],
  }),
};
