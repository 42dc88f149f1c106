// The core nodes of plain values: primitives, and a formula.
import { anything, boolean, float, int, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { evaluated } from '../lib/formula.js';

const primitive = { category: 'utils/primitive', module: 'comfy_extras.nodes_primitive' } as const;
/** sys.maxsize as the nearest double. */
const WIDE = 2 ** 63;
const value = optional({ ...anything, as: 'FLOAT,INT,BOOLEAN' } as const);
const PREFIX = 'values.';
const lettered: Record<`values.${string}`, typeof value> = Object.fromEntries(
  Array.from('abcdefghijklmnopqrstuvwxyz', (one) => [PREFIX + one, value]),
);

export const values = {
  PrimitiveInt: node({
    ...primitive,
    title: 'Int',
    about: 'A whole number.',
    inputs: { value: int({ default: 0, min: -WIDE, max: WIDE }) },
    outputs: [['INT', 'INT']],
    run: ({ value }) => [value],
  }),

  PrimitiveFloat: node({
    ...primitive,
    title: 'Float',
    about: 'A number.',
    inputs: { value: float({ default: 0, min: -WIDE, max: WIDE, step: 0.1 }) },
    outputs: [['FLOAT', 'FLOAT']],
    run: ({ value }) => [value],
  }),

  PrimitiveBoolean: node({
    ...primitive,
    title: 'Boolean',
    about: 'True or false.',
    inputs: { value: boolean(false) },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ value }) => [value],
  }),

  PrimitiveString: node({
    ...primitive,
    title: 'String',
    about: 'A text.',
    inputs: { value: string() },
    outputs: [['STRING', 'STRING']],
    run: ({ value }) => [value],
  }),

  PrimitiveStringMultiline: node({
    ...primitive,
    title: 'String (Multiline)',
    about: 'A text of several lines.',
    inputs: { value: { ...string(), multiline: true } },
    outputs: [['STRING', 'STRING']],
    run: ({ value }) => [value],
  }),

  ComfyMathExpression: node({
    title: 'Math Expression',
    category: 'logic',
    module: 'comfy_extras.nodes_math',
    about:
      'A formula in Python over a to z and values, the list of them: + - * / // % **, comparisons, and, or, not, x if y else z, and sum, min, max, ' +
      'abs, round, pow, sqrt, ceil, floor, log, log2, log10, sin, cos, tan, int, float.',
    quirk:
      'Whole numbers above 2^53 are rounded to doubles. Division by 0 and infinite results are refused, as in the original.',
    inputs: {
      expression: { ...string('a + b'), multiline: true },
      ...lettered,
    },
    outputs: [
      ['FLOAT', 'FLOAT'],
      ['INT', 'INT'],
      ['BOOLEAN', 'BOOL'],
    ],
    run({ expression, ...given }, { node }) {
      const values = Object.entries(given).filter(([name, one]) => name.startsWith(PREFIX) && one !== undefined);
      const names = new Map(values.map(([name, one]) => [name.slice(PREFIX.length), one]));
      const result = evaluated(node, expression, names);
      return [Number(result), Math.trunc(Number(result)) + 0, Boolean(result)];
    },
  }),
};
