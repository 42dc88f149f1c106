// Everything that is accepted as a file, as its bytes.
import { bytesBehind, isBuffer } from '../base/arrays.js';
import { ChromaskError, classOf, refusal, show } from '../base/errors.js';
import { builtin, isNode } from '../base/node.js';
import { readPath } from '../base/path.js';
import { orStopped } from '../base/pause.js';

export type FileSource = Blob | ArrayBuffer | SharedArrayBuffer | ArrayBufferView | Response | URL | string;

/** What a file is called where it turns out to be none. */
export interface Told {
  name: string;
}

/** The bytes of a file source; undefined where the value is not one. */
export async function readFile(
  source: unknown,
  signal?: AbortSignal,
  told?: Told,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (isBuffer(source) || isShared(source) || ArrayBuffer.isView(source)) return unshared(viewed(source));
  if (isA('Blob', source) || isA('File', source)) return bytesFrom(source as Blob, signal);
  if (isA('Response', source)) return body(source as Response, signal, told);
  if (isA('URL', source)) return named(String((source as URL).href), signal, told);
  if (typeof source === 'string') return named(source, signal, told);
  return undefined;
}

/** Bytes that are in memory already, unless their buffer was detached. */
function viewed(source: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  try {
    return bytesBehind(source) ?? new Uint8Array(source as ArrayBuffer);
  } catch (cause) {
    const gone = `a detached ${classOf(source)}`;
    throw new ChromaskError('bad-argument', `load: source must have its bytes, got ${gone}`, { cause });
  }
}

async function named(name: string, signal?: AbortSignal, told?: Told): Promise<Uint8Array<ArrayBuffer>> {
  if (name === '') throw refusal('load', 'source', 'a picture, a file, a URL or a path', name);
  if (name.startsWith('data:')) return body(await reached(name, signal), signal, told);
  if (!isNode() || /^(https?|blob):/i.test(name)) return body(await reached(name, signal), signal, told);
  try {
    const path = name.startsWith('file:') ? new URL(name) : name;
    return new Uint8Array(await readPath(path, needed, signal));
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ChromaskError('missing', `load: ${show(name)} cannot be read: ${reason(cause)}`, { cause });
  }
}

/** Where there is Node, they are there. */
async function needed<Module>(name: string): Promise<Module> {
  const found = await builtin<Module>(name);
  if (found) return found;
  throw new ChromaskError('unsupported', `load: there is no ${name} here`);
}

async function reached(url: string, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ChromaskError('missing', `load: ${show(url)} cannot be reached: ${reason(cause)}`, { cause });
  }
}

async function body(response: Response, signal?: AbortSignal, told?: Told): Promise<Uint8Array<ArrayBuffer>> {
  // servers answer with an HTML page when a file is missing
  if (told && /^http/.test(response.url)) told.name = `${response.url} (${response.headers.get('content-type')})`;
  if (response.ok) return bytesFrom(response, signal);
  throw new ChromaskError('missing', `load: ${response.url} answered ${response.status} ${response.statusText}`.trim());
}

/** A connection may break, a body may be used, and the file behind a Blob may be gone. */
async function bytesFrom(source: Blob | Response, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await orStopped(source.arrayBuffer(), signal));
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ChromaskError('missing', `load: the source cannot be read: ${reason(cause)}`, { cause });
  }
}

/** A copy of shared memory: Blobs refuse it, and other threads may write to it while it is decoded. */
const unshared = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  isShared(bytes.buffer) ? bytes.slice() : bytes;

// a page has none unless it is isolated
const isShared = (value: unknown): value is ArrayBuffer =>
  typeof SharedArrayBuffer !== 'undefined' && isBuffer(value, SharedArrayBuffer);

/** Of any realm: an iframe's Blob is no instance of this realm's. */
const isA = (kind: string, value: unknown): boolean => classOf(value) === kind;

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
