// The library's sentence for a refusal, for code that may not import the library's own.
import { ChromaskError, type ErrorCode } from 'chromask';

export function refused(
  operation: string,
  parameter: string,
  expectation: string,
  value: unknown,
  code: ErrorCode = 'bad-argument',
): ChromaskError {
  return new ChromaskError(code, `${operation}: ${parameter} must be ${expectation}, got ${shown(value)}`);
}

/** Short, and no code of the value's own is run. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

/** What JSON can hold under names, of whichever realm; no instance of a class. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
