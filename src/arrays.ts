// Typed arrays as they are: of any realm (an iframe's, a test runner's), and whatever a subclass claims about itself.
import type { Numbers } from './engine.js';

/** A property that every typed array has, read past anything the value may say itself; undefined of other values. */
function own<T>(value: unknown, property: PropertyKey): T | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  return Reflect.get(Object.getPrototypeOf(Uint8Array.prototype), property, value) as T | undefined;
}

/** `Uint8Array`, `Float32Array`, …; undefined of everything that is no typed array. */
export const arrayKind = (value: unknown): string | undefined => own<string>(value, Symbol.toStringTag);

/** An ArrayBuffer, or a SharedArrayBuffer, of any realm: only a true one has the length that its class reads. */
export function isBuffer(value: unknown, Class: { prototype: ArrayBufferLike } = ArrayBuffer): value is ArrayBuffer {
  try {
    return Reflect.get(Class.prototype, 'byteLength', value) >= 0;
  } catch {
    return false;
  }
}

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
