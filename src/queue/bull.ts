// Loads BullMQ when it is first needed. The caller installs it and its Redis client.
import { ChromaskError } from 'chromask';
import { isPlain, refused } from '../outputs/refused.js';

type Bull = typeof import('bullmq');

/**
 * Redis or Valkey: `redis://host:6379/0`, `rediss://…`, or ioredis options as plain data, because worker processes
 * receive it.
 */
export type Connection = string | Readonly<Record<string, unknown>>;

export async function bull(): Promise<Bull> {
  try {
    return await import('bullmq');
  } catch (error) {
    throw new ChromaskError('missing', 'queue: bullmq is not installed; npm install bullmq ioredis', { cause: error });
  }
}

export const defaultUrl = 'redis://127.0.0.1:6379';

export function connectionOf(given: Connection = defaultUrl, more: Readonly<Record<string, unknown>> = {}) {
  return { ...(typeof given === 'string' ? { url: given } : given), ...more };
}

/** Checks what BullMQ and its client would misunderstand, or refuse with other errors. */
export function checkPlace(operation: string, connection: unknown, name: unknown): void {
  const named = typeof name === 'string' && name !== '' && !name.includes(':');
  if (!named) throw refused(operation, 'name', 'one or more letters without a colon', name);
  const fits = typeof connection === 'string' ? connection !== '' : connection === undefined || isPlain(connection);
  if (!fits) throw refused(operation, 'connection', 'a URL or an object of ioredis options', connection);
}

/** A queue whose server answers, or an error within seconds. */
export async function queueOf(name: string, connection: Connection | undefined, patient = false) {
  const { Queue } = await bull();
  let found = patient;
  const queue = new Queue(name, {
    connection: connectionOf(connection, {
      maxRetriesPerRequest: patient ? null : 20,
      // a server that has answered once will come back; one that never answered does not exist
      retryStrategy: (times: number) => (found || times < 4 ? Math.min(200 * times, 2000) : null),
    }),
    skipWaitingForReady: true,
  });
  let last: NodeJS.ErrnoException | undefined;
  queue.on('error', (error) => {
    last ??= error;
  });
  if (patient) return queue;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(last ?? new Error('no answer')), 5000);
  });
  try {
    await Promise.race([queue.waitUntilReady(), late]);
    found = true;
    return queue;
  } catch (error) {
    queue.disconnect().catch(() => {});
    const message = `queue: Redis cannot be reached: ${last?.message || last?.code || String(error)}`;
    throw new ChromaskError('queue', message, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
