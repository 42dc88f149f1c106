// `expect.extend({ toEqualMask })` for vitest and jest: a mask or an image compared with another, and a message that can be worked with.
import { type Expected, type ToleranceOptions, unequal } from './compare.js';

export interface MatchResult {
  pass: boolean;
  message(): string;
}

/** What the matcher adds to `expect(…)`, for the declarations of a test runner. */
export interface MaskMatchers<R = unknown> {
  toEqualMask(expected: Expected, options?: ToleranceOptions): Promise<R>;
}

/** It waits for the numbers: `await expect(mask).toEqualMask(expected, { tolerance: 1 })`. */
export async function toEqualMask(
  received: unknown,
  expected: Expected,
  options?: ToleranceOptions,
): Promise<MatchResult> {
  const why = await unequal('toEqualMask', received, expected, options);
  return {
    pass: why === undefined,
    message: () => why ?? 'the masks are equal, and were expected not to be',
  };
}
