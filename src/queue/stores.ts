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
  /** Under its name complete or not at all; what is there is replaced. `mark` is kept with it. */
  write(name: string, bytes: Uint8Array, mark: string): Promise<void>;
  /** The mark of what is there; an empty string where it has none, undefined where there is nothing. */
  mark(name: string): Promise<string | undefined>;
  /** A text that is the same for all names of one object, in all stores. Without it, only equal names of one store count as the same. */
  identity?(name: string): Promise<string | undefined>;
  /** The place of a name, there or not, in words that another store of the kind may know; links are followed. */
  where?(name: string): Promise<string | undefined>;
  /** The name of a place in this store, if it has one. */
  named?(place: string): Promise<string | undefined>;
}

/** Whether two names, each of its store, are one object. */
export async function sameObject(a: Store, from: string, b: Store, to: string): Promise<boolean> {
  if (a === b && from === to) return true;
  const [one, other] = await Promise.all([a.identity?.(from), b.identity?.(to)]);
  return one !== undefined && one === other;
}

/**
 * A folder; `s3://bucket/prefix`, with `?endpoint=…&region=…&pathStyle` for stores other than Amazon's; or a module whose
 * default export makes a `Store` from the options. Plain data, because worker processes make their stores themselves.
 */
export type StoreSpec = string | { module: string; options?: unknown };

/** Refuses what is none, before a process finds it out. */
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

/** Unfinished files of killed processes are in this folder only. */
const PARTS = '.chromask-parts';

export function folder(root: string): Store {
  const parts = join(root, PARTS);
  let swept: Promise<void> | undefined;
  /** The path of a name, and the same with links followed; refuses what lies outside. */
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
