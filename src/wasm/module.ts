// The compiled kernels: embedded in the bundle, or given by the caller (edge runtimes compile ahead of time).
import { binary } from 'virtual:kernels';
import { refusal } from '../errors.js';

/** Bytes, a response, a URL to fetch, or a module compiled already. */
export type WasmSource = BufferSource | Response | URL | string | WebAssembly.Module;

export type Kernel = (...args: number[]) => number;
/** One function for each file of assembly/, by the file's name. */
export type Kernels = Readonly<Record<string, Kernel>>;

export async function compile(source?: WasmSource): Promise<WebAssembly.Module> {
  if (source === undefined) return WebAssembly.compile(decode(binary));
  if (source instanceof WebAssembly.Module) return source;
  const given = typeof source === 'string' || source instanceof URL ? await fetch(source) : source;
  if (typeof Response !== 'undefined' && given instanceof Response) {
    if (!given.ok) throw refusal('open', 'wasm', 'a response that succeeded', given.status);
    return WebAssembly.compile(await given.arrayBuffer());
  }
  if (given instanceof ArrayBuffer || ArrayBuffer.isView(given)) return WebAssembly.compile(given as BufferSource);
  throw refusal('open', 'wasm', 'bytes, a Response, a URL or a WebAssembly.Module', source);
}

export async function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<Kernels> {
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  return instance.exports as Kernels;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
