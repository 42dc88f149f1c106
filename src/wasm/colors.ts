import type { WasmEngine, WasmSlot } from './engine.js';
export function countColors(
  _engine: WasmEngine,
  _slot: WasmSlot,
  _least: number,
): { keys: Uint32Array; counts: Uint32Array } {
  throw new Error();
}
