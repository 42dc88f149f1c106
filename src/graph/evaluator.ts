// Evaluates the batches of a device on this thread: plans what is asked, runs it on the engine, and delivers the result.
import { ChromaskError } from '../base/errors.js';
import { type Pause, pausing } from '../base/pause.js';
import { turns } from '../base/serial.js';
import type { Engine, Extent, Numbers, Slot, Stats } from '../engine.js';
import type { Aid } from './aid.js';
import type { Elsewhere } from './elsewhere.js';
import type { Losing } from './failover.js';
import type { Home } from './home.js';
import { type LifeEvent, Listeners } from './listeners.js';
import { as, type Hold, type Node } from './node.js';
import { gathers, type Plan, passesFor, planFor } from './plan.js';
import { type Reserved, reserved } from './reserved.js';
import { Run } from './run.js';
import { Store } from './store.js';
import { numbersToShow } from './views.js';

export class Evaluator implements Home {
  closed = false;
  readonly here = this;
  readonly store: Store;
  /** Called between the results of a run: it may report progress, and give the event loop a turn. */
  pause?: (done: number, total: number) => Promise<void>;
  /** Evaluations take turns: two of them would make, and free, the same slots. Reads wait outside. */
  readonly #inTurn = turns();
  readonly #listeners = new Listeners();
  readonly #aid: Aid | undefined;

  constructor(
    engine: Engine,
    /** Bytes of derived results to keep for a second question. */
    cache: number,
    /** Of an engine that can be lost and has no kernels. */
    aid?: (losing: Losing) => Aid,
  ) {
    this.store = new Store(engine, cache);
    const change = async (put: () => void): Promise<void> => {
      put();
      this.store.clear();
      if (this.closed) this.engine.close();
      else this.#listeners.tell('restored');
    };
    this.#aid = aid?.({
      store: this.store,
      change: (put) => this.#inTurn(() => change(put)),
      lost: () => this.#listeners.tell('lost'),
    });
  }

  /** Does work on the engine; again on the next one, if this one is lost meanwhile. */
  again<T>(work: () => Promise<T>): Promise<T> {
    return this.#aid ? this.#aid.again(work) : work();
  }

  /** Does what this engine lacks on one with kernels. */
  get elsewhere(): Elsewhere {
    if (this.#aid) return this.#aid.elsewhere;
    throw new Error('this engine has kernels of its own');
  }

  get engine(): Engine {
    return this.store.engine;
  }

  get name(): Engine['name'] {
    return this.engine.name;
  }

  get limits(): Home['limits'] {
    const { memory, side } = this.engine.limits;
    return { memory, side, cache: this.store.cache };
  }

  stats(): Stats {
    return this.engine.stats();
  }

  on(event: LifeEvent, listener: () => void): () => void {
    return this.#listeners.on(event, listener);
  }

  source(pixels: Numbers, extent: Extent): Node {
    return this.store.source(pixels, extent);
  }

  /** A source that its owner fills in place. */
  reserved(extent: Extent): Reserved {
    return reserved(this.store, extent);
  }

  has(node: Node): boolean {
    return this.store.slotOf(node) !== undefined;
  }

  /** Elements of a batch, bytes or floats. With `into` they go to the caller's array and nowhere else. */
  deliver(node: Node, into: Numbers, keep: boolean, signal?: AbortSignal): Promise<void> {
    return this.again(() => this.#deliver(node, into, keep, signal));
  }

  async #deliver(node: Node, into: Numbers, keep: boolean, signal?: AbortSignal): Promise<void> {
    const { store } = this;
    const bytes = into instanceof Uint8Array;
    const typed = bytes && node.extent.dtype === 'float32' ? as('uint8', node) : node;
    // this node was made for one read: its result is not worth keeping
    const kept = keep && typed === node;
    let before = false;
    const pause = this.#pause(signal);
    const hold = await this.#inTurn(async () => {
      before = this.has(typed);
      if (!kept && (await this.#stream(typed, into, pause))) return undefined;
      return this.#make(typed, pause);
    }, signal);
    if (!hold) return;
    try {
      await store.roomy(() => hold.engine.read(hold.slot, into, pause));
      signal?.throwIfAborted();
    } finally {
      store.release(hold);
      if (!kept && hold.derived && !before) store.drop(hold);
    }
  }

  /** Make sure a node has a slot, and lend it for the length of `use`. */
  lend<T>(
    node: Node,
    use: (slot: Slot, engine: Engine, pause?: Pause) => Promise<T> | T,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.again(async () => {
      const pause = this.#pause(signal);
      const hold = await this.#inTurn(() => this.#make(node, pause), signal);
      try {
        return await this.store.roomy(() => use(hold.slot, hold.engine, pause));
      } finally {
        this.store.release(hold);
      }
    });
  }

  /**
   * Calls `use` with a view of a batch's numbers, of an engine with `memory`; with a copy of what threads share, unless that is
   * wanted. Unreferenced results are freed. The result comes in an object, so that a promise which `use` returned is not awaited.
   */
  async borrow<T>(
    node: Node,
    keep: boolean,
    shared: boolean,
    use: (numbers: Numbers) => T,
    signal?: AbortSignal,
  ): Promise<{ given: T }> {
    // an error of `use` is the caller's own; only an error of the engine is a reason to try again
    const outcome = await this.lend(
      node,
      (slot, engine) => {
        const numbers = numbersToShow(engine, slot, shared);
        try {
          return { given: use(numbers) };
        } catch (error) {
          return { error };
        }
      },
      signal,
    );
    if (!keep && node.hold) this.store.drop(node.hold);
    if ('error' in outcome) throw outcome.error;
    return outcome;
  }

  /** Frees what was made of a batch for one read only: nothing can read it again. */
  async passing<T>(made: Node, batch: Node, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } finally {
      if (made !== batch && made.hold) this.store.drop(made.hold);
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.store.close();
    this.#aid?.elsewhere.close();
  }

  check(signal?: AbortSignal): void {
    if (this.closed) throw new ChromaskError('closed', 'the device was closed');
    signal?.throwIfAborted();
  }

  #planFor(node: Node): Plan {
    return planFor(node, (input) => this.has(input), this.engine.limits, this.#aid?.split);
  }

  /** Only work with a signal pauses. */
  #pause(signal?: AbortSignal): Pause | undefined {
    return signal && pausing(() => this.check(signal));
  }

  /** Deliver without a slot of its own, where the engine and the node allow it. */
  async #stream(node: Node, into: Numbers, pause?: Pause): Promise<boolean> {
    const { memory } = this.engine;
    if (!memory || this.has(node)) return false;
    const wanted = into instanceof Float32Array ? as('float32', node) : node;
    if (wanted.op === 'source') return false;
    const plan = this.#planFor(wanted);
    if (gathers(wanted, plan)) return false;
    const run = new Run(this, plan, pause);
    await run.make(wanted);
    try {
      const passes = await passesFor(wanted, run.slot, pause);
      await this.store.roomy(() => memory.stream(wanted.extent, passes, into, pause));
      return true;
    } finally {
      run.settle();
    }
  }

  /** The hold of a node, made if need be, and marked busy. Runs inside a turn. */
  async #make(node: Node, pause?: Pause): Promise<Hold> {
    this.check();
    if (node.hold && this.has(node)) return this.store.use(node.hold);
    const run = new Run(this, this.#planFor(node), pause);
    await run.make();
    const hold = run.settle(node);
    this.store.trim();
    return hold;
  }
}
