// Impact: plain values, comparisons and branches.
import { BLOCKED } from '../../evaluate.js';
import { anything, boolean, combo, float, image, int, latent, lazy, optional, segs, string } from '../../inputs.js';
import { node } from '../../node.js';
import { comparisons, isTrue, numeric, shapeOf, written } from '../lib/values.js';

const module = 'custom_nodes.ComfyUI-Impact-Pack';
const logic = { module, category: 'ImpactPack/Logic' } as const;
/** sys.maxsize as the nearest double. */
const WIDE = 2 ** 63;
const linked = { ...boolean(false), forceInput: true } as const;
const signs = { 'a = b': '==', 'a <> b': '!=', 'a > b': '>', 'a < b': '<', 'a >= b': '>=', 'a <= b': '<=' } as const;
const shape = [
  ['INT', 'batch'],
  ['INT', 'height'],
  ['INT', 'width'],
  ['INT', 'channel'],
] as const;

export const nodes = {
  ImpactInt: node({
    ...logic,
    title: 'ImpactInt',
    about: 'A whole number.',
    inputs: { value: int({ default: 0, min: 0, max: WIDE }) },
    outputs: [['INT', 'INT']],
    run: ({ value }) => [value],
  }),

  ImpactFloat: node({
    ...logic,
    title: 'ImpactFloat',
    about: 'A number.',
    inputs: { value: float({ default: 1, min: -3.402823466e38, max: 3.402823466e38 }) },
    outputs: [['FLOAT', 'FLOAT']],
    run: ({ value }) => [value],
  }),

  ImpactBoolean: node({
    ...logic,
    title: 'ImpactBoolean',
    about: 'True or false.',
    inputs: { value: boolean(false) },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ value }) => [value],
  }),

  ImpactCompare: node({
    ...logic,
    title: 'ImpactCompare',
    about: 'Compares two numbers or two texts; tt and ff are true and false.',
    inputs: {
      cmp: combo(['a = b', 'a <> b', 'a > b', 'a < b', 'a >= b', 'a <= b', 'tt', 'ff']),
      a: anything,
      b: anything,
    },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ cmp, a, b }, { node }) => [cmp === 'tt' || (cmp !== 'ff' && comparisons[signs[cmp]](node, a, b))],
  }),

  ImpactNotEmptySEGS: node({
    ...logic,
    title: 'ImpactNotEmptySEGS',
    about: 'Whether there are any regions.',
    inputs: { segs },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ segs }) => [segs.segs.length > 0],
  }),

  ImpactConditionalBranch: node({
    ...logic,
    title: 'ImpactConditionalBranch',
    about: 'The first value where the condition holds, else the second.',
    inputs: { cond: boolean(false), tt_value: lazy(anything), ff_value: lazy(anything) },
    takes: ({ cond }) => [cond ? 'tt_value' : 'ff_value'],
    outputs: [['*', '*']],
    run: ({ cond, tt_value, ff_value }) => [cond ? tt_value : ff_value],
  }),

  ImpactConditionalBranchSelMode: node({
    ...logic,
    title: 'ImpactConditionalBranchSelMode',
    about: 'The first value where the condition holds, else the second; nothing where that is not linked.',
    inputs: { cond: boolean(false), tt_value: optional(anything), ff_value: optional(anything) },
    outputs: [['*', '*']],
    run: ({ cond, tt_value, ff_value }) => [cond ? tt_value : ff_value],
  }),

  ImpactConvertDataType: node({
    ...logic,
    title: 'ImpactConvertDataType',
    about: 'A value as text, float, integer and boolean. What is not a number counts as 1, unless it says false.',
    quirk: 'A whole number that came as a float is written without a point, a picture or mask as its shape.',
    inputs: { value: anything },
    outputs: [
      ['STRING', 'STRING'],
      ['FLOAT', 'FLOAT'],
      ['INT', 'INT'],
      ['BOOLEAN', 'BOOLEAN'],
    ],
    run({ value }, { node }) {
      const text = written(value);
      const isNumber = /^[-+]?\d*\.?\d+$/.test(text);
      const number = isNumber ? numeric(node, 'value', value) : Number(text.toLowerCase() !== 'false');
      return [text, number, Math.trunc(number) + 0, number !== 0];
    },
  }),

  ImpactIfNone: node({
    ...logic,
    title: 'ImpactIfNone',
    about: 'The signal, and whether something came on any_input.',
    inputs: { signal: optional(anything), any_input: optional(anything) },
    outputs: [
      ['*', 'signal_opt'],
      ['BOOLEAN', 'bool'],
    ],
    run: ({ signal, any_input }) => [signal, any_input !== undefined],
  }),

  ImpactLogicalOperators: node({
    ...logic,
    title: 'ImpactLogicalOperators',
    about: 'Both, either, or one alone.',
    inputs: { operator: combo(['and', 'or', 'xor']), bool_a: linked, bool_b: linked },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ operator, bool_a: a, bool_b: b }) => [operator === 'and' ? a && b : operator === 'or' ? a || b : a !== b],
  }),

  ImpactNeg: node({
    ...logic,
    title: 'ImpactNeg',
    about: 'Negates a boolean.',
    inputs: { value: linked },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ value }) => [!isTrue(value)],
  }),

  ImpactValueReceiver: node({
    ...logic,
    title: 'ImpactValueReceiver',
    about: 'The text as text, integer, float or boolean.',
    quirk: 'What a sender sends while a workflow runs is not received; the value is the one in the workflow.',
    inputs: {
      typ: combo(['STRING', 'INT', 'FLOAT', 'BOOLEAN']),
      value: string(),
      link_id: int({ default: 0, min: 0, max: WIDE }),
    },
    outputs: [['*', '*']],
    run({ typ, value }, { node }) {
      if (typ === 'STRING') return [value];
      if (typ === 'BOOLEAN') return [value.toLowerCase() === 'true'];
      return [numeric(node, 'value', value)];
    },
  }),

  ImpactImageInfo: node({
    module,
    category: 'ImpactPack/Logic/_for_test',
    title: 'ImpactImageInfo',
    about: 'Number, height, width and channels of pictures.',
    inputs: { value: image },
    outputs: shape,
    run: ({ value }) => [...value.shape] as const,
  }),

  ImpactLatentInfo: node({
    module,
    category: 'ImpactPack/Logic/_for_test',
    title: 'ImpactLatentInfo',
    about: 'Number, height and width in pixels, and channels of a latent.',
    quirk: 'A latent whose samples have no shape gives nothing.',
    inputs: { value: latent },
    outputs: shape,
    run({ value }) {
      const [batch, channels, height, width] = shapeOf(value.samples) ?? [];
      return [
        batch,
        height === undefined ? undefined : height * 8,
        width === undefined ? undefined : width * 8,
        channels,
      ] as never;
    },
  }),

  ImpactMinMax: node({
    module,
    category: 'ImpactPack/Logic/_for_test',
    title: 'ImpactMinMax',
    about: 'The larger number, or the smaller.',
    inputs: { mode: boolean(true), a: anything, b: anything },
    outputs: [['INT', 'INT']],
    run({ mode, a, b }, { node }) {
      const both = [numeric(node, 'a', a), numeric(node, 'b', b)] as const;
      return [mode ? Math.max(...both) : Math.min(...both)];
    },
  }),

  ImpactInversedSwitch: node({
    module,
    category: 'ImpactPack/Util',
    title: 'Inversed Switch (Any)',
    about: 'What came leaves by the output of this number, and by no other.',
    quirk: 'There are always 16 outputs, linked or not. Nodes after those that are not chosen do not run.',
    inputs: { select: int({ default: 1, min: 1, max: 999999 }), input: anything, sel_mode: optional(boolean(false)) },
    outputs: outlets(),
    run: ({ select, input }) => Array.from({ length: 16 }, (_, i) => (i + 1 === select ? input : BLOCKED)) as never,
  }),
};

function outlets(): (readonly ['*', string])[] {
  return Array.from({ length: 16 }, (_, i) => ['*', `out${i + 1}`] as const);
}
