// ComfyUI-Easy-Use: plain values, arithmetic on them, and switches.
import { refusal } from '../../../base/errors.js';
import { anything, boolean, combo, float, image, int, lazy, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { comparisons, divisor, floorDivided, modulo, roundTo } from '../lib/values.js';

const module = 'custom_nodes.ComfyUI-Easy-Use';
const type = { module, category: 'EasyUse/Logic/Type' } as const;
const math = { module, category: 'EasyUse/Logic/Math' } as const;
const logic = { module, category: 'EasyUse/Logic' } as const;
const switches = { module, category: 'EasyUse/Logic/Switch' } as const;
const indexes = { module, category: 'EasyUse/Logic/Index Switch' } as const;
/** 0xffffffffffffffff as the nearest double. */
const WIDE = 2 ** 64;
const wide = int({ default: 0, min: -WIDE, max: WIDE });
const decimal = float({ default: 0, min: -999999999999, max: 999999999999, step: 0.01 });
const index = int({ default: 0, min: 0, max: 9 });
const linkedText = optional({ ...string(), forceInput: true } as const);
const OPERATIONS = ['add', 'subtract', 'multiply', 'divide', 'modulo', 'power'] as const;
const COMPARED = [
  ...(['a == b', 'a != b', 'a < b', 'a > b', 'a <= b', 'a >= b', 'a > 0', 'a <= 0', 'b > 0', 'b <= 0'] as const),
] as const;
const chosen = 'What came on the input of this number, from 0 on.';
const unlinked = 'An input that is not linked is refused; the original fails.';

function operated(operation: (typeof OPERATIONS)[number], a: number, b: number, node: string, whole: boolean): number {
  switch (operation) {
    case 'add':
      return a + b;
    case 'subtract':
      return a - b;
    case 'multiply':
      return a * b;
    case 'divide': {
      const by = divisor(node, 'b', b);
      return whole ? floorDivided(a, by) : a / by;
    }
    case 'modulo':
      return modulo(a, divisor(node, 'b', b));
    case 'power':
      return a ** b;
  }
}

/** The value of the input with this number. */
function indexed<T>(node: string, prefix: string, number: number, more: ReadonlyMap<number, T>): [T] {
  const found = more.get(number);
  if (found === undefined) throw refusal(node, `${prefix}${number}`, 'linked: it is chosen', undefined, 'missing');
  return [found];
}

export const nodes = {
  'easy int': node({
    ...type,
    title: 'Int',
    about: 'A whole number.',
    inputs: { value: int({ default: 0, min: -999999, max: 999999 }) },
    outputs: [['INT', 'int']],
    run: ({ value }) => [value],
  }),

  'easy float': node({
    ...type,
    title: 'Float',
    about: 'A number, rounded to three digits.',
    inputs: { value: float({ default: 0, min: -WIDE, max: WIDE, step: 0.01 }) },
    outputs: [['FLOAT', 'float']],
    run: ({ value }) => [roundTo(value, 3)],
  }),

  'easy boolean': node({
    ...type,
    title: 'Boolean',
    about: 'True or false.',
    inputs: { value: boolean(false) },
    outputs: [['BOOLEAN', 'boolean']],
    run: ({ value }) => [value],
  }),

  'easy string': node({
    ...type,
    title: 'String',
    about: 'A text.',
    inputs: { value: string() },
    outputs: [['STRING', 'string']],
    run: ({ value }) => [value],
  }),

  'easy mathInt': node({
    ...math,
    title: 'Math Int',
    about: 'The operation on both whole numbers; a quotient is rounded down.',
    quirk: 'Numbers above 2^53 are rounded to doubles.',
    inputs: { a: wide, b: wide, operation: combo(OPERATIONS) },
    outputs: [['INT', 'INT']],
    run: ({ a, b, operation }, { node }) => [operated(operation, a, b, node, true)],
  }),

  'easy mathFloat': node({
    ...math,
    title: 'Math Float',
    about: 'The operation on both numbers, rounded to three digits.',
    inputs: { a: decimal, b: decimal, operation: combo(OPERATIONS) },
    outputs: [['FLOAT', 'FLOAT']],
    run({ a, b, operation }, { node }) {
      const result = operated(operation, a, b, node, false);
      if (Number.isNaN(result)) throw refusal(node, 'a', `a number that ${operation} is defined for`, a);
      return [roundTo(result, 3)];
    },
  }),

  'easy compare': node({
    ...math,
    title: 'Compare',
    about: 'Whether the comparison holds of two numbers or two texts; 0 for what is not linked.',
    inputs: { a: optional(anything), b: optional(anything), comparison: optional(combo(COMPARED)) },
    outputs: [['BOOLEAN', 'boolean']],
    run({ a = 0, b = 0, comparison }, { node }) {
      const [left, sign, right] = comparison.split(' ');
      const own = left === 'a' ? a : b;
      return [comparisons[sign as '=='](node, own, right === '0' ? 0 : b)];
    },
  }),

  'easy ifElse': node({
    ...logic,
    title: 'If else',
    about: 'The first value where it is true, else the second.',
    inputs: { boolean: boolean(false), on_true: lazy(anything), on_false: lazy(anything) },
    takes: ({ boolean }) => [boolean ? 'on_true' : 'on_false'],
    outputs: [['*', '*']],
    run: ({ boolean, on_true, on_false }) => [boolean ? on_true : on_false],
  }),

  'easy isNone': node({
    ...logic,
    title: 'Is None',
    about: 'Whether it is nothing, 0 or an empty text.',
    inputs: { any: anything },
    outputs: [['BOOLEAN', 'boolean']],
    run: ({ any }) => [any === '' || any === 0 || any === false || any === undefined],
  }),

  'easy isMaskEmpty': node({
    ...logic,
    title: 'Is Mask Empty',
    about: 'Whether the mask is 0 everywhere.',
    inputs: { mask },
    outputs: [['BOOLEAN', 'boolean']],
    run: async ({ mask }, { signal }) => [(await mask.data({ signal } as never)).every((v: number) => v === 0)],
  }),

  'easy imageSwitch': node({
    ...switches,
    title: 'Image Switch',
    about: 'One picture or the other.',
    inputs: { image_a: image, image_b: image, boolean: boolean(false) },
    outputs: [['IMAGE', 'IMAGE']],
    run: ({ image_a, image_b, boolean }) => [boolean ? image_a : image_b],
  }),

  'easy textSwitch': node({
    ...switches,
    title: 'Text Switch',
    about: 'One text or the other.',
    inputs: { input: int({ default: 1, min: 1, max: 2 }), text1: linkedText, text2: linkedText },
    outputs: [['STRING', 'STRING']],
    run: ({ input, text1, text2 }) => [input === 1 ? text1 : text2],
  }),

  'easy anythingIndexSwitch': node({
    ...indexes,
    title: 'Any Index Switch',
    about: chosen,
    quirk: unlinked,
    inputs: { index },
    more: { prefix: 'value', input: optional(lazy(anything)) },
    takes: ({ index }) => [`value${index}`],
    outputs: [['*', 'value']],
    run: ({ index }, { more, node }) => indexed(node, 'value', index, more),
  }),

  'easy imageIndexSwitch': node({
    ...indexes,
    title: 'Image Index Switch',
    about: chosen,
    quirk: unlinked,
    inputs: { index },
    more: { prefix: 'image', input: optional(lazy(image)) },
    takes: ({ index }) => [`image${index}`],
    outputs: [['IMAGE', 'image']],
    run: ({ index }, { more, node }) => indexed(node, 'image', index, more),
  }),

  'easy textIndexSwitch': node({
    ...indexes,
    title: 'Text Index Switch',
    about: chosen,
    quirk: unlinked,
    inputs: { index },
    more: { prefix: 'text', input: linkedText },
    outputs: [['STRING', 'text']],
    run: ({ index }, { more, node }) => indexed(node, 'text', index, more),
  }),
};
