// WASM modules: from what a caller may bring, or from what is embedded in the bundle.

import { ChromaskError, refusal, show } from '../base/errors.js';
import { builtin } from '../base/node.js';
import type { Memory } from '../engine.js';

/** Bytes, a response, a URL to fetch, in Node also a path, or a module compiled already. */
export type WasmSource = BufferSource | Response | URL | string | WebAssembly.Module;

export type Kernel = (...args: number[]) => number;
/** One function for each file of assembly/, by the file's name. */
export type Kernels = Readonly<Record<string, Kernel>>;

export async function compile(source: WasmSource): Promise<WebAssembly.Module> {
  return source instanceof WebAssembly.Module ? source : WebAssembly.compile(await contents(source));
}

/** The binary itself. */
export async function contents(source: WasmSource): Promise<BufferSource> {
  const given = typeof source === 'string' || source instanceof URL ? await fetched(source) : source;
  // bytes first: to name Response is to load it, in Node
  if (given instanceof ArrayBuffer || ArrayBuffer.isView(given)) return given as BufferSource;
  if (typeof Response !== 'undefined' && given instanceof Response) {
    if (!given.ok) throw refusal('open', 'wasm', 'a response that succeeded', given.status);
    return given.arrayBuffer();
  }
  throw refusal('open', 'wasm', 'bytes, a Response, a URL, a path or a WebAssembly.Module', source);
}

export async function instantiate(module: WebAssembly.Module, memory: Memory): Promise<Kernels> {
  const instance = await WebAssembly.instantiate(module, { env: { memory: memory as WebAssembly.Memory } });
  return instance.exports as Kernels;
}

/** The binary of what `virtual:core` and `virtual:png` hold (scripts/virtual.mjs spells it). */
export function unspelt(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const place = text.charCodeAt(i) - 35;
    bytes.push(place < 56 ? place : (place - 57) * 56 + text.charCodeAt(++i) - 35);
  }
  return Uint8Array.from(bytes);
}

/** `fetch`, and in Node, whose own knows no files, the file of a path or a `file:` URL. */
async function fetched(source: URL | string): Promise<Response | BufferSource> {
  const name = String(source);
  const files = /^(https?|data|blob):/i.test(name)
    ? undefined
    : await builtin<{ readFile(file: URL | string): Promise<Uint8Array<ArrayBuffer>> }>('node:fs/promises');
  return files
    ? files.readFile(name.startsWith('file:') ? new URL(name) : name).catch((cause) => {
        throw new ChromaskError('missing', `open: wasm ${show(name)} cannot be read: ${cause.message}`, { cause });
      })
    : fetch(name);
}
