// WASM modules, and the encoding that a bundle stores them in. source.ts reads those of callers.

import type { Memory } from '../engine.js';

/** Bytes, a response, a URL to fetch, in Node also a path, or a compiled module. */
export type WasmSource = BufferSource | Response | URL | string | WebAssembly.Module;

export type Kernel = (...args: number[]) => number;
/** One function for each file of assembly/, by the file's name. */
export type Kernels = Readonly<Record<string, Kernel>>;

export async function instantiate(module: WebAssembly.Module, memory: Memory): Promise<Kernels> {
  const instance = await WebAssembly.instantiate(module, { env: { memory: memory as WebAssembly.Memory } });
  return instance.exports as Kernels;
}

/** Decodes the binary in `virtual:core` and `virtual:png` (scripts/virtual.mjs encodes it). */
export function unspelt(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const place = text.charCodeAt(i) - 35;
    bytes.push(place < 56 ? place : (place - 57) * 56 + text.charCodeAt(++i) - 35);
  }
  return Uint8Array.from(bytes);
}
