// Views of an engine's own memory as numbers.
import type { Engine, Numbers, Slot } from '../engine.js';

/** The view of an engine's memory again, after that memory has grown: growth detaches views. */
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

/** Memory of the last copy, while it is not collected: allocating it anew takes as long as the copy. */
let copied: WeakRef<ArrayBuffer> | undefined;

/** A slot's numbers to show for a moment: where they lie, or a copy if threads share that memory and `shared` is false. */
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
