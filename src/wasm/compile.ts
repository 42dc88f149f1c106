// Prepares one pass to run: puts its parameters into memory, looks up its kernels, and sets where the result goes.
import type { Pause } from '../base/pause.js';
import { isPositional, type Numbers, type Pass } from '../engine.js';
import { Blocks } from './blocks.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import { linksOf } from './links.js';
import { Operands, pictureBytes, pixelBytes } from './operands.js';
import { amount, BAND, type Maker, makerOf, type Scratch, type Track, term } from './track.js';

/** The blocks of a run. They are allocated once all passes have said how much they need. */
export interface RunScratch extends Scratch {
  /** Bytes that the passes prepared so far need in each block. */
  bytes: number;
}

/**
 * Loads a pass's kernels. If its first step finds pixels by position, makes that step's result for the others to
 * read.
 */
export async function compilePass(
  engine: WasmEngine,
  pass: Pass,
  scratch: RunScratch,
  pause?: Pause,
): Promise<CompiledPass> {
  const blocks = new Blocks(engine.arena);
  let gathered: WasmSlot | undefined;
  const end = (): void => {
    blocks.end();
    if (gathered) engine.free(gathered);
  };
  try {
    // all tables share one kernel
    await Promise.all(pass.steps.map(({ kind, name }) => kind !== 'table' && engine.need(name)));
    const [head] = pass.steps;
    for (const step of pass.steps) if (step.nodes) (await import('./lattices.js')).build(engine, step);
    if (isPositional(head?.kind))
      gathered = await (await import('./gather.js')).gather(engine, pass, head, blocks, pause);
    return new CompiledPass(engine, pass, gathered, blocks, scratch, end);
  } catch (error) {
    end();
    throw error;
  }
}

export class CompiledPass {
  readonly #engine: WasmEngine;
  readonly #pass: Pass;
  readonly #operands: Operands;
  readonly #track: Track;
  readonly #make: Maker;
  /** The array for the result if it lies outside the kernels' memory, and its first byte there. */
  #array: Uint8Array | undefined;
  #start = 0;
  /** The view of the last band, reused until memory grows. */
  #view: Uint8Array;

  /** `gathered`: the result of the first step, if it is made already. `end` frees everything. */
  constructor(
    engine: WasmEngine,
    pass: Pass,
    gathered: WasmSlot | undefined,
    blocks: Blocks,
    scratch: RunScratch,
    readonly end: () => void,
  ) {
    this.#engine = engine;
    this.#pass = pass;
    this.#view = engine.arena.u8(0, 0);
    this.#operands = new Operands(engine, blocks);
    const source = (gathered ?? pass.source) as WasmSlot;
    const steps = gathered ? pass.steps.slice(1) : pass.steps;
    const links = linksOf(steps, source.extent, { engine, blocks, operands: this.#operands });
    const read = pixelBytes(source.extent);
    const widest = links.reduce((most, { bytes }) => Math.max(most, bytes), read);
    scratch.bytes = Math.max(scratch.bytes, BAND * widest);
    const bytes = links.at(-1)?.bytes ?? read;
    this.#track = { source: this.#operands.of(source), links, into: undefined, bytes };
    this.#make = makerOf(engine.kernels, this.#track, scratch);
  }

  /** The kernel, if one alone works from memory to memory. It needs no blocks except for the last few pixels. */
  get alone(): string | undefined {
    const { links } = this.#track;
    return links.length === 1 && this.track ? links[0].kernel : undefined;
  }

  /** The part that a thread can run; undefined if the pass reads or writes memory outside the kernels'. */
  get track(): Track | undefined {
    return this.#operands.near && !this.#array ? this.#track : undefined;
  }

  /** Write to a slot, from this picture on. */
  toSlot(slot: WasmSlot, first: number): void {
    const each = pictureBytes(slot.extent);
    this.#array = slot.host;
    this.#start = first * each;
    this.#track.into = slot.host ? undefined : term((slot.at ?? 0) + this.#start, each, this.#track.bytes);
  }

  /** Write to the caller's array, from this element on. */
  toArray(into: Numbers, from: number): void {
    this.#array = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    this.#start = from * into.BYTES_PER_ELEMENT;
  }

  /** Make a band of picture `b`. */
  band(b: number, from: number, n: number): void {
    this.#operands.bring(b, from, n);
    const at = this.#make(b, from, n);
    const { into, bytes } = this.#track;
    const engine = this.#engine;
    if (this.#array) {
      const { height, width } = this.#pass.extent;
      engine.copy(this.#array, this.#made(at, n * bytes), this.#start + (b * height * width + from) * bytes);
    } else if (into) {
      const to = amount(into, b, from, n);
      if (to !== at) engine.copy(engine.arena.u8(to, n * bytes), engine.arena.u8(at, n * bytes));
    }
  }

  #made(at: number, length: number): Uint8Array {
    const { arena } = this.#engine;
    const { byteOffset, buffer } = this.#view;
    const same = byteOffset === at && this.#view.length === length && buffer === arena.memory.buffer;
    if (!same) this.#view = arena.u8(at, length);
    return this.#view;
  }
}
