// The one error type of the library and the one sentence every refusal is written in.

/** Stable names of what can go wrong; programs may branch on them, messages may change. */
export type ErrorCode =
  | 'bad-argument'
  | 'bad-shape'
  | 'bad-format'
  | 'closed'
  | 'context-lost'
  | 'disposed'
  | 'limit'
  | 'missing'
  | 'no-device'
  | 'out-of-memory'
  | 'png-corrupt'
  | 'png-unsupported'
  | 'queue'
  | 'shader'
  | 'unknown-node'
  | 'unsupported'
  | 'workflow';

/** Every error this library throws on purpose, except `AbortError`, which is the signal's own reason. */
export class ChromaskError extends Error {
  static {
    // what Node prints before the message; builds shorten the names of classes
    Object.defineProperty(ChromaskError, 'name', { value: 'ChromaskError' });
  }

  override readonly name = 'ChromaskError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** `levels: gray must be between 0.01 and 9.99, got 0`: the sentence of design and tests. */
export function refusal(
  operation: string,
  parameter: string,
  expectation: string,
  value: unknown,
  code: ErrorCode = 'bad-argument',
): ChromaskError {
  return new ChromaskError(code, `${operation}: ${parameter} must be ${expectation}, got ${show(value)}`);
}

/** `Array`, `ImageData`, `AbortSignal`, …: what a value is, whichever realm (an iframe, a test runner) it comes from. */
export const classOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** A value as a person would name it: short, and without trusting code that the value may run. */
export function show(value: unknown): string {
  try {
    return named(value, 2);
  } catch {
    return 'something that cannot be shown';
  }
}

function named(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value !== 'object' || value === null) return String(value);
  const kind = classOf(value).slice(0, 40);
  if (ArrayBuffer.isView(value)) {
    if (value.byteLength === 0 && isDetached(value.buffer)) return `a detached ${kind}`;
    return value instanceof DataView ? kind : `${kind}(${'length' in value ? value.length : value.byteLength})`;
  }
  if (Array.isArray(value)) {
    if (value.length > 6 || !depth) return `an array of ${value.length}`;
    return `[${value.map((one) => named(one, depth - 1)).join(', ')}]`;
  }
  return kind === 'Object' ? 'an object' : `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

/** Of any realm. */
export const isSignal = (value: unknown): value is AbortSignal =>
  classOf(value) === 'AbortSignal' && typeof (value as AbortSignal).throwIfAborted === 'function';

/** A signal, or none. */
export function checkSignal(operation: string, signal: unknown): asserts signal is AbortSignal | undefined {
  if (signal !== undefined && !isSignal(signal)) throw refusal(operation, 'signal', 'an AbortSignal', signal);
}

/** ES2024 has `detached`; before that a detached buffer is one that cannot be viewed. */
export function isDetached(buffer: ArrayBufferLike): boolean {
  if ('detached' in buffer && typeof buffer.detached === 'boolean') return buffer.detached;
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}
