// Whatever a caller calls a file, as its bytes.
import { ChromaskError, refusal } from '../errors.js';
import { builtin } from './node.js';

export type FileSource = Blob | ArrayBuffer | ArrayBufferView | Response | URL | string;

/** The bytes of a file source; undefined where the value is not one. */
export async function readFile(source: unknown, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength);
  }
  if (typeof Blob !== 'undefined' && source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  if (typeof Response !== 'undefined' && source instanceof Response) return body(source);
  if (source instanceof URL) return named(source.href, signal);
  if (typeof source === 'string') return named(source, signal);
  return undefined;
}

async function named(name: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  if (name === '') throw refusal('load', 'source', 'a picture, a file, a URL or a path', name);
  if (name.startsWith('data:')) return body(await fetch(name, { signal }));
  const files = await builtin<typeof import('node:fs/promises')>('node:fs/promises');
  if (!files || /^(https?|blob):/i.test(name)) return body(await reached(name, signal));
  const path = name.startsWith('file:') ? new URL(name) : name;
  try {
    return new Uint8Array(await files.readFile(path, { signal }));
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ChromaskError('missing', `load: ${JSON.stringify(name)} cannot be read: ${reason(cause)}`, { cause });
  }
}

async function reached(url: string, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ChromaskError('missing', `load: ${JSON.stringify(url)} cannot be reached: ${reason(cause)}`, { cause });
  }
}

async function body(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  throw new ChromaskError('missing', `load: ${response.url} answered ${response.status} ${response.statusText}`.trim());
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
