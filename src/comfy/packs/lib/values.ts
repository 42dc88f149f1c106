// Plain values as Python computes, compares and prints them.
import { refusal } from '../../../base/errors.js';
import { halfEven } from './numbers.js';

/** a % b: exact, with the sign of b. */
export function modulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return 0;
  return rest < 0 === b < 0 ? rest : rest + b;
}

/** a // b. */
export function floorDivided(a: number, b: number): number {
  const quotient = (a - modulo(a, b)) / b;
  const whole = Math.floor(quotient);
  return quotient - whole > 0.5 ? whole + 1 : whole;
}

/** round(x, digits): half to even, as far as doubles can tell. */
export function roundTo(x: number, digits: number): number {
  if (!Number.isFinite(x)) return x;
  const text = Math.abs(x).toFixed(digits);
  // toFixed rounds the exact value of the double, halves up; only a double of few binary places is an exact half
  const scaled = Math.abs(x) * 10 ** digits;
  const isHalf = scaled % 1 === 0.5 && scaled / 10 ** digits === Math.abs(x) && Number.isInteger(Math.abs(x) * 2 ** 20);
  const value = isHalf ? halfEven(scaled) / 10 ** digits : Number(text);
  return x < 0 ? -value : value;
}

/** A number where one is required; texts and booleans are converted. */
export function numeric(node: string, input: string, value: unknown): number {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  const text = typeof value === 'string' ? value.trim() : '';
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return Number(text);
  throw refusal(node, input, 'a number', value);
}

/** int(text), or undefined if Python cannot read it as an integer. */
export const wholeIn = (text: string): number | undefined =>
  /^\s*[+-]?\d+(_\d+)*\s*$/.test(text) ? Number(text.replaceAll('_', '')) + 0 : undefined;

/** Refuses division by zero. */
export function divisor(node: string, input: string, value: number): number {
  if (value === 0) throw refusal(node, input, 'a number that is not 0', value);
  return value;
}

/** Refuses a result for which Python has no number. */
export function defined(node: string, input: string, result: number, given: unknown): number {
  if (Number.isNaN(result)) throw refusal(node, input, 'a number that this is defined for', given);
  return result;
}

/** Python's truth value. */
export const isTrue = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

type Comparable = number | string;

/** Values that can be ordered: two numbers or two texts. */
function pair(node: string, a: unknown, b: unknown): readonly [Comparable, Comparable] {
  const plain = (value: unknown): unknown =>
    typeof value === 'boolean' || typeof value === 'bigint' ? Number(value) : value;
  const [one, other] = [plain(a), plain(b)];
  if (typeof one === 'number' && typeof other === 'number') return [one, other];
  if (typeof one === 'string' && typeof other === 'string') return [one, other];
  throw refusal(node, 'b', 'comparable with a: two numbers, or two texts', b);
}

/** a == b for plain values; batches are equal if they are the same. */
export function isEqual(a: unknown, b: unknown): boolean {
  const plain = (value: unknown): unknown =>
    typeof value === 'boolean' || typeof value === 'bigint' ? Number(value) : value;
  return plain(a) === plain(b);
}

export const comparisons = {
  '==': (_: string, a: unknown, b: unknown) => isEqual(a, b),
  '!=': (_: string, a: unknown, b: unknown) => !isEqual(a, b),
  '<': (node: string, a: unknown, b: unknown) => {
    const [one, other] = pair(node, a, b);
    return one < other;
  },
  '>': (node: string, a: unknown, b: unknown) => {
    const [one, other] = pair(node, a, b);
    return one > other;
  },
  '<=': (node: string, a: unknown, b: unknown) => {
    const [one, other] = pair(node, a, b);
    return one <= other;
  },
  '>=': (node: string, a: unknown, b: unknown) => {
    const [one, other] = pair(node, a, b);
    return one >= other;
  },
} as const;
export type Comparison = keyof typeof comparisons;
export const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const;

/** Sizes of a value from a socket for anything; undefined if it has none. */
export function shapeOf(value: unknown): readonly number[] | undefined {
  const { shape } = Object(value) as { readonly shape?: unknown };
  return Array.isArray(shape) && shape.every((side) => typeof side === 'number') ? shape : undefined;
}

/** str(value) of a plain value, or a batch's shape. With `isFloat`, a whole number is written as a float. */
export function written(value: unknown, isFloat = false): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === undefined || value === null) return 'None';
  const shape = shapeOf(value);
  // not its device, which may change at any moment
  if (shape) return `[${shape.join(', ')}]`;
  if (typeof value !== 'number') return String(value);
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (isFloat && Number.isInteger(value) && Math.abs(value) < 1e16) return `${Object.is(value, -0) ? '-0' : value}.0`;
  const text = String(value);
  const small = Math.abs(value) < 1e-4 && value !== 0;
  const [digits, exponent] = (small || Math.abs(value) >= 1e16 ? value.toExponential() : text).split('e');
  if (exponent === undefined) return text;
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}
