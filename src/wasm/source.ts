// Reads kernels that a caller brings as bytes, a response, an address or a path.

import { ChromaskError, refusal, show } from '../base/errors.js';
import { builtin } from '../base/node.js';
import type { WasmSource } from './module.js';

/** The binary. Refuses anything else. */
export async function contents(source: WasmSource): Promise<BufferSource> {
  const given = typeof source === 'string' || source instanceof URL ? await fetched(source) : source;
  // bytes first, because in Node naming Response loads it
  if (given instanceof ArrayBuffer || ArrayBuffer.isView(given)) return given as BufferSource;
  if (typeof Response !== 'undefined' && given instanceof Response) {
    if (!given.ok) throw refusal('open', 'wasm', 'a response that succeeded', given.status);
    return given.arrayBuffer();
  }
  throw refusal('open', 'wasm', 'bytes, a Response, a URL, a path or a WebAssembly.Module', source);
}

/** `fetch`; in Node, whose fetch reads no files, also the file of a path or `file:` URL. */
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
