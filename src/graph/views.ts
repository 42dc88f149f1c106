// Views of an engine's own memory as numbers.
import type { Engine, Numbers, Slot } from '../engine.js';

/** A view of an engine's memory again, after that memory has grown for the slot the numbers go to: growth detaches views. */
export function regrown(engine: Engine, slot: Slot, pixels: Numbers, from: number, length: number): Numbers {
  const { buffer } = engine.memory?.view(slot) ?? new Uint8Array();
  return numbersOf(pixels instanceof Uint8Array, buffer, from, length);
}

/** A slot's numbers where they lie, of an engine with `memory`. */
export function viewed(engine: Engine, slot: Slot): Numbers {
  const bytes = engine.memory?.view(slot) ?? new Uint8Array();
  const own = slot.extent.dtype === 'uint8';
  return numbersOf(own, bytes.buffer, bytes.byteOffset, own ? bytes.length : bytes.length / 4);
}

const numbersOf = (bytes: boolean, buffer: ArrayBuffer, from: number, length: number): Numbers =>
  bytes ? new Uint8Array(buffer, from, length) : new Float32Array(buffer, from, length);

/** Memory of a copy, until no one needs it: to get it new takes as long as to copy. */
let copied: WeakRef<ArrayBuffer> | undefined;

/** A slot's numbers to be shown for a moment: where they lie, or of those that threads share a copy, unless `shared` ones are wanted. */
export function numbersToShow(engine: Engine, slot: Slot, shared: boolean): Numbers {
  const numbers = viewed(engine, slot);
  if (shared || !engine.memory?.shared) return numbers;
  let memory = copied?.deref();
  if (!memory || memory.byteLength < numbers.byteLength) {
    memory = new ArrayBuffer(numbers.byteLength);
    copied = new WeakRef(memory);
  }
  const copy = numbersOf(numbers instanceof Uint8Array, memory, 0, numbers.length);
  copy.set(numbers);
  return copy;
}
