// JakeUpgrade: plain values, boolean logic, and switches.
import { boolean, combo, float, image, int, lazy, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { bool2, int1, int2, is1, keysOf } from '../comfymath/operations.js';
import { floatsOf } from '../lib/each.js';
import { evaluated } from '../lib/formula.js';
import { written } from '../lib/values.js';
import { jake } from './common.js';

/** Neither a server nor a link limits them. */
const WIDE = 2 ** 64;
const whole = { ...int({ default: 0, min: -WIDE, max: WIDE }), takes: [-Infinity, Infinity] } as const;
const truth = boolean(false);
const switched = { boolean_value: truth } as const;
const chosen = 'One or, where it is linked and boolean_value is true, the other; and boolean_value.';
const unmade = 'Only what is chosen is made.';
const bounded = 'Whole numbers above 2^53 are rounded to doubles.';

type Given = Readonly<Record<string, unknown>>;
/** A switch between sockets. It takes the second only if that is linked. */
const takes =
  (one: string, other: string) =>
  ({ boolean_value }: Given, given: readonly string[]): string[] => [
    boolean_value === true && given.includes(other) ? other : one,
  ];

/** Options whose size is not listed under their model give 512 x 512. */
const SIZES = {
  SD15: '512x512 680x512 768x512 912x512 952x512 1024x512 1224x512 768x432 768x416 768x384 768x320',
  SDXL: '1024x1024 1024x960 1088x960 1152x896 1152x832 1280x768 1344x704 1408x704 1472x704',
  SD3: '1088x896 1216x832 1344x768 1536x640 1600x640 1664x576 1728x576',
  QWen: '1328x1328 1328x800 1920x1080',
} as const;
const RESOLUTIONS = [
  ...(['Custom', 'SD15 512x512', 'SD15 680x512', 'SD15 768x512', 'SD15 912x512', 'SD15 952x512'] as const),
  ...(['SD15 1024x512', 'SD15 1224x512', 'SD15 768x432', 'SD15 768x416', 'SD15 768x384', 'SD15 768x320'] as const),
  ...(['SDXL 1024x1024', 'SDXL 1024x960', 'SDXL 1088x960', 'SD3 1088x896', 'SDXL 1152x896'] as const),
  ...(['SDXL 1152x832', 'SD3 1216x832', 'SDXL 1280x768', 'QWen 1328x1328', 'QWen 1328x800', 'SD3 1344x768'] as const),
  ...(['SDXL 1344x704', 'SDXL 1408x704', 'SDXL 1472x704', 'SD3 1536x640', 'SDXL 1600x640', 'SDXL 1664x576'] as const),
  ...(['SDXL 1728x576', 'QWen 1920x1080'] as const),
] as const;

function sizeOf(resolution: string): readonly [width: number, height: number] {
  const [model, size] = resolution.split(' ');
  const known = Object.entries(SIZES).some(([name, sizes]) => name === model && sizes.split(' ').includes(size));
  if (!known) return [512, 512];
  const [width, height] = size.split('x');
  return [Number(width), Number(height)];
}

export const nodes = {
  'CR Boolean JK': node({
    ...jake('CR Boolean JK', '🔀 Switch', 'True or false, and as 1 or 0.'),
    inputs: { boolean_value: truth },
    outputs: [
      ['BOOLEAN', 'boolean'],
      ['NUMBER', 'number'],
      ['INT', 'int'],
    ],
    run: ({ boolean_value }) => [boolean_value, Number(boolean_value), Number(boolean_value)],
  }),

  'CR Int Input Switch JK': node({
    ...jake('CR Int Input Switch JK', '🔀 Switch', chosen),
    inputs: { ...switched, int_false: whole, int_true: optional(whole) },
    outputs: [
      ['INT', 'int_output'],
      ['BOOLEAN', 'boolean'],
    ],
    run: ({ boolean_value, int_false, int_true }) => [boolean_value ? int_true : int_false, boolean_value],
  }),

  'CR Float Input Switch JK': node({
    ...jake('CR Float Input Switch JK', '🔀 Switch', chosen),
    inputs: {
      ...switched,
      float_false: float({ default: 0, min: -Number.MAX_VALUE, max: Number.MAX_VALUE, step: 0.0001 }),
      float_true: optional(float({ default: 0, min: -Number.MAX_VALUE, max: Number.MAX_VALUE, step: 0.0001 })),
    },
    outputs: [
      ['FLOAT', 'float_output'],
      ['BOOLEAN', 'boolean'],
    ],
    run: ({ boolean_value, float_false, float_true }) => [boolean_value ? float_true : float_false, boolean_value],
  }),

  'CR Text Input Switch JK': node({
    ...jake('CR Text Input Switch JK', '🔀 Switch', chosen),
    inputs: { ...switched, text_false: string(), text_true: optional(string()) },
    outputs: [
      ['STRING', 'string_output'],
      ['BOOLEAN', 'boolean'],
    ],
    run: ({ boolean_value, text_false, text_true }) => [boolean_value ? text_true : text_false, boolean_value],
  }),

  'CR Image Input Switch JK': node({
    ...jake('CR Image Input Switch JK', '🔀 Switch', chosen),
    quirk: unmade,
    inputs: { ...switched, image_false: lazy(image), image_true: optional(lazy(image)) },
    takes: takes('image_false', 'image_true'),
    outputs: [
      ['IMAGE', 'image_output'],
      ['BOOLEAN', 'boolean'],
    ],
    run: ({ boolean_value, image_false, image_true }) => [
      (boolean_value ? image_true : undefined) ?? image_false,
      boolean_value,
    ],
  }),

  'CR Mask Input Switch JK': node({
    ...jake('CR Mask Input Switch JK', '🔀 Switch', chosen),
    quirk: unmade,
    inputs: { ...switched, mask_false: lazy(mask), mask_true: optional(lazy(mask)) },
    takes: takes('mask_false', 'mask_true'),
    outputs: [
      ['MASK', 'mask_output'],
      ['BOOLEAN', 'boolean'],
    ],
    run: ({ boolean_value, mask_false, mask_true }) => [
      (boolean_value ? mask_true : undefined) ?? mask_false,
      boolean_value,
    ],
  }),

  'CR Aspect Ratio JK': node({
    ...jake('CR Aspect Ratio JK', '📦 Misc', 'The two sides that the name says, or those given; exchanged if asked.'),
    quirk: 'SDXL 1600x640, 1664x576 and 1728x576 give 512 x 512, as in the original.',
    inputs: {
      resolution: combo(RESOLUTIONS),
      custom_width: int({ default: 512, min: 64, max: 16384, step: 8 }),
      custom_height: int({ default: 512, min: 64, max: 16384, step: 8 }),
      swap_dimensions: truth,
    },
    outputs: [
      ['INT', 'width'],
      ['INT', 'height'],
    ],
    run({ resolution, custom_width, custom_height, swap_dimensions }) {
      const [width, height] = resolution === 'Custom' ? [custom_width, custom_height] : sizeOf(resolution);
      return swap_dimensions ? [height, width] : [width, height];
    },
  }),

  'Remove Input JK': node({
    ...jake('Remove Input JK', '📦 Misc', 'Nothing, true, and false.'),
    inputs: {},
    outputs: [
      ['*', 'any'],
      ['BOOLEAN', 'TRUE'],
      ['BOOLEAN', 'FALSE'],
    ],
    run: () => [undefined, true, false],
  }),

  'Is Mask Empty JK': node({
    ...jake('Is Mask Empty JK', '🐓 Mask', 'Whether every pixel of every mask is 0.'),
    inputs: { mask },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: async ({ mask }, call) => [(await floatsOf(mask, call)).every(({ data }) => data.every((x) => x === 0))],
  }),

  'Empty Latent Color JK': node({
    ...jake(
      'Empty Latent Color JK',
      '🦥 Latent',
      'The colour of an empty latent of four models, red * 65536 + green * 256 + blue.',
    ),
    inputs: {},
    outputs: [
      ['INT', 'SD15'],
      ['INT', 'SDXL'],
      ['INT', 'SD3'],
      ['INT', 'FLUX'],
    ],
    run: () => [8548961, 9077127, 9214099, 8618319],
  }),

  'Image Crop by Mask Params JK': node({
    ...jake('Image Crop by Mask Params JK', '🛩️ Image', 'The values as they are.'),
    inputs: {
      inpaint_crop_and_stitch: truth,
      padding: int({ default: 0, min: 0, max: 512 }),
      use_image_res: truth,
      use_target_res: truth,
      target_res: int({ default: 1024, min: 0, max: 16384, step: 8 }),
      use_target_mega_pixel: truth,
      target_mega_pixel: float({ default: 1, min: 0.01, max: 16, step: 0.01 }),
    },
    outputs: [
      ['BOOLEAN', 'inpaint_crop_and_stitch'],
      ['INT', 'padding'],
      ['BOOLEAN', 'use_image_res'],
      ['BOOLEAN', 'use_target_res'],
      ['INT', 'target_res'],
      ['BOOLEAN', 'use_target_mega_pixel'],
      ['FLOAT', 'target_mega_pixel'],
    ],
    run: (given) => [
      ...[given.inpaint_crop_and_stitch, given.padding, given.use_image_res, given.use_target_res],
      ...[given.target_res, given.use_target_mega_pixel, given.target_mega_pixel],
    ],
  }),

  'Bool Binary And JK': node({
    ...jake('Bool Binary And JK', '✖️ Math/🥢 Bool', 'Whether both are true.'),
    inputs: { a: truth, b: truth },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ a, b }) => [a && b],
  }),

  'Bool Binary OR JK': node({
    ...jake('Bool Binary OR JK', '✖️ Math/🥢 Bool', 'Whether one of both is true.'),
    inputs: { a: truth, b: truth },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ a, b }) => [a || b],
  }),

  'CM_BoolUnaryOperation JK': node({
    ...jake('CM BoolUnaryOperation JK', '✖️ Math/🥢 Bool', 'Negates a boolean.'),
    inputs: { op: combo(['Not']), a: truth },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ a }) => [!a],
  }),

  'CM_BoolBinaryOperation JK': node({
    ...jake('CM BoolBinaryOperation JK', '✖️ Math/🥢 Bool', 'The operation on both.'),
    inputs: { op: combo(['Or', 'Nor', 'Xor', 'Nand', 'And', 'Xnor', 'Eq', 'Neq']), a: truth, b: truth },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ op, a, b }) => [bool2[op](a, b)],
  }),

  'CM_BoolToInt JK': node({
    ...jake('CM BoolToInt JK', '✖️ Math/💠 Conversion', '1 for true, 0 for false.'),
    inputs: { a: truth },
    outputs: [['INT', 'INT']],
    run: ({ a }) => [Number(a)],
  }),

  'CM_IntToBool JK': node({
    ...jake('CM IntToBool JK', '✖️ Math/💠 Conversion', 'Whether it is not 0.'),
    inputs: { a: whole },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ a }) => [a !== 0],
  }),

  'CM_IntUnaryOperation JK': node({
    ...jake('CM IntUnaryOperation JK', '✖️ Math/🎡 Int', 'The operation on the number.'),
    quirk: bounded,
    inputs: { op: combo(['Neg', 'Abs', 'Inc', 'Dec', 'Sqr', 'Cube', 'Not', 'Factorial']), a: whole },
    outputs: [['INT', 'INT']],
    run: ({ op, a }, { node }) => [int1[op](a, node)],
  }),

  'CM_IntUnaryCondition JK': node({
    ...jake('CM IntUnaryCondition JK', '✖️ Math/🎡 Int', 'Whether the condition holds.'),
    inputs: { op: combo(['IsZero', 'IsNonZero', 'IsPositive', 'IsNegative', 'IsEven', 'IsOdd']), a: whole },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ op, a }) => [is1[op](a)],
  }),

  'CM_IntBinaryOperation JK': node({
    ...jake('CM IntBinaryOperation JK', '✖️ Math/🎡 Int', 'The operation on both numbers.'),
    quirk: `${bounded} Nand and Nor are ~a & b, as in the original.`,
    inputs: { op: combo(keysOf(int2)), a: whole, b: whole },
    outputs: [['INT', 'INT']],
    run: ({ op, a, b }, { node }) => [int2[op](a, b, node)],
  }),

  'Evaluate Ints JK': node({
    ...jake(
      'Evaluate Ints JK',
      '✖️ Math',
      'A formula in Python over a, b and c: without what is behind the point, as it is, and as a text.',
    ),
    quirk: 'A formula that cannot be read is refused. A whole number that a division gave is written without a point.',
    inputs: {
      python_expression: string('((a + b) - c) / 2'),
      a: optional(whole),
      b: optional(whole),
      c: optional(whole),
    },
    outputs: [
      ['INT', 'INT'],
      ['FLOAT', 'FLOAT'],
      ['STRING', 'STRING'],
    ],
    run({ python_expression, ...names }, { node }) {
      const result = evaluated(node, python_expression, new Map(Object.entries(names)), 'python_expression');
      return [Math.trunc(Number(result)) + 0, Number(result), written(result)];
    },
  }),
};
