// Reading for a limited time: a source that never answers fails one picture, not the run.
import { ChromaskError } from 'chromask';
import { stopped } from '../base/path.js';

/** Milliseconds in which a picture must have been read, where none are given. */
export const readTimeout = 60_000;

export const builtin = <Module>(name: string): Promise<Module> => import(name) as Promise<Module>;

/** Runs `read` with a signal that ends with the given one, and when the time is over. */
export async function within<T>(
  ms: number,
  name: string,
  read: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const limit = new AbortController();
  const stop = (): void => limit.abort(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  const timer = setTimeout(() => limit.abort(late(name, ms)), ms);
  try {
    return await stopped(read(limit.signal), limit.signal);
  } catch (error) {
    // what was stopped says so in words of its own
    throw limit.signal.aborted ? limit.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function late(name: string, ms: number): ChromaskError {
  const cause = new DOMException('The time to read is over', 'TimeoutError');
  return new ChromaskError('limit', `${name} was not read within ${ms / 1000} s (--read-timeout)`, { cause });
}

/** Whether a read took too long: the disk, or the writer of the pipe, may answer another time. */
export const isLate = (error: unknown): boolean =>
  error instanceof ChromaskError && error.cause instanceof DOMException && error.cause.name === 'TimeoutError';
