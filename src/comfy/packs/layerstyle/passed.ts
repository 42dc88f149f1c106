// LayerStyle: passes on one of several values, and colours as texts.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, type ImageBatch, MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { anything, boolean, combo, image, int, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { layerUtility } from './common.js';

const pictureAnd = [
  ['IMAGE', 'image'],
  ['MASK', 'mask'],
] as const;
const picture = optional(image);
const through = optional(mask);

export const nodes = {
  'LayerUtility: AnyRerouter': node({
    ...layerUtility,
    category: '😺dzNodes/LayerUtility/Data',
    title: 'LayerUtility: Any Rerouter',
    about: 'Passes its input on.',
    inputs: { any: anything },
    outputs: [['*', 'any']],
    run: ({ any }) => [any],
  }),

  'LayerUtility: ColorPicker': node({
    ...layerUtility,
    title: 'LayerUtility: ColorPicker',
    about: 'The colour as a text, or as three numbers.',
    quirk: 'Three numbers want a colour of the form #rgb or #rrggbb.',
    inputs: { color: string('#FFFFFF'), mode: combo(['HEX', 'DEC']) },
    outputs: [['STRING', 'value']],
    async run({ color, mode }, { node }) {
      if (mode === 'HEX') return [color];
      const { hexColor } = await import('../lib/color.js');
      return [hexColor(node, 'color', color)];
    },
  }),

  'LayerUtility: BatchSelector': node({
    ...layerUtility,
    category: '😺dzNodes/LayerUtility/SystemIO',
    title: 'LayerUtility: Batch Selector',
    about: 'Those pictures and masks whose numbers, from 0 on, are in the text; the last for what is beyond.',
    quirk: 'Without pictures, masks or numbers one of 64 x 64 comes, transparent or black.',
    inputs: { select: string('0,'), images: picture, masks: through },
    outputs: pictureAnd,
    run({ select, images, masks }, { device }) {
      const numbers = [...select.matchAll(/\d+/g)].map(([digits]) => Number(digits));
      const none = device.image(new Float32Array(64 * 64 * 4), [1, 64, 64, 4]);
      const black = device.solid({ width: 64, height: 64, value: 0 });
      return [
        images && numbers.length ? Image.cat(numbers.map((i) => nthOf(images, i))) : none,
        masks && numbers.length ? Mask.cat(numbers.map((i) => nthOf(masks, i))) : black,
      ];
    },
  }),

  'LayerUtility: ImageHub': node({
    ...layerUtility,
    title: 'LayerUtility: ImageHub',
    about: 'The picture and the mask of this number, from 1 on.',
    quirk: 'random_output, which goes by chance, is refused; what is not linked is nothing.',
    inputs: {
      output: int({ default: 1, min: 1, max: 9 }),
      random_output: boolean(false),
      ...{ input1_image: picture, input1_mask: through, input2_image: picture, input2_mask: through },
      ...{ input3_image: picture, input3_mask: through, input4_image: picture, input4_mask: through },
      ...{ input5_image: picture, input5_mask: through, input6_image: picture, input6_mask: through },
      ...{ input7_image: picture, input7_mask: through, input8_image: picture, input8_mask: through },
      ...{ input9_image: picture, input9_mask: through },
    },
    outputs: pictureAnd,
    run({ output, random_output, ...given }, { node }) {
      if (random_output) throw refusal(node, 'random_output', 'false: chance has no place here', true);
      const number = output as 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
      return [given[`input${number}_image`], given[`input${number}_mask`]];
    },
  }),
};

function nthOf<B extends ImageBatch | MaskBatch>(batch: B, i: number): B {
  return batch.at(Math.min(i, batch.shape[0] - 1)) as B;
}
