// Where pictures come from and masks go: a folder, a bucket, or a module of the caller's.
import { mkdir, readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ChromaskError } from 'chromask';
import { readPath } from '../base/path.js';
import { exists, identity, isFile, sweep, writeWhole } from '../outputs/files.js';
import { cutOff, isOurs, nameIn } from '../outputs/mark.js';
import { builtin } from '../outputs/reading.js';
import { isPlain, refused } from '../outputs/refused.js';

export interface Store {
  read(name: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** Writes completely or not at all, and replaces what is there. `mark` is stored with it. */
  write(name: string, bytes: Uint8Array, mark: string): Promise<void>;
  /** The mark of an object: an empty string if it has none, undefined if the object does not exist. */
  mark(name: string): Promise<string | undefined>;
  /**
   * A text that is equal for all names of one object, in all stores. Without it, only equal names in one store are
   * the same.
   */
  identity?(name: string): Promise<string | undefined>;
  /** The place that a name means, with links followed, in a form that other stores of the kind understand. */
  where?(name: string): Promise<string | undefined>;
  /** The name of a place in this store, if it has one. */
  named?(place: string): Promise<string | undefined>;
}

/** Whether two names, each in its store, mean the same object. */
export async function sameObject(a: Store, from: string, b: Store, to: string): Promise<boolean> {
  if (a === b && from === to) return true;
  const [one, other] = await Promise.all([a.identity?.(from), b.identity?.(to)]);
  return one !== undefined && one === other;
}

/**
 * A folder; `s3://bucket/prefix`, with `?endpoint=…&region=…&pathStyle` for stores other than Amazon's; or a module
 * whose default export makes a `Store` from the options. Plain data, because worker processes make their own stores.
 */
export type StoreSpec = string | { module: string; options?: unknown };

/** Refuses an invalid specification before a process is started for it. */
export function checkSpec(what: string, spec: unknown, operation = 'createWorker'): void {
  const fits = typeof spec === 'string' ? spec !== '' : isPlain(spec) && typeof spec.module === 'string';
  if (!fits) throw refused(operation, what, 'a folder, an s3:// address or { module, options }', spec);
}

export async function storeOf(spec: StoreSpec): Promise<Store> {
  if (typeof spec === 'string') return spec.startsWith('s3://') ? bucket(new URL(spec)) : folder(spec);
  const where = /^[a-z]+:/i.test(spec.module) ? spec.module : pathToFileURL(resolve(spec.module)).href;
  const made: unknown = await (await import(where)).default(spec.options);
  const fits = ['read', 'write', 'mark'].every(
    (name) => typeof (made as Record<string, unknown>)?.[name] === 'function',
  );
  if (fits) return made as Store;
  throw new ChromaskError('bad-argument', `queue: ${spec.module} must make a store with read, write and mark`);
}

/** The only folder in which killed processes leave unfinished files. */
const PARTS = '.chromask-parts';

export function folder(root: string): Store {
  const parts = join(root, PARTS);
  let swept: Promise<void> | undefined;
  /** The path of a name, as it is and with links followed. Refuses places outside the folder. */
  const both = async (name: string): Promise<{ path: string; real: string }> => {
    const base = await realpath(root);
    const path = join(base, name);
    let there = path;
    while (!(await exists(there))) there = dirname(there);
    const real = await realpath(there);
    if (isWithin(base, real)) return { path, real: join(real, relative(there, path)) };
    throw new ChromaskError('bad-argument', `queue: ${JSON.stringify(name)} leads out of its folder`);
  };
  const inside = async (name: string): Promise<string> => (await both(name)).path;
  return {
    read: async (name, signal) => readPath(await inside(name), builtin, signal),
    async write(name, bytes) {
      await mkdir(parts, { recursive: true });
      swept ??= sweep(parts);
      await swept;
      await writeWhole(await inside(name), bytes, true, parts);
    },
    async mark(name) {
      if (!(await exists(root))) return undefined;
      const path = await inside(name);
      if (!(await exists(path))) return undefined;
      if (!(await isFile(path))) return '';
      return (await nameIn(await readFile(path))) ?? ((await isOurs(path)) ? cutOff : '');
    },
    identity: async (name) => ((await exists(root)) ? identity(await inside(name)) : undefined),
    where: async (name) => ((await exists(root)) ? (await both(name)).real : undefined),
    async named(place) {
      const base = await realpath(root);
      return isAbsolute(place) && isWithin(base, place) ? relative(base, place).split(sep).join('/') : undefined;
    },
  };
}

function isWithin(base: string, path: string): boolean {
  const way = relative(base, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}

async function bucket(url: URL): Promise<Store> {
  const s3 = await import('@aws-sdk/client-s3').catch((error: unknown) => {
    const message = 'queue: @aws-sdk/client-s3 is not installed; npm install @aws-sdk/client-s3';
    throw new ChromaskError('missing', message, { cause: error });
  });
  const query = url.searchParams;
  const client = new s3.S3Client({
    region: query.get('region') ?? undefined,
    endpoint: query.get('endpoint') ?? undefined,
    forcePathStyle: query.has('pathStyle') || undefined,
  });
  const prefix = decodeURIComponent(url.pathname.slice(1));
  const service = query.get('endpoint') ?? process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL ?? 'aws';
  const at = (name: string) => ({ Bucket: url.hostname, Key: prefix ? `${prefix.replace(/\/$/, '')}/${name}` : name });
  const base = `${service} ${url.hostname}/${at('').Key}`;
  return {
    async read(name, abortSignal) {
      const { Body } = await client.send(new s3.GetObjectCommand(at(name)), { abortSignal });
      if (Body) return Body.transformToByteArray();
      throw new Error(`${name} came without a body`);
    },
    async write(name, bytes, mark) {
      const facts = { Body: bytes, ContentType: 'image/png', Metadata: { 'chromask-recipe': mark } };
      await client.send(new s3.PutObjectCommand({ ...at(name), ...facts }));
    },
    async mark(name) {
      try {
        const { Metadata } = await client.send(new s3.HeadObjectCommand(at(name)));
        return Metadata?.['chromask-recipe'] ?? '';
      } catch (error) {
        if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404) return undefined;
        throw error;
      }
    },
    identity: async (name) => JSON.stringify([service, at(name)]),
    where: async (name) => base + name,
    named: async (place) => (place.startsWith(base) ? place.slice(base.length) : undefined),
  };
}
