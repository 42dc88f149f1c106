// The functions and comparisons of ComfyMath, by its names.
import { refusal } from '../../../base/errors.js';
import { halfEven } from '../lib/numbers.js';
import { divisor, floorDivided, modulo } from '../lib/values.js';

type One = (a: number, node: string) => number;
type Two = (a: number, b: number, node: string) => number;

/** Keeps the names of a table in its type. */
const ones = <K extends string>(all: Readonly<Record<K, One>>): Readonly<Record<K, One>> => all;
const twos = <K extends string>(all: Readonly<Record<K, Two>>): Readonly<Record<K, Two>> => all;

function factorial(a: number, node: string): number {
  if (a < 0) throw refusal(node, 'a', 'at least 0', a);
  let product = 1;
  for (let i = 2; i <= a && product < Infinity; i++) product *= i;
  return product;
}

/** On Python's unbounded integers. Above 2^53 the bits are those of the nearest double. */
const bits =
  (make: (a: bigint, b: bigint) => bigint): Two =>
  (a, b) =>
    Number(make(BigInt(a), BigInt(b)));
const shifting =
  (make: (a: bigint, b: bigint) => bigint): Two =>
  (a, b, node) => {
    if (b < 0 || b > 1023) throw refusal(node, 'b', 'from 0 to 1023', b);
    return bits(make)(a, b, node);
  };

export const int1 = ones({
  Abs: Math.abs,
  Neg: (a) => 0 - a,
  Inc: (a) => a + 1,
  Dec: (a) => a - 1,
  Sqr: (a) => a * a,
  Cube: (a) => a * a * a,
  Not: (a) => -a - 1,
  Factorial: factorial,
});

export const int2 = twos({
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b, node) => floorDivided(a, divisor(node, 'b', b)),
  Mod: (a, b, node) => modulo(a, divisor(node, 'b', b)),
  Pow: (a, b, node) => a ** (a === 0 && b < 0 ? divisor(node, 'a', a) : b),
  And: bits((a, b) => a & b),
  Nand: bits((a, b) => ~a & b),
  Or: bits((a, b) => a | b),
  Nor: bits((a, b) => ~a & b),
  Xor: bits((a, b) => a ^ b),
  Xnor: bits((a, b) => ~a ^ b),
  Shl: shifting((a, b) => a << b),
  Shr: shifting((a, b) => a >> b),
  Max: (a, b) => Math.max(a, b),
  Min: (a, b) => Math.min(a, b),
});

export const float1 = ones({
  ...{ Neg: (a) => -a, Inc: (a) => a + 1, Dec: (a) => a - 1, Abs: Math.abs, Sqr: (a) => a * a, Cube: (a) => a * a * a },
  ...{
    Sqrt: Math.sqrt,
    Exp: Math.exp,
    Ln: logarithm(Math.log),
    Log10: logarithm(Math.log10),
    Log2: logarithm(Math.log2),
  },
  ...{ Sin: Math.sin, Cos: Math.cos, Tan: Math.tan, Asin: Math.asin, Acos: Math.acos, Atan: Math.atan },
  ...{ Sinh: Math.sinh, Cosh: Math.cosh, Tanh: Math.tanh, Asinh: Math.asinh, Acosh: Math.acosh, Atanh: Math.atanh },
  ...{ Round: halfEven, Floor: Math.floor, Ceil: Math.ceil, Trunc: Math.trunc },
  ...{ Radians: (a) => a * (Math.PI / 180), Degrees: (a) => a * (180 / Math.PI) },
});
const LEFT_OUT = ['Erf', 'Erfc', 'Gamma'] as const;
export const FLOAT1 = [...keysOf(float1).slice(0, -2), ...LEFT_OUT, 'Radians', 'Degrees'] as const;

function logarithm(make: (a: number) => number): One {
  return (a, node) => {
    if (a <= 0) throw refusal(node, 'a', 'above 0', a);
    return make(a);
  };
}

export const float2 = twos({
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b, node) => a / divisor(node, 'b', b),
  Mod: (a, b, node) => modulo(a, divisor(node, 'b', b)),
  Pow: (a, b, node) => a ** (a === 0 && b < 0 ? divisor(node, 'a', a) : b),
  FloorDiv: (a, b, node) => floorDivided(a, divisor(node, 'b', b)),
  Max: (a, b) => Math.max(a, b),
  Min: (a, b) => Math.min(a, b),
  Log: (a, b, node) => logarithm(Math.log)(a, node) / divisor(node, 'b', Math.log(b)),
  Atan2: Math.atan2,
});

export const is1 = {
  IsZero: (a: number) => a === 0,
  IsNonZero: (a: number) => a !== 0,
  IsPositive: (a: number) => a > 0,
  IsNegative: (a: number) => a < 0,
  IsEven: (a: number) => modulo(a, 2) === 0,
  IsOdd: (a: number) => modulo(a, 2) === 1,
};
export const isFloat1 = {
  IsZero: (a: number) => a === 0,
  IsPositive: (a: number) => a > 0,
  IsNegative: (a: number) => a < 0,
  IsNonZero: (a: number) => a !== 0,
  IsPositiveInfinity: (a: number) => a === Infinity,
  IsNegativeInfinity: (a: number) => a === -Infinity,
  IsNaN: Number.isNaN,
  IsFinite: Number.isFinite,
  IsInfinite: (a: number) => Math.abs(a) === Infinity,
  IsEven: (a: number) => modulo(a, 2) === 0,
  IsOdd: (a: number) => modulo(a, 2) !== 0,
};
export const is2 = {
  Eq: (a: number, b: number) => a === b,
  Neq: (a: number, b: number) => a !== b,
  Gt: (a: number, b: number) => a > b,
  Lt: (a: number, b: number) => a < b,
  Geq: (a: number, b: number) => a >= b,
  Leq: (a: number, b: number) => a <= b,
};
export const isFloat2 = { Eq: is2.Eq, Neq: is2.Neq, Gt: is2.Gt, Gte: is2.Geq, Lt: is2.Lt, Lte: is2.Leq };

export const bool2 = {
  Nor: (a: boolean, b: boolean) => !(a || b),
  Xor: (a: boolean, b: boolean) => a !== b,
  Nand: (a: boolean, b: boolean) => !(a && b),
  And: (a: boolean, b: boolean) => a && b,
  Xnor: (a: boolean, b: boolean) => a === b,
  Or: (a: boolean, b: boolean) => a || b,
  Eq: (a: boolean, b: boolean) => a === b,
  Neq: (a: boolean, b: boolean) => a !== b,
};

export function keysOf<K extends string>(all: Readonly<Record<K, unknown>>): [K, ...K[]] {
  return Object.keys(all) as [K, ...K[]];
}
