// Where a device's results live: runs plans on the engine, keeps what was asked for, drops the oldest when room is short.

import type { ImageBatch } from '../api/image.js';
import type { MaskBatch } from '../api/mask.js';
import { ChromaskError } from '../base/errors.js';
import { type Breath, breathing } from '../base/pause.js';
import { turns } from '../base/serial.js';
import type { Engine, Extent, Numbers, Slot } from '../engine.js';
import { type Elsewhere, elsewhere } from './elsewhere.js';
import { Steady } from './failover.js';
import { as, type Hold, Recipe } from './node.js';
import { gathers, type Plan, passesFor, planFor } from './plan.js';
import { Spare } from './reclaim.js';
import { Run } from './run.js';
import { regrown, viewed } from './views.js';

export class Home {
  closed = false;
  readonly #spare: Spare;
  /** Makes batches of another class, where the work is done elsewhere. */
  mask?: (recipe: Recipe) => MaskBatch;
  image?: (recipe: Recipe) => ImageBatch;
  /** Called between the results of a run: it may tell how far the run is, and let others have the thread. */
  pause?: (done: number, total: number) => Promise<void>;
  /** Evaluations take turns: two of them would make, and free, the same slots. Reads wait outside. */
  readonly #inTurn = turns();
  /** A recipe that is out of reach gives its memory back. */
  #forgotten = new FinalizationRegistry<Hold>((hold) => this.drop(hold));

  readonly steady: Steady;
  /** Does on an engine with kernels what this one lacks. */
  readonly elsewhere: Elsewhere;

  constructor(
    engine: Engine,
    /** Bytes of derived results to keep for a second question. */
    readonly cache: number,
    /** Opens the engine that follows a lost one. */
    follow?: (lost: Engine) => Promise<Engine>,
    /** Called when it has taken over. */
    readonly followed: () => void = () => {},
    /** Opens an engine with kernels, for what this one lacks. */
    kernels?: () => Promise<Engine>,
  ) {
    this.elsewhere = elsewhere(kernels);
    this.#spare = new Spare(cache, (hold) => this.drop(hold));
    const change = async (put: () => void): Promise<void> => {
      put();
      // what the lost engine held is gone; recipes make it again when somebody asks
      for (const hold of this.#spare.kept.all()) this.drop(hold);
      if (this.closed) this.engine.close();
      else this.followed();
    };
    this.steady = new Steady(engine, (put) => this.#inTurn(() => change(put)), follow);
  }

  /** The engine of today. */
  get engine(): Engine {
    return this.steady.engine;
  }

  /** The recipe of numbers from outside. They are copied: into the engine, or beside one whose memory can vanish. */
  source(pixels: Numbers, extent: Extent): Recipe {
    const recipe = new Recipe('source', {}, [], extent);
    if (this.engine.life) recipe.pixels = pixels.slice();
    else this.write(recipe, pixels);
    return recipe;
  }

  /** The slot of a recipe on the engine of today, if it has one. */
  slotOf(recipe: Recipe): Slot | undefined {
    const hold = recipe.hold;
    return hold && hold.engine === this.engine && !hold.dropped && !hold.engine.life?.lost ? hold.slot : undefined;
  }

  keep(recipe: Recipe, slot: Slot, derived: boolean, engine = this.engine): Hold {
    const hold: Hold = { engine, slot, derived, fresh: derived, busy: 0, dropped: false };
    recipe.hold = hold;
    this.#forgotten.register(recipe, hold, hold);
    if (derived) this.#spare.kept.add(hold);
    else this.#spare.sources.add(hold, recipe);
    return hold;
  }

  drop(hold: Hold): void {
    if (hold.dropped) return;
    this.forget(hold);
    if (!hold.busy) hold.engine.free(hold.slot);
  }

  /** Drop a hold whose memory somebody else has now. */
  forget(hold: Hold): void {
    hold.dropped = true;
    this.#forgotten.unregister(hold);
    this.#spare.kept.delete(hold);
    this.#spare.sources.delete(hold);
  }

  /** Elements of a batch, bytes or floats. With `into` they go to the caller's array and nowhere else. */
  deliver(recipe: Recipe, into: Numbers, keep: boolean, signal?: AbortSignal): Promise<void> {
    return this.steady.again(() => this.#deliver(recipe, into, keep, signal));
  }

  async #deliver(recipe: Recipe, into: Numbers, keep: boolean, signal?: AbortSignal): Promise<void> {
    const bytes = into instanceof Uint8Array;
    const typed = bytes && recipe.extent.dtype === 'float32' ? as('uint8', recipe) : recipe;
    // nobody could ask again for the result of a recipe that is made here
    const kept = keep && typed === recipe;
    let before = false;
    const breath = this.#breath(signal);
    const hold = await this.#inTurn(async () => {
      before = this.slotOf(typed) !== undefined;
      if (!kept && (await this.#stream(typed, into, breath))) return undefined;
      return this.#make(typed, breath);
    }, signal);
    if (!hold) return;
    try {
      await this.roomy(() => hold.engine.read(hold.slot, into, breath));
      signal?.throwIfAborted();
    } finally {
      this.release(hold);
      if (!kept && hold.derived && !before) this.drop(hold);
    }
  }

  /** Make sure a recipe has a slot, and lend it for the length of `use`. */
  lend<T>(
    recipe: Recipe,
    use: (slot: Slot, engine: Engine, breath?: Breath) => Promise<T> | T,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.steady.again(async () => {
      const breath = this.#breath(signal);
      const hold = await this.#inTurn(() => this.#make(recipe, breath), signal);
      try {
        return await this.roomy(() => use(hold.slot, hold.engine, breath));
      } finally {
        this.release(hold);
      }
    });
  }

  /**
   * Lend a batch's numbers where they lie, of an engine with `memory`; what nobody keeps goes afterwards. What `use` gives
   * comes in an object, so that nobody waits for it.
   */
  async borrow<T>(
    recipe: Recipe,
    keep: boolean,
    use: (numbers: Numbers) => T,
    signal?: AbortSignal,
  ): Promise<{ given: T }> {
    // an error of `use` is its own: only one of ours is a reason to try again
    const outcome = await this.lend(
      recipe,
      (slot, engine) => {
        const numbers = engine.memory?.shared ? viewed(engine, slot).slice() : viewed(engine, slot);
        try {
          return { given: use(numbers) };
        } catch (error) {
          return { error };
        }
      },
      signal,
    );
    if (!keep && recipe.hold) this.drop(recipe.hold);
    if ('error' in outcome) throw outcome.error;
    return outcome;
  }

  /**
   * 256 counts for each picture of a byte mask, counted once. In a turn of its own: an evaluation that needed the counts of
   * one behind it would wait for ever.
   */
  counts(recipe: Recipe, signal?: AbortSignal): Promise<readonly Uint32Array[]> {
    return this.steady.again(() =>
      this.#inTurn(async () => {
        if (recipe.counts) return recipe.counts;
        const breath = this.#breath(signal);
        const hold = await this.#make(recipe, breath);
        try {
          recipe.counts = await this.roomy(() => hold.engine.histogram(hold.slot, breath));
          return recipe.counts;
        } finally {
          this.release(hold);
        }
      }, signal),
    );
  }

  /** What was made of a batch for one question goes with the answer: nobody could ask for it again. */
  async passing<T>(made: Recipe, batch: Recipe, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } finally {
      if (made !== batch && made.hold) this.drop(made.hold);
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#spare.kept.clear();
    this.engine.close();
    this.elsewhere.close();
  }

  #planFor(recipe: Recipe): Plan {
    return planFor(recipe, (input) => this.slotOf(input) !== undefined, this.engine.limits);
  }

  release(hold: Hold): void {
    hold.busy--;
    if (!hold.busy && hold.dropped) hold.engine.free(hold.slot);
  }

  /** Only what can be stopped has to pause. */
  #breath(signal?: AbortSignal): Breath | undefined {
    return signal && breathing(() => this.check(signal));
  }

  /** Deliver without a slot of its own, where the engine and the recipe allow it. */
  async #stream(recipe: Recipe, into: Numbers, breath?: Breath): Promise<boolean> {
    const { engine } = this;
    if (!engine.memory || this.slotOf(recipe)) return false;
    const wanted = into instanceof Float32Array ? as('float32', recipe) : recipe;
    if (wanted.op === 'source') return false;
    const plan = this.#planFor(wanted);
    if (gathers(wanted, plan)) return false;
    const run = new Run(this, plan, breath);
    await run.make(wanted);
    try {
      const passes = await passesFor(wanted, run.slot, breath);
      await this.roomy(async () => engine.memory?.stream(wanted.extent, passes, into, breath));
      return true;
    } finally {
      run.settle();
    }
  }

  /** The hold of a recipe, made if need be, and marked busy. Runs inside a turn. */
  async #make(recipe: Recipe, breath?: Breath): Promise<Hold> {
    this.check();
    if (recipe.hold && this.slotOf(recipe)) {
      this.#spare.kept.touch(recipe.hold);
      recipe.hold.busy++;
      return recipe.hold;
    }
    const run = new Run(this, this.#planFor(recipe), breath);
    await run.make();
    const hold = run.settle(recipe);
    for (let old = this.#spare.kept.excess(); old; old = this.#spare.kept.excess()) this.drop(old);
    return hold;
  }

  /** Write a source's numbers into memory of their own. */
  write(recipe: Recipe, pixels: Numbers): Hold {
    const { byteOffset, length } = pixels;
    const slot = this.alloc(recipe.extent);
    try {
      this.engine.write(
        slot,
        pixels.length === length ? pixels : regrown(this.engine, slot, pixels, byteOffset, length),
      );
    } catch (error) {
      this.engine.free(slot);
      throw error;
    }
    return this.keep(recipe, slot, false);
  }

  upload(recipe: Recipe): Hold {
    if (recipe.gone) throw new ChromaskError('disposed', recipe.gone);
    if (!recipe.pixels)
      throw new ChromaskError('context-lost', 'source: the picture went with its GPU context; load it again');
    const hold = this.write(recipe, recipe.pixels);
    if (recipe.movable && !hold.engine.life) recipe.pixels = undefined;
    return hold;
  }

  /** Room for a result; if it is short, what can be made again is freed first. */
  alloc(extent: Extent): Slot {
    return this.#spare.alloc(() => this.engine.alloc(extent));
  }

  /** The same for work that needs room of its own while it runs. */
  roomy<T>(work: () => Promise<T> | T): Promise<T> {
    return this.#spare.roomy(work);
  }

  check(signal?: AbortSignal): void {
    if (this.closed) throw new ChromaskError('closed', 'the device was closed');
    signal?.throwIfAborted();
  }
}
