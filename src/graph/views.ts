// Views of an engine's own memory as numbers.
import type { Engine, Numbers, Slot } from '../engine.js';

/** A view of an engine's memory again, after that memory has grown for the slot the numbers go to: growth detaches views. */
export function regrown(engine: Engine, slot: Slot, pixels: Numbers, from: number, length: number): Numbers {
  const { buffer } = engine.memory?.view(slot) ?? new Uint8Array();
  return pixels instanceof Uint8Array ? new Uint8Array(buffer, from, length) : new Float32Array(buffer, from, length);
}

/** A slot's numbers where they lie, of an engine with `memory`. */
export function viewed(engine: Engine, slot: Slot): Numbers {
  const bytes = engine.memory?.view(slot) ?? new Uint8Array();
  return slot.extent.dtype === 'uint8' ? bytes : new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}
