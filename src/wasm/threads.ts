// The threads of a device: started at the first work that is worth it, idle at no cost, ended with the device.

import { ChromaskError } from '../base/errors.js';
import { builtin, isNode } from '../base/node.js';
import { nextTurn, type Pause } from '../base/pause.js';
import { Crew } from './crew.js';
import { ALL, BUSY, FAILED, type Job, LEFT, NEXT, placesOf } from './job.js';
import type { Kernels } from './module.js';
import { doze, drawn, shareOf } from './share.js';
import type { Shared } from './start.js';
import type { Message } from './thread.js';

/** Milliseconds to wait for other threads before the event loop gets a turn. */
const PATIENCE = 4;
/** The most threads for `auto`. */
const ENOUGH = 16;
/** Bytes of scratch memory for a thread's kernels. */
const SCRATCH = 256;

export interface Thread {
  readonly member: number;
  /** How many modules it has received. */
  known: number;
  ended: boolean;
  post(message: Message): void;
  end(): void;
}

/** How many threads work together. If memory cannot be shared, this is 1 and `why` gets a sentence. */
export async function membersOf(threads: number | 'auto', source: unknown, why: string[]): Promise<number> {
  const barrier =
    typeof SharedArrayBuffer === 'undefined' || globalThis.crossOriginIsolated === false
      ? 'this page is not cross-origin isolated, and shares no memory'
      : source instanceof WebAssembly.Module
        ? 'kernels that are compiled already share no memory: bring their bytes'
        : undefined;
  if (barrier) why.push(`threads: ${barrier}; one thread does all`);
  if (barrier) return 1;
  if (threads !== 'auto') return threads;
  const node = await builtin<typeof import('node:os')>('node:os');
  return Math.min(ENOUGH, node?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1);
}

/**
 * The pages that memory for this many bytes of pictures may grow to, which shared memory must declare at its
 * creation.
 */
export const pagesFor = (bytes: number): number => Math.min(65536, Math.ceil(bytes / 65536) + 256);

export function crewOf(
  members: number,
  shared: Shared,
  kernels: Kernels,
  script: string | URL | undefined,
  why: string[],
): Crew {
  return new Threads(members, shared, kernels, script, why);
}

export class Threads extends Crew {
  readonly base: number;
  readonly #scratch: number;
  /** The started threads. */
  started: Promise<readonly Thread[]> | undefined;
  #closed = false;
  #failure = '';

  constructor(
    readonly members: number,
    readonly shared: Shared,
    kernels: Kernels,
    /** The address of the thread's script if it is not the package's own. */
    readonly script: string | URL | undefined,
    readonly why: string[],
  ) {
    super();
    this.#scratch = Math.ceil(kernels.base() / SCRATCH) * SCRATCH;
    this.base = this.#scratch + members * SCRATCH;
    this.placed(kernels);
  }

  override placed(kernels: Kernels): Kernels {
    // a starting thread writes the binary's data again while others work, so scratch memory must lie elsewhere
    kernels.scratchAt?.(this.#scratch);
    return kernels;
  }

  async run(kernels: Kernels, job: Job, pause?: Pause, meanwhile?: () => void): Promise<void> {
    this.started ??= this.#start();
    const most = placesOf(job);
    const threads = (await this.started).filter(({ ended, member }) => !ended && member < most);
    const state = new Int32Array(new SharedArrayBuffer(4 * (BUSY + this.members)));
    for (const thread of threads) this.#send(thread, job, state);
    try {
      meanwhile?.();
      let since = performance.now();
      for (const worked of drawn(state, shareOf(job, kernels, this.shared.memory, 0))) {
        const wait = pause?.();
        if (wait) await wait;
        if (worked) since = performance.now();
        else doze(state);
        if (performance.now() - since < PATIENCE) continue;
        // the thread that this one waits for may have ended, which only the event loop reports
        await nextTurn();
        this.#missing(state, threads);
        since = performance.now();
      }
    } catch (error) {
      // other threads stop taking pieces
      Atomics.store(state, NEXT, ALL);
      throw error;
    } finally {
      await this.#settled(state, threads);
    }
    if (this.#closed) throw new ChromaskError('closed', 'the device was closed');
    // a thread that starts late is marked busy too, though it finds no work
    const lost = threads.filter(({ ended, member }) => ended && Atomics.load(state, BUSY + member)).length;
    if (lost || Atomics.load(state, FAILED)) {
      const left = threads.filter(({ ended }) => !ended).length;
      const what = lost ? 'ended in the middle of its work' : `failed: ${this.#failure}`;
      throw new ChromaskError('no-device', `wasm: a thread ${what}; what is asked for next is done by ${left + 1}`);
    }
  }

  close(): void {
    this.#closed = true;
    this.started?.then((threads) => {
      for (const thread of threads) thread.end();
    });
  }

  #send(thread: Thread, job: Job, state: Int32Array): void {
    const { modules, mix } = this.shared;
    const scratch = this.#scratch + thread.member * SCRATCH;
    for (; thread.known < modules.length; thread.known++)
      thread.post({ kind: 'kernels', module: modules[thread.known], scratch, mix });
    thread.post({ kind: 'job', job, state });
  }

  /** Ends the job if a thread ended in the middle of a piece, so that threads waiting for it leave. */
  #missing(state: Int32Array, threads: readonly Thread[]): void {
    if (threads.some(({ ended, member }) => ended && Atomics.load(state, BUSY + member)))
      Atomics.store(state, NEXT, ALL);
  }

  /** Waits until no thread works. A thread that has ended does not report it. */
  async #settled(state: Int32Array, threads: readonly Thread[]): Promise<void> {
    for (;;) {
      const left = Atomics.load(state, LEFT);
      const busy = (): boolean =>
        threads.some(({ ended, member }) => !ended && Atomics.load(state, BUSY + member) === 1);
      if (!busy()) return;
      try {
        Atomics.wait(state, LEFT, left, PATIENCE);
      } catch {
        // a page's own thread may not sleep
        for (const since = performance.now(); busy() && performance.now() - since < PATIENCE; );
      }
      if (!busy()) return;
      await nextTurn();
      this.#missing(state, threads);
    }
  }

  async #start(): Promise<Thread[]> {
    const threads: Thread[] = [];
    try {
      for (let member = 1; member < this.members; member++) {
        const thread = await (isNode() ? this.#inNode(member) : this.#inPage(member));
        thread.post({ kind: 'memory', memory: this.shared.memory, member });
        threads.push(thread);
      }
    } catch (error) {
      this.#missed(error);
    }
    return threads;
  }

  #missed(error: unknown): void {
    if (!this.#closed)
      this.why.push(`threads: one could not be started (${error instanceof Error ? error.message : String(error)})`);
  }

  async #inNode(member: number): Promise<Thread> {
    const node = await builtin<typeof import('node:worker_threads')>('node:worker_threads');
    if (!node) throw new Error('there is no node:worker_threads');
    const { code } = await import('virtual:thread');
    const worker = new node.Worker(code, { eval: true, execArgv: [], name: 'chromask thread' });
    const thread = {
      member,
      known: 0,
      ended: false,
      post: (message: Message) => worker.postMessage(message),
      end: () => void worker.terminate(),
    };
    worker.on('message', (text) => {
      this.#failure = String(text);
    });
    worker.on('error', (error) => this.#missed(error));
    worker.on('exit', () => {
      thread.ended = true;
    });
    // an idle thread must not keep the process alive, which `on` has just requested
    worker.unref();
    return thread;
  }

  async #inPage(member: number): Promise<Thread> {
    const address = this.script ?? new URL('./chromask.thread.js', import.meta.url);
    const worker = new Worker(address, { type: 'module', name: 'chromask thread' });
    const thread = {
      member,
      known: 0,
      ended: false,
      post: (message: Message) => worker.postMessage(message),
      end: () => worker.terminate(),
    };
    worker.addEventListener('message', ({ data }) => {
      this.#failure = String(data);
    });
    worker.addEventListener('error', (event) => {
      thread.ended = true;
      this.#missed(event.message ?? 'its script could not be loaded');
    });
    return thread;
  }
}
