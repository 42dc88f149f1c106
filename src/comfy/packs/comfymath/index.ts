// ComfyMath: computes, compares and converts integers, floats and booleans.
import { refusal } from '../../../base/errors.js';
import { boolean, combo, float, int } from '../../inputs.js';
import { node } from '../../node.js';
import { defined } from '../lib/values.js';
import { bool2, FLOAT1, float1, float2, int1, int2, is1, is2, isFloat1, isFloat2, keysOf } from './operations.js';

const module = 'custom_nodes.ComfyMath';
/** Neither a server nor a link limits them. */
const WIDE = 2 ** 63;
const whole = { ...int({ default: 0, min: -WIDE, max: WIDE }), takes: [-Infinity, Infinity] } as const;
const decimal = { ...float({ default: 0, min: -WIDE, max: WIDE, step: 0.001 }), takes: [-Infinity, Infinity] } as const;
/** The pack's own type for both kinds of numbers. */
const numeral = { type: 'NUMBER' } as const;
const truth = boolean(false);

const group = (title: string, kind: string, about: string) =>
  ({ title, module, category: `math/${kind}`, about }) as const;
const computed = 'The operation on the number, or on both.';
const asked = 'Whether the condition holds.';
const bounded = 'Whole numbers above 2^53 are rounded to doubles. What has no value is refused; the original fails.';
const missing = `${bounded} Erf, Erfc and Gamma are refused.`;

function one(node: string, op: (typeof FLOAT1)[number], a: number): number {
  if (!Object.hasOwn(float1, op))
    throw refusal(node, 'op', `one of ${keysOf(float1).join(', ')}: the others are not here`, op);
  return defined(node, 'a', float1[op as keyof typeof float1](a, node), a);
}

export const nodes = {
  CM_IntUnaryOperation: node({
    ...group('IntUnaryOperation', 'int', computed),
    quirk: bounded,
    inputs: { op: combo(keysOf(int1)), a: whole },
    outputs: [['INT', 'INT']],
    run: ({ op, a }, { node }) => [int1[op](a, node)],
  }),
  CM_IntUnaryCondition: node({
    ...group('IntUnaryCondition', 'int', asked),
    inputs: { op: combo(keysOf(is1)), a: whole },
    outputs: [['BOOLEAN', 'BOOL']],
    run: ({ op, a }) => [is1[op](a)],
  }),
  CM_IntBinaryOperation: node({
    ...group('IntBinaryOperation', 'int', computed),
    quirk: `${bounded} Nand and Nor are ~a & b, as in the original.`,
    inputs: { op: combo(keysOf(int2)), a: whole, b: whole },
    outputs: [['INT', 'INT']],
    run: ({ op, a, b }, { node }) => [int2[op](a, b, node)],
  }),
  CM_IntBinaryCondition: node({
    ...group('IntBinaryCondition', 'int', asked),
    inputs: { op: combo(keysOf(is2)), a: whole, b: whole },
    outputs: [['BOOLEAN', 'BOOL']],
    run: ({ op, a, b }) => [is2[op](a, b)],
  }),
  CM_FloatUnaryOperation: node({
    ...group('FloatUnaryOperation', 'float', computed),
    quirk: missing,
    inputs: { op: combo(FLOAT1), a: decimal },
    outputs: [['FLOAT', 'FLOAT']],
    run: ({ op, a }, { node }) => [one(node, op, a)],
  }),
  CM_FloatUnaryCondition: node({
    ...group('FloatUnaryCondition', 'float', asked),
    inputs: { op: combo(keysOf(isFloat1)), a: decimal },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ op, a }) => [isFloat1[op](a)],
  }),
  CM_FloatBinaryOperation: node({
    ...group('FloatBinaryOperation', 'float', computed),
    quirk: bounded,
    inputs: { op: combo(keysOf(float2)), a: decimal, b: decimal },
    outputs: [['FLOAT', 'FLOAT']],
    run: ({ op, a, b }, { node }) => [defined(node, 'a', float2[op](a, b, node), a)],
  }),
  CM_FloatBinaryCondition: node({
    ...group('FloatBinaryCondition', 'float', asked),
    inputs: { op: combo(keysOf(isFloat2)), a: decimal, b: decimal },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ op, a, b }) => [isFloat2[op](a, b)],
  }),
  CM_NumberUnaryOperation: node({
    ...group('NumberUnaryOperation', 'number', computed),
    quirk: missing,
    inputs: { op: combo(FLOAT1), a: numeral },
    outputs: [['NUMBER', 'NUMBER']],
    run: ({ op, a }, { node }) => [one(node, op, a)],
  }),
  CM_NumberUnaryCondition: node({
    ...group('NumberUnaryCondition', 'Number', asked),
    inputs: { op: combo(keysOf(isFloat1)), a: numeral },
    outputs: [['BOOLEAN', 'BOOL']],
    run: ({ op, a }) => [isFloat1[op](a)],
  }),
  CM_NumberBinaryOperation: node({
    ...group('NumberBinaryOperation', 'number', computed),
    quirk: bounded,
    inputs: { op: combo(keysOf(float2)), a: numeral, b: numeral },
    outputs: [['NUMBER', 'NUMBER']],
    run: ({ op, a, b }, { node }) => [defined(node, 'a', float2[op](a, b, node), a)],
  }),
  CM_NumberBinaryCondition: node({
    ...group('NumberBinaryCondition', 'float', asked),
    inputs: { op: combo(keysOf(isFloat2)), a: numeral, b: numeral },
    outputs: [['BOOLEAN', 'BOOL']],
    run: ({ op, a, b }) => [isFloat2[op](a, b)],
  }),
  CM_BoolUnaryOperation: node({
    ...group('BoolUnaryOperation', 'bool', 'Negates a boolean.'),
    inputs: { op: combo(['Not']), a: truth },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ a }) => [!a],
  }),
  CM_BoolBinaryOperation: node({
    ...group('BoolBinaryOperation', 'bool', computed),
    inputs: { op: combo(keysOf(bool2)), a: truth, b: truth },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ op, a, b }) => [bool2[op](a, b)],
  }),
  CM_BoolToInt: node({
    ...group('BoolToInt', 'conversion', '1 for true, 0 for false.'),
    inputs: { a: truth },
    outputs: [['INT', 'INT']],
    run: ({ a }) => [Number(a)],
  }),
  CM_IntToBool: node({
    ...group('IntToBool', 'conversion', 'Whether it is not 0.'),
    inputs: { a: whole },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ a }) => [a !== 0],
  }),
  CM_FloatToInt: node({
    ...group('FloatToInt', 'conversion', 'Without what is behind the point.'),
    inputs: { a: decimal },
    outputs: [['INT', 'INT']],
    run: ({ a }) => [Math.trunc(a) + 0],
  }),
  CM_IntToFloat: node({
    ...group('IntToFloat', 'conversion', 'The same number.'),
    inputs: { a: whole },
    outputs: [['FLOAT', 'FLOAT']],
    run: ({ a }) => [a],
  }),
  CM_IntToNumber: node({
    ...group('IntToNumber', 'conversion', 'The same number.'),
    inputs: { a: whole },
    outputs: [['NUMBER', 'NUMBER']],
    run: ({ a }) => [a],
  }),
  CM_NumberToInt: node({
    ...group('NumberToInt', 'conversion', 'Without what is behind the point.'),
    inputs: { a: numeral },
    outputs: [['INT', 'INT']],
    run: ({ a }) => [Math.trunc(a) + 0],
  }),
  CM_FloatToNumber: node({
    ...group('FloatToNumber', 'conversion', 'The same number.'),
    inputs: { a: decimal },
    outputs: [['NUMBER', 'NUMBER']],
    run: ({ a }) => [a],
  }),
  CM_NumberToFloat: node({
    ...group('NumberToFloat', 'conversion', 'The same number.'),
    inputs: { a: numeral },
    outputs: [['FLOAT', 'FLOAT']],
    run: ({ a }) => [a],
  }),
};
