// essentials: plain values, formulas, comparisons and counts.
import { refusal } from '../../../base/errors.js';
import { anything, boolean, combo, float, int, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { evaluated } from '../lib/formula.js';
import { halfEven } from '../lib/numbers.js';
import { COMPARISONS, comparisons, isTrue, numeric, roundTo, shapeOf } from '../lib/values.js';

const group = { module: 'custom_nodes.ComfyUI_essentials', category: 'essentials/utilities' } as const;
/** 0xffffffffffffffff as the nearest double. */
const WIDE = 2 ** 64;
const wide = (fallback: number, step: number) => float({ default: fallback, min: -WIDE, max: WIDE, step });
const names = ['a', 'b', 'c', 'd'] as const;
const two = [
  ['INT', 'INT'],
  ['FLOAT', 'FLOAT'],
] as const;
const formula =
  'A formula in Python over a, b, c (0 if not linked; the sides of pictures and masks as lists): + - * / // % **, comparisons, and, or, not, ' +
  'min, max, round, sum, len, a[0]. Rounded, and as it is.';

function solved(node: string, input: string, text: string, given: Partial<Record<(typeof names)[number], unknown>>) {
  const values = names.map((name): readonly [string, unknown] => {
    const value = given[name] ?? 0;
    return [name, shapeOf(value) ?? numeric(node, name, value)];
  });
  const result = Number(evaluated(node, text, new Map(values), input));
  return [halfEven(result) + 0, result] as const;
}

export const nodes = {
  'SimpleMath+': node({
    ...group,
    title: '🔧 Simple Math',
    about: formula,
    quirk: 'An invalid formula is refused. True and false become 1 and 0.',
    inputs: { value: string(), a: optional(anything), b: optional(anything), c: optional(anything) },
    outputs: two,
    run: ({ value, ...given }, { node }) => solved(node, 'value', value, given),
  }),

  'SimpleMathDual+': node({
    ...group,
    title: '🔧 Simple Math Dual',
    about: `Two formulas. ${formula}`,
    inputs: {
      value_1: string(),
      value_2: string(),
      ...{ a: optional(anything), b: optional(anything), c: optional(anything), d: optional(anything) },
    },
    outputs: [
      ['INT', 'int_1'],
      ['FLOAT', 'float_1'],
      ['INT', 'int_2'],
      ['FLOAT', 'float_2'],
    ],
    run({ value_1, value_2, ...given }, { node }) {
      const [int1, float1] = solved(node, 'value_1', value_1, given);
      const [int2, float2] = solved(node, 'value_2', value_2, given);
      return [int1, float1, int2, float2];
    },
  }),

  'SimpleMathCondition+': node({
    ...group,
    title: '🔧 Simple Math Condition',
    about: `The first formula where evaluate is true, else the second. ${formula}`,
    inputs: {
      evaluate: anything,
      on_true: string(),
      on_false: string(),
      ...{ a: optional(anything), b: optional(anything), c: optional(anything) },
    },
    outputs: two,
    run: ({ evaluate, on_true, on_false, ...given }, { node }) =>
      isTrue(evaluate) ? solved(node, 'on_true', on_true, given) : solved(node, 'on_false', on_false, given),
  }),

  'SimpleMathFloat+': node({
    ...group,
    title: '🔧 Simple Math Float',
    about: 'A number.',
    inputs: { value: wide(0, 0.05) },
    outputs: [['FLOAT', 'FLOAT']],
    run: ({ value }) => [value],
  }),

  'SimpleMathPercent+': node({
    ...group,
    title: '🔧 Simple Math Percent',
    about: 'A number from 0 to 1.',
    inputs: { value: float({ default: 0, min: 0, max: 1, step: 0.05 }) },
    outputs: [['FLOAT', 'FLOAT']],
    run: ({ value }) => [value],
  }),

  'SimpleMathInt+': node({
    ...group,
    title: '🔧 Simple Math Int',
    about: 'A whole number.',
    inputs: { value: int({ default: 0, min: -WIDE, max: WIDE }) },
    outputs: [['INT', 'INT']],
    run: ({ value }) => [value],
  }),

  'SimpleMathSlider+': node({
    ...group,
    title: '🔧 Simple Math Slider',
    about:
      'Interpolates from min to max, rounded to precision digits if above 0; and the same truncated to an integer.',
    inputs: {
      value: float({ default: 0.5, min: 0, max: 1, step: 0.001 }),
      min: wide(0, 0.001),
      max: wide(1, 0.001),
      rounding: int({ default: 0, min: 0, max: 10 }),
    },
    outputs: [
      ['FLOAT', 'FLOAT'],
      ['INT', 'INT'],
    ],
    run({ value, min, max, rounding }) {
      const exact = min + value * (max - min);
      const made = rounding > 0 ? roundTo(exact, rounding) : exact;
      return [made, Math.trunc(made) + 0];
    },
  }),

  'SimpleMathBoolean+': node({
    ...group,
    title: '🔧 Simple Math Boolean',
    about: 'True or false.',
    inputs: { value: boolean(false) },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ value }) => [value],
  }),

  'SimpleCondition+': node({
    ...group,
    title: '🔧 Simple Condition',
    about: 'The first value where evaluate is true, else the second; nothing where that is not linked.',
    inputs: { evaluate: anything, on_true: anything, on_false: optional(anything) },
    outputs: [['*', 'result']],
    run: ({ evaluate, on_true, on_false }) => [isTrue(evaluate) ? on_true : on_false],
  }),

  'SimpleComparison+': node({
    ...group,
    title: '🔧 Simple Comparison',
    about: 'Whether the comparison holds of two numbers or two texts.',
    inputs: { a: anything, b: anything, comparison: combo(COMPARISONS) },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ a, b, comparison }, { node }) => [comparisons[comparison](node, a, b)],
  }),

  'BatchCount+': node({
    ...group,
    title: '🔧 Batch Count',
    about: 'How many pictures, masks, latents or elements there are.',
    quirk: 'What has no number of its own is refused; the original gives 0.',
    inputs: { batch: anything },
    outputs: [['INT', 'INT']],
    run({ batch }, { node }) {
      const { samples } = Object(batch) as { readonly samples?: unknown };
      const count = Array.isArray(batch) ? batch.length : shapeOf(samples ?? batch)?.[0];
      if (count === undefined) throw refusal(node, 'batch', 'a batch or a list', batch);
      return [count];
    },
  }),
};
