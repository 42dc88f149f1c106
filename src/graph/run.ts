// One run of a plan: every recipe of it is made in order, and what lies in between goes after its last reader.
import type { Breath } from '../base/pause.js';
import type { Slot } from '../engine.js';
import type { Evaluator } from './evaluator.js';
import type { Hold, Recipe } from './node.js';
import { overwritable, type Plan, passesFor, readBy } from './plan.js';
import type { Store } from './store.js';

/** All holds that a run touches stay busy until `settle`, so nothing can take them away while it waits for counts. */
export class Run {
  readonly #holds = new Map<Recipe, Hold>();

  constructor(
    readonly evaluator: Evaluator,
    readonly plan: Plan,
    readonly breath?: Breath,
  ) {}

  get #store(): Store {
    return this.evaluator.store;
  }

  readonly slot = (recipe: Recipe): Slot | undefined => this.#holds.get(recipe)?.slot;

  /** Make every recipe of the plan but `skipped`. */
  async make(skipped?: Recipe): Promise<void> {
    const { evaluator, plan } = this;
    try {
      for (const leaf of plan.leaves) this.#lend(leaf, need(leaf.hold));
      for (const leaf of plan.leaves) await this.#count(leaf);
      let done = 0;
      for (const recipe of plan.made) {
        await evaluator.pause?.(done++, plan.made.length);
        evaluator.check();
        await this.breath?.();
        if (recipe === skipped) continue;
        const read = readBy(recipe, (one) => this.#holds.has(one));
        if (recipe.op === 'source') this.#lend(recipe, this.#store.upload(recipe));
        else await this.#produce(recipe);
        await this.#count(recipe);
        for (const input of read) this.#wasRead(input);
      }
    } catch (error) {
      this.settle();
      throw error;
    }
  }

  /** The end of a run: in-between results go; what was there before stays, and so does the target, still busy. */
  settle(): void;
  settle(target: Recipe): Hold;
  settle(target?: Recipe): Hold | undefined {
    const kept = target && need(this.#holds.get(target));
    if (kept) kept.busy++;
    for (const [recipe, hold] of this.#holds) {
      if (recipe !== target && hold.derived && hold.fresh) this.#store.drop(hold);
      hold.fresh = false;
      this.#store.release(hold);
    }
    return kept;
  }

  #lend(recipe: Recipe, hold: Hold): void {
    hold.busy++;
    this.#holds.set(recipe, hold);
  }

  async #count(recipe: Recipe): Promise<void> {
    if (!this.plan.counted.has(recipe) || recipe.counts) return;
    const store = this.#store;
    recipe.counts = await store.roomy(() => store.engine.histogram(need(this.slot(recipe)), this.breath));
  }

  #wasRead(input: Recipe): void {
    const { readers } = this.plan;
    const left = (readers.get(input) ?? 0) - 1;
    readers.set(input, left);
    const hold = this.#holds.get(input);
    if (left > 0 || !hold?.fresh) return;
    this.#holds.delete(input);
    this.#store.drop(hold);
    this.#store.release(hold);
  }

  async #produce(recipe: Recipe): Promise<void> {
    const { breath, evaluator } = this;
    const store = this.#store;
    const { engine } = store;
    const passes = await passesFor(recipe, this.slot, breath);
    const spare = this.#spare(recipe);
    const slot = spare?.hold.slot ?? store.alloc(recipe.extent);
    try {
      // an engine asks for all the room it needs before it writes, so this can be tried again even over a spare
      await store.roomy(async () => {
        if (recipe.regional && !engine.limits.regions) await evaluator.elsewhere.run(engine, slot, passes, breath);
        else if (this.plan.counted.has(recipe) && !recipe.counts && engine.memory)
          recipe.counts = await engine.memory.runCounting(slot, passes, breath);
        else await engine.run(slot, passes, breath);
      });
    } catch (error) {
      if (!spare) engine.free(slot);
      throw error;
    }
    if (spare) {
      store.forget(spare.hold);
      this.#holds.delete(spare.recipe);
    }
    this.#lend(recipe, store.keep(recipe, slot, true, engine));
  }

  /** What a pass may write over: an in-between result that it alone still reads, pixel by pixel. */
  #spare(recipe: Recipe): { recipe: Recipe; hold: Hold } | undefined {
    if (!this.#store.engine.limits.inPlace) return undefined;
    const spare = overwritable(recipe, (one) => this.#holds.has(one));
    const hold = spare && this.#holds.get(spare);
    const last = hold?.fresh && hold.busy === 1 && this.plan.readers.get(spare as Recipe) === 1;
    return last ? { recipe: spare as Recipe, hold } : undefined;
  }
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a recipe lost its slot while it was being read');
  return value;
}
