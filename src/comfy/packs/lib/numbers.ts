// Rounding like Python, and a check of sizes.
import { refusal } from '../../../base/errors.js';

/** Python's round: half to even. */
export function halfEven(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

/** Refuses a side that no picture can have. */
export function checkSide(node: string, input: string, ...sides: readonly number[]): void {
  const wrong = sides.find((side) => side < 1 || side > 2 ** 24);
  if (wrong !== undefined) throw refusal(node, input, 'so that each side is between 1 and 16777216', wrong);
}
