// Single nodes of several packs: numbers, switches, a blur, and a picture without alpha.
import { refusal } from '../../../base/errors.js';
import { anything, combo, float, image, int, lazy, mask, string } from '../../inputs.js';
import { node } from '../../node.js';
import { hexColor } from '../lib/color.js';
import { floatsOf } from '../lib/each.js';
import { isTrue } from '../lib/values.js';

const art = { module: 'custom_nodes.comfyui-art-venture', category: 'ArtVenture/Utils' } as const;
const mixlab = { module: 'custom_nodes.comfyui-mixlab-nodes', category: '♾️Mixlab/Input' } as const;
const omar = { module: 'custom_nodes.ComfyUI-QualityOfLifeSuit_Omar92', category: 'O/numbers' } as const;
/** 0xffffffffffffffff as the nearest double. */
const WIDE = 2 ** 64;
const END = Number.MAX_VALUE;
const wide = (fallback: number) => int({ default: fallback, min: -WIDE, max: WIDE });
const term = float({ default: 1, min: -END, max: END, step: 0.01 });

/** The sides of the sizes that SDXL was trained with. */
const SIDES = {
  ...{ '1:1': [1024, 1024], '2:3': [832, 1216], '3:4': [896, 1152], '5:8': [768, 1216], '9:16': [768, 1344] },
  ...{ '9:19': [704, 1472], '9:21': [640, 1536], '3:2': [1216, 832], '4:3': [1152, 896], '8:5': [1216, 768] },
  ...{ '16:9': [1344, 768], '19:9': [1472, 704], '21:9': [1536, 640] },
} as const;
const RATIOS = [
  ...(['1:1', '2:3', '3:4', '5:8', '9:16', '9:19', '9:21', '3:2', '4:3', '8:5', '16:9', '19:9', '21:9'] as const),
] as const;

export const nodes = {
  SDXLAspectRatioSelector: node({
    ...art,
    title: 'SDXL Aspect Ratio',
    about: 'Width and height of these proportions, as SDXL was trained with them.',
    inputs: { aspect_ratio: combo(RATIOS) },
    outputs: [
      ['STRING', 'ratio'],
      ['INT', 'width'],
      ['INT', 'height'],
    ],
    run: ({ aspect_ratio }) => [aspect_ratio, ...SIDES[aspect_ratio]],
  }),

  ImageGaussianBlur: node({
    ...art,
    title: 'Image Gaussian Blur',
    about: "Blurred in bytes as Pillow's GaussianBlur.",
    inputs: { images: image, radius: int({ default: 1, min: 1, max: 100 }) },
    outputs: [['IMAGE', 'IMAGE']],
    run: ({ images, radius }) => [images.as('uint8').blur({ radius }).as('float32')],
  }),

  AlphaChanelRemove: node({
    module: 'custom_nodes.ComfyUI-Allor',
    category: 'image/alpha',
    title: 'AlphaChanelRemove',
    about: 'The picture without its alpha.',
    inputs: { images: image },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ images }, { device, signal }) {
      const [batch, height, width, channels] = images.shape;
      if (channels < 4) return [images];
      const data = await images.data({ signal });
      const made = data.filter((_, i) => i % 4 < 3);
      return [device.image(made, [batch, height, width, 3])];
    },
  }),

  DF_Sum: node({
    module: 'custom_nodes.Derfuu_ComfyUI_ModdedNodes',
    category: 'Derfuu_Nodes/Math',
    title: 'Sum',
    about: 'The sum of two numbers.',
    also: ['Sum'],
    inputs: { Value_A: term, Value_B: term },
    outputs: [['FLOAT', 'FLOAT']],
    run: ({ Value_A, Value_B }) => [Value_A + Value_B],
  }),

  'floatToInt _O': node({
    ...omar,
    title: 'floatToInt _O',
    about: 'The number without what is behind the point.',
    inputs: { float: float({ default: 0, min: 0, max: WIDE }) },
    outputs: [['INT', 'INT']],
    run: ({ float }) => [Math.trunc(float) + 0],
  }),

  'intToFloat _O': node({
    ...omar,
    title: 'intToFloat _O',
    about: 'The same number, as one with a point.',
    inputs: { int: int({ default: 0, min: 0, max: WIDE }) },
    outputs: [['FLOAT', 'FLOAT']],
    run: ({ int }) => [int],
  }),

  'If ANY execute A else B': node({
    module: 'custom_nodes.ComfyUI-Logic',
    category: 'Logic',
    title: 'If',
    about: 'IF_TRUE where ANY is something else than 0, false, nothing or an empty text; IF_FALSE where not.',
    quirk:
      'ANY may not be a picture or mask: the original fails for more than one number. What is not taken is not computed.',
    inputs: { ANY: anything, IF_TRUE: lazy(anything), IF_FALSE: lazy(anything) },
    takes: ({ ANY }) => [isTrue(ANY) ? 'IF_TRUE' : 'IF_FALSE'],
    outputs: [['*', '?']],
    run: ({ ANY, IF_TRUE, IF_FALSE }) => [isTrue(ANY) ? IF_TRUE : IF_FALSE],
  }),

  IsMaskEmpty: node({
    module: 'custom_nodes.comfyui_segment_anything',
    category: 'segment_anything',
    title: 'IsMaskEmpty',
    about: '1 where the mask is 0 everywhere, else 0.',
    inputs: { mask },
    outputs: [['NUMBER', 'boolean_number']],
    async run({ mask }, call) {
      const all = await floatsOf(mask.as('float32'), call);
      return [Number(all.every(({ data }) => data.every((v) => v === 0)))];
    },
  }),

  IntNumber: node({
    ...mixlab,
    title: 'Int Number',
    about: 'The number, no less than min_value and no more than max_value.',
    inputs: {
      number: int({ default: 0, min: -1, max: WIDE }),
      ...{ min_value: wide(0), max_value: wide(1), step: wide(1) },
    },
    outputs: [['INT', 'INT']],
    run: ({ number, min_value, max_value }) => [number < min_value ? min_value : Math.min(number, max_value)],
  }),

  TextInput_: node({
    ...mixlab,
    title: 'Text Input',
    about: 'A text.',
    inputs: { text: { ...string(), multiline: true } },
    outputs: [['STRING', 'STRING']],
    run: ({ text }) => [text],
  }),

  Color: node({
    ...mixlab,
    category: '♾️Mixlab/Color',
    title: 'Color',
    about: 'A colour as a text, its red, green and blue, and its alpha from 0 to 1.',
    quirk: 'Of #rrggbbaa, as saved workflows have it, the text is #rrggbb, and the alpha is rounded to hundredths.',
    inputs: { color: { ...string('#000000') } },
    outputs: [
      ['STRING', 'hex'],
      ['INT', 'r'],
      ['INT', 'g'],
      ['INT', 'b'],
      ['FLOAT', 'a'],
    ],
    run({ color }, { node }) {
      const found = /^(#[0-9a-f]{6})([0-9a-f]{2})$/i.exec(color);
      const text = found ? found[1] : color;
      const alpha = found ? Math.round((Number.parseInt(found[2], 16) / 255) * 100) / 100 : 1;
      return [text, ...hexColor(node, 'color', text), alpha];
    },
  }),

  GetImageSize_: node({
    ...mixlab,
    category: '♾️Mixlab/Image',
    title: 'Get Image Size',
    about: 'Width and height, and both of the picture at least min_width wide, made even where that changes them.',
    quirk: 'A height that has no pixel left is refused; the original fails.',
    inputs: { image, min_width: { ...int({ default: 512, min: 1, max: 2048, step: 8 }), optional: true } },
    outputs: [
      ['INT', 'width'],
      ['INT', 'height'],
      ['INT', 'min_width'],
      ['INT', 'min_height'],
    ],
    run({ image, min_width }, { node }) {
      const [, height, width] = image.shape;
      if (min_width <= width) return [width, height, width, height];
      const high = Math.trunc(height * (min_width / width));
      if (high < 1) throw refusal(node, 'min_width', 'so that a pixel is left of the height', min_width);
      return [width, height, min_width + (min_width % 2), high + (high % 2)];
    },
  }),
};
