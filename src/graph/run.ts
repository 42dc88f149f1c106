// One run of a plan: makes its nodes in order, and frees each intermediate result after its last reader.
import type { Pause } from '../base/pause.js';
import type { Slot } from '../engine.js';
import type { Evaluator } from './evaluator.js';
import type { Hold, Node } from './node.js';
import { overwritable, type Plan, passesFor, readBy } from './plan.js';
import type { Store } from './store.js';

/** All holds that a run touches stay busy until `settle`, so that none is freed while the run waits for counts. */
export class Run {
  readonly #holds = new Map<Node, Hold>();

  constructor(
    readonly evaluator: Evaluator,
    readonly plan: Plan,
    readonly pause?: Pause,
  ) {}

  get #store(): Store {
    return this.evaluator.store;
  }

  readonly slot = (node: Node): Slot | undefined => this.#holds.get(node)?.slot;

  /** Make every node of the plan but `skipped`. */
  async make(skipped?: Node): Promise<void> {
    const { evaluator, plan } = this;
    try {
      for (const leaf of plan.leaves) this.#hold(leaf, need(leaf.hold));
      for (const leaf of plan.leaves) await this.#count(leaf);
      let done = 0;
      for (const node of plan.made) {
        await evaluator.pause?.(done++, plan.made.length);
        evaluator.check();
        await this.pause?.();
        if (node === skipped) continue;
        const read = readBy(node, (one) => this.#holds.has(one));
        if (node.op === 'source') this.#hold(node, this.#store.upload(node));
        else await this.#produce(node);
        await this.#count(node);
        for (const input of read) this.#wasRead(input);
      }
    } catch (error) {
      this.settle();
      throw error;
    }
  }

  /** Ends a run: frees its intermediate results. What was there before stays, and so does the target, still busy. */
  settle(): void;
  settle(target: Node): Hold;
  settle(target?: Node): Hold | undefined {
    const kept = target && need(this.#holds.get(target));
    if (kept) kept.busy++;
    for (const [node, hold] of this.#holds) {
      if (node !== target && hold.derived && hold.fresh) this.#store.drop(hold);
      hold.fresh = false;
      this.#store.release(hold);
    }
    return kept;
  }

  #hold(node: Node, hold: Hold): void {
    hold.busy++;
    this.#holds.set(node, hold);
  }

  async #count(node: Node): Promise<void> {
    if (!this.plan.counted.has(node) || node.counts) return;
    const store = this.#store;
    node.counts = await store.roomy(() => store.engine.histogram(need(this.slot(node)), this.pause));
  }

  #wasRead(input: Node): void {
    const { readers } = this.plan;
    const left = (readers.get(input) ?? 0) - 1;
    readers.set(input, left);
    const hold = this.#holds.get(input);
    if (left > 0 || !hold?.fresh) return;
    this.#holds.delete(input);
    this.#store.drop(hold);
    this.#store.release(hold);
  }

  async #produce(node: Node): Promise<void> {
    const { pause, evaluator } = this;
    const store = this.#store;
    const { engine } = store;
    const passes = await passesFor(node, this.slot, pause);
    const spare = this.#spare(node);
    const slot = spare?.hold.slot ?? store.alloc(node.extent);
    try {
      // an engine asks for all the room it needs before it writes, so this can be tried again even over a spare
      await store.roomy(async () => {
        if (node.regional && !engine.limits.regions) await evaluator.elsewhere.run(engine, slot, passes, pause);
        else if (this.plan.counted.has(node) && !node.counts && engine.memory)
          node.counts = await engine.memory.runCounting(slot, passes, pause);
        else await engine.run(slot, passes, pause);
      });
    } catch (error) {
      if (!spare) engine.free(slot);
      throw error;
    }
    if (spare) {
      store.forget(spare.hold);
      this.#holds.delete(spare.node);
    }
    this.#hold(node, store.keep(node, slot, true, engine));
  }

  /** What a pass may write over: an intermediate result that only this pass still reads, pixel by pixel. */
  #spare(node: Node): { node: Node; hold: Hold } | undefined {
    if (!this.#store.engine.limits.inPlace) return undefined;
    const spare = overwritable(node, (one) => this.#holds.has(one));
    const hold = spare && this.#holds.get(spare);
    const last = hold?.fresh && hold.busy === 1 && this.plan.readers.get(spare as Node) === 1;
    return last ? { node: spare as Node, hold } : undefined;
  }
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a node lost its slot while it was being read');
  return value;
}
