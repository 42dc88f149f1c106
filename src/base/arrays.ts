// Typed arrays as they are: of any realm (an iframe's, a test runner's), and not as a subclass describes them.
import type { Numbers } from '../engine.js';
import { ChromaskError } from './errors.js';

/** A property that every typed array has, read past anything the value may say itself; undefined of other values. */
function own<T>(value: unknown, property: PropertyKey): T | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  return Reflect.get(Object.getPrototypeOf(Uint8Array.prototype), property, value) as T | undefined;
}

/** `Uint8Array`, `Float32Array`, …; undefined of everything that is no typed array. */
export const arrayKind = (value: unknown): string | undefined => own<string>(value, Symbol.toStringTag);

/** The bytes of a typed array or a DataView as they lie; undefined of everything else. */
export function bytesBehind(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  const proto: object = arrayKind(value) ? Object.getPrototypeOf(Uint8Array.prototype) : DataView.prototype;
  const of = (name: string): unknown => Reflect.get(proto, name, value);
  return new Uint8Array(of('buffer') as ArrayBuffer, of('byteOffset') as number, of('byteLength') as number);
}

/** An ArrayBuffer, or a SharedArrayBuffer, of any realm: only a true one has the length that its class reads. */
export function isBuffer(value: unknown, Class: { prototype: ArrayBufferLike } = ArrayBuffer): value is ArrayBuffer {
  try {
    return Reflect.get(Class.prototype, 'byteLength', value) >= 0;
  } catch {
    return false;
  }
}

const CLASSES = {
  Int8Array,
  Int16Array,
  Int32Array,
  Uint32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;

/** float32 holds every whole number up to this. */
const EXACT = 2 ** 24;

/**
 * Floats of what models give beside bytes and float32: integers of any width, float64, and float16, which is a Float16Array or,
 * as onnxruntime has it, a Uint16Array of its bits. Undefined of other values, and of integers that float32 cannot hold.
 */
function floatsIn(value: unknown): Float32Array | undefined {
  const kind = arrayKind(value) ?? '';
  if (kind === 'Float16Array' || kind === 'Uint16Array') {
    const { buffer, byteOffset, byteLength } = value as Uint16Array;
    return Float32Array.from(
      truly(new Uint16Array(buffer as ArrayBuffer, byteOffset, byteLength / 2), Uint16Array),
      half,
    );
  }
  if (!Object.hasOwn(CLASSES, kind)) return undefined;
  const numbers = truly(value, CLASSES[kind as keyof typeof CLASSES] as typeof Int32Array);
  const floats = Float32Array.from(numbers, Number);
  const whole = kind !== 'Float64Array';
  return whole && floats.some((one) => Math.abs(one) > EXACT) ? undefined : floats;
}

/** A float16 from its bits. */
function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size =
    exponent === 31
      ? fraction
        ? Number.NaN
        : Infinity
      : exponent
        ? (1 + fraction / 1024) * 2 ** (exponent - 15)
        : fraction * 2 ** -24;
  return bits & 0x8000 ? -size : size;
}

/** Any typed array of numbers, as bytes or floats. */
export const numberList = (value: unknown): Numbers | undefined => numbersIn(value) ?? floatsIn(value);

/** The bytes or floats of a Uint8Array, Uint8ClampedArray or Float32Array of any realm, as an array of this one. */
export function numbersIn(value: unknown): Numbers | undefined {
  const kind = arrayKind(value);
  if (kind === 'Float32Array') return truly(value, Float32Array);
  return kind === 'Uint8Array' || kind === 'Uint8ClampedArray' ? truly(value, Uint8Array) : undefined;
}

/** A typed array as one of a class of this realm: where it lies and how long it is, not what it says of that. */
export function truly<T>(value: unknown, Class: new (buffer?: ArrayBuffer, at?: number, length?: number) => T): T {
  const length = own<number>(value, 'length');
  return length ? new Class(own(value, 'buffer'), own(value, 'byteOffset'), length) : new Class();
}

/** Memory of this side for a result; what a recipe promises may be more than there is. */
export function allocate<T extends ArrayBufferView>(
  operation: string,
  Type: new (length: number) => T,
  size: number,
): T {
  try {
    return new Type(size);
  } catch (cause) {
    const message = `${operation}: there must be memory for ${size} numbers, got none`;
    throw new ChromaskError('out-of-memory', message, { cause });
  }
}

/** Pieces as one array. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
