// The bytes of a path, to anything: a file, a pipe whose writer has not come yet, a disk that does not answer. A plain
// open of a pipe waits for its writer in a thread of Node's, and no process can leave while one of those waits; so pipes are
// opened without waiting, and read as sockets are. Shared by `load`, the command line and the queue.

/** A built-in module by its name: browsers bundle this file too, and have none. */
export type Builtins = <Module>(name: string) => Promise<Module>;

type Files = typeof import('node:fs');

export async function readPath(path: string | URL, builtin: Builtins, signal?: AbortSignal): Promise<Uint8Array> {
  const { promises, ...files } = await builtin<Files>('node:fs');
  signal?.throwIfAborted();
  const facts = await stopped(promises.stat(path), signal);
  if (facts.isFIFO()) return piped(path, files, builtin, signal);
  const kind = facts.isSocket() ? 'a socket' : facts.isCharacterDevice() || facts.isBlockDevice() ? 'a device' : '';
  if (kind) throw Object.assign(new Error(`${path} is ${kind}, not a file`), { code: 'EINVAL' });
  return stopped(promises.readFile(path, { signal }), signal);
}

/** Pipes of the process itself, of a shell's `<(…)` say. They say that their writer has left only under their own number. */
const OWN = /^\/(?:dev|proc\/self)\/(?:fd\/(\d+)|stdin)$/;

async function piped(
  path: string | URL,
  { open, constants }: Pick<Files, 'open' | 'constants'>,
  builtin: Builtins,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { Socket } = await builtin<typeof import('node:net')>('node:net');
  const own = OWN.exec(String(path));
  const fd = own
    ? Number(own[1] ?? 0)
    : await new Promise<number>((done, failed) =>
        open(path, constants.O_RDONLY | constants.O_NONBLOCK, (error, fd) => (error ? failed(error) : done(fd))),
      );
  const socket = new Socket({ fd, readable: true, writable: false });
  const stop = (): void => void socket.destroy(signal?.reason);
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  const parts: Uint8Array[] = [];
  try {
    for await (const part of socket) parts.push(part as Uint8Array);
  } finally {
    signal?.removeEventListener('abort', stop);
    socket.destroy();
  }
  signal?.throwIfAborted();
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** What nothing can stop goes on unheard; who waits for it goes when the signal says so. */
export async function stopped<T>(work: PromiseLike<T>, signal: AbortSignal | undefined): Promise<T> {
  let stop = (): void => {};
  const end = new Promise<never>((_, refuse) => {
    stop = () => refuse(signal?.reason);
  });
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  try {
    return await Promise.race([work, end]);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
