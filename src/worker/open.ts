// Opens a device that works in a worker. The page only records what is requested.
import type { Device } from '../api/device.js';
import type { OpenOptions as AnyOptions } from '../api/open.js';
import { checkShared } from '../api/options.js';
import { ChromaskError, refusal } from '../base/errors.js';
import { type Endpoint, errorOf, isEndpoint, type Reply } from './protocol.js';
import { RemoteHome } from './remote.js';
import { RemoteDevice } from './remoteDevice.js';

export interface WorkerOptions extends Omit<AnyOptions, 'gl'> {
  /**
   * A worker whose script calls `serve()`, made in your bundler's way, or a function that makes one. Without it, the
   * package's own `chromask.worker.js` is started, from the folder of this script.
   */
  worker?: Endpoint | (() => Endpoint) | undefined;
  /** Receives how many of the results that a call needs have been made. */
  progress?: ((done: number, total: number) => void) | undefined;
}

/**
 * A device with the same methods and results as `open` gives, that does no work on this thread. It refuses
 * `allocImage` and `texture`, because a worker shares no memory and no context.
 */
export async function openWorker(options: WorkerOptions = {}): Promise<Device> {
  checkShared('openWorker', options, 'device wasm worker progress');
  const { worker = started, progress, signal, wasm, ...rest } = options;
  if (progress !== undefined && typeof progress !== 'function') {
    throw refusal('openWorker', 'progress', 'a function', progress);
  }
  if (rest.device !== undefined && typeof rest.device !== 'string') {
    throw refusal('openWorker', 'device', 'one of auto, webgl2, wasm', rest.device);
  }
  signal?.throwIfAborted();
  const endpoint = typeof worker === 'function' ? worker() : worker;
  if (!isEndpoint(endpoint)) {
    throw refusal('openWorker', 'worker', 'a Worker, a MessagePort, or a function that gives one', worker);
  }
  const life = new MessageChannel();
  const end = (): void => {
    life.port1.close();
    if ('terminate' in endpoint && typeof endpoint.terminate === 'function') endpoint.terminate();
    else if ('close' in endpoint && typeof endpoint.close === 'function') endpoint.close();
  };
  const kernels = await portable(wasm);
  return new Promise((resolve, reject) => {
    let device: RemoteDevice | undefined;
    let home: RemoteHome | undefined;
    const refused = (error: unknown): void => {
      end();
      reject(error);
    };
    signal?.addEventListener('abort', () => device ?? refused(signal.reason), { once: true });
    endpoint.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      switch (data.type) {
        case 'opened':
          home = new RemoteHome(endpoint, data.facts, end);
          device = new RemoteDevice(home);
          globalThis.navigator?.locks?.request(lock, over).catch(() => {});
          return resolve(device);
        case 'refused':
          return refused(errorOf(data.failure));
        case 'progress':
          return progress?.(data.done, data.total);
        case 'event':
          return home?.tell(data.event, data.facts);
        default:
          return home?.receive(data);
      }
    });
    endpoint.addEventListener('error', (event) => {
      const text = 'message' in event && event.message ? String(event.message) : 'its script could not be loaded';
      const error = new ChromaskError('no-device', `openWorker: the worker failed: ${text}`);
      if (home) home.fail(error);
      else refused(error);
    });
    // a terminated worker reports nothing itself, but browsers free its lock, and Node closes its end of the channel
    const over = (): void => {
      const error = new ChromaskError('no-device', 'openWorker: the worker has ended; open another');
      if (home) home.ended(error);
      else refused(error);
    };
    const lock = `chromask ${Date.now()} ${Math.random()}`;
    life.port1.addEventListener('close', over);
    life.port1.start();
    endpoint.start?.();
    const sent = { ...rest, ...(kernels ? { wasm: kernels } : {}) };
    try {
      endpoint.postMessage({ type: 'open', options: sent, alive: life.port2, lock }, [life.port2]);
    } catch {
      refused(refusal('openWorker', 'wasm', 'bytes, a Response, a URL or a WebAssembly.Module', wasm));
    }
  });
}

function started(): Endpoint {
  if (typeof Worker === 'undefined') {
    throw new ChromaskError('unsupported', 'openWorker: there is no Worker here; bring one, or a MessagePort');
  }
  const address = new URL('./chromask.worker.js', import.meta.url);
  try {
    return new Worker(address, { type: 'module', name: 'chromask' });
  } catch (cause) {
    // a sandboxed frame has no origin for workers, and trusted types may forbid every script address
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ChromaskError('no-device', `openWorker: the browser starts no worker here: ${reason}`, { cause });
  }
}

/** Kernels in a form that messages can carry. Addresses are resolved against the page. */
async function portable(wasm: WorkerOptions['wasm']): Promise<unknown> {
  if (typeof Response !== 'undefined' && wasm instanceof Response) {
    if (!wasm.ok || wasm.bodyUsed)
      throw refusal('openWorker', 'wasm', 'a response that succeeded and was not read', wasm);
    return wasm.arrayBuffer();
  }
  if (wasm instanceof URL) return wasm.href;
  return typeof wasm === 'string' && typeof document !== 'undefined' ? new URL(wasm, document.baseURI).href : wasm;
}
