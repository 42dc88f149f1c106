// Where results are kept: slots of the engine, what holds them, and what is freed when memory is short.
import { ChromaskError } from '../base/errors.js';
import type { Engine, Extent, Numbers, Slot } from '../engine.js';
import { type Hold, Node } from './node.js';
import { Spare } from './reclaim.js';
import { regrown } from './views.js';

export class Store {
  /** The engine that holds new results. */
  engine: Engine;
  readonly #spare: Spare;
  /** A node that is out of reach gives its memory back. */
  readonly #unreachable = new FinalizationRegistry<Hold>((hold) => this.drop(hold));

  /** `cache` is how many bytes of derived results to keep for a second question. */
  constructor(
    engine: Engine,
    readonly cache: number,
  ) {
    this.engine = engine;
    this.#spare = new Spare(cache, (hold) => this.drop(hold));
  }

  /** The slot of a node on the current engine, if it has one. */
  slotOf({ hold }: Node): Slot | undefined {
    return hold && hold.engine === this.engine && !hold.dropped && !hold.engine.life?.lost ? hold.slot : undefined;
  }

  /** The node of numbers from outside. They are copied: into the engine, or outside it if its memory can vanish. */
  source(pixels: Numbers, extent: Extent): Node {
    const node = new Node('source', {}, [], extent);
    if (this.engine.life) node.pixels = pixels.slice();
    else this.write(node, pixels);
    return node;
  }

  keep(node: Node, slot: Slot, derived: boolean, engine = this.engine): Hold {
    const hold: Hold = { engine, slot, derived, fresh: derived, busy: 0, dropped: false };
    node.hold = hold;
    this.#unreachable.register(node, hold, hold);
    if (derived) this.#spare.kept.add(hold);
    else this.#spare.sources.add(hold, node);
    return hold;
  }

  drop(hold: Hold): void {
    if (hold.dropped) return;
    this.forget(hold);
    if (!hold.busy) hold.engine.free(hold.slot);
  }

  /** Drops a hold whose memory belongs to another hold now. */
  forget(hold: Hold): void {
    hold.dropped = true;
    this.#unreachable.unregister(hold);
    this.#spare.kept.delete(hold);
    this.#spare.sources.delete(hold);
  }

  /** Note that a hold is used: it stays until `release`, and is the last to go when room is short. */
  use(hold: Hold): Hold {
    this.#spare.kept.touch(hold);
    hold.busy++;
    return hold;
  }

  release(hold: Hold): void {
    hold.busy--;
    if (!hold.busy && hold.dropped) hold.engine.free(hold.slot);
  }

  /** Frees what exceeds the cache's limit. */
  trim(): void {
    for (let old = this.#spare.kept.excess(); old; old = this.#spare.kept.excess()) this.drop(old);
  }

  /** Frees all derived results: nodes make them again when they are needed. */
  clear(): void {
    for (const hold of this.#spare.kept.all()) this.drop(hold);
  }

  /** Frees nothing any more: all memory goes with the engine. */
  close(): void {
    this.#spare.kept.clear();
    this.engine.close();
  }

  /** Write a source's numbers into memory of their own. */
  write(node: Node, pixels: Numbers): Hold {
    const { byteOffset, length } = pixels;
    const slot = this.alloc(node.extent);
    try {
      this.engine.write(
        slot,
        pixels.length === length ? pixels : regrown(this.engine, slot, pixels, byteOffset, length),
      );
    } catch (error) {
      this.engine.free(slot);
      throw error;
    }
    return this.keep(node, slot, false);
  }

  /** The same for a source that waits outside the engine. */
  upload(node: Node): Hold {
    if (node.gone) throw new ChromaskError('disposed', node.gone);
    if (!node.pixels)
      throw new ChromaskError('context-lost', 'source: the picture went with its GPU context; load it again');
    const hold = this.write(node, node.pixels);
    if (node.movable && !hold.engine.life) node.pixels = undefined;
    return hold;
  }

  /** Memory for a result; if it is short, what can be made again is freed first. */
  alloc(extent: Extent): Slot {
    return this.#spare.alloc(() => this.engine.alloc(extent));
  }

  /** The same for work that needs memory of its own while it runs. */
  roomy<T>(work: () => Promise<T> | T): Promise<T> {
    return this.#spare.roomy(work);
  }
}
