// The WASM engine. Pictures live in one memory (or beside it if they do not fit), and passes run over them in bands
// that fit the first-level cache. It looks kernels up by the step's name and decides by the step's kind only.

import { ChromaskError } from '../base/errors.js';
import type { Pause } from '../base/pause.js';
import type { Look, Memory, Pass, Put, Room, Size, Slot, Stats } from '../engine.js';
import {
  bytesOf,
  type Engine,
  type EngineLimits,
  type EngineMemory,
  type Extent,
  elements,
  isPositional,
  type Numbers,
} from '../engine.js';
import { Blocks } from './blocks.js';
import type { Counted } from './colors.js';
import type { Crew } from './crew.js';
import { Arena, hostMemory } from './memory.js';
import type { Kernel, Kernels } from './module.js';
import { runPasses } from './passes.js';
import { type Part, partOf } from './start.js';

/** Bytes that are read between two pauses. */
const PIECE = 2 ** 23;

/** Memory of this engine: at `at` in the arena, or in `host` beside it. */
export interface WasmSlot extends Slot {
  readonly at: number | undefined;
  readonly host: Uint8Array<ArrayBuffer> | undefined;
}

export class WasmEngine implements Engine, EngineMemory {
  readonly name = 'wasm';
  readonly memory: EngineMemory = this;
  readonly limits: EngineLimits;
  readonly shared: boolean;
  /** Kernels by name. Those of a part are added when one of them is first needed. */
  readonly kernels: Record<string, Kernel>;
  readonly arena: Arena;
  /** Addresses of the tables that picks interpolate in, by the kernel's name. */
  readonly lattices = new Map<string, number>();
  /** How many pixels each kernel has processed. */
  readonly seen = new Map<string, number>();
  #closed = false;
  #stats: Stats = {
    passes: 0,
    draws: 0,
    uploadedBytes: 0,
    readBytes: 0,
    copiedBytes: 0,
    heldBytes: 0,
    peakBytes: 0,
    slots: 0,
    pages: 0,
    objects: 0,
  };

  constructor(
    kernels: Kernels,
    memory: Memory,
    limits: EngineLimits,
    /** Loads the kernels of another part over the same memory. */
    readonly part: (name: Part) => Promise<Kernels>,
    /** Threads over the same memory, if it is shared. */
    readonly crew?: Crew,
  ) {
    this.limits = { ...limits, regions: true, inPlace: true };
    this.shared = crew !== undefined;
    this.kernels = { ...kernels };
    this.arena = new Arena(memory, crew?.base ?? kernels.base(), Math.min(limits.memory, 65536 * 65536));
  }

  alloc(extent: Extent): WasmSlot {
    const bytes = bytesOf(extent);
    const held = this.#stats.heldBytes + bytes;
    if (held > this.limits.memory) throw this.#full(bytes);
    const at = this.arena.find(bytes);
    const slot = { extent, at, host: at === undefined ? hostMemory(bytes, () => this.#full(bytes)) : undefined };
    this.#stats.heldBytes = held;
    this.#stats.peakBytes = Math.max(this.#stats.peakBytes, held);
    this.#stats.slots++;
    return slot;
  }

  free(slot: WasmSlot): void {
    this.#stats.heldBytes -= bytesOf(slot.extent);
    this.#stats.slots--;
    if (slot.at !== undefined) this.arena.free(slot.at);
  }

  async room(part: Part): Promise<Room> {
    return { kernels: await this.part(part), memory: this.arena.memory, arena: this.arena, crew: this.crew };
  }

  /** Ensures that a kernel is in `kernels`. */
  async need(name: string): Promise<void> {
    if (this.kernels[name]) return;
    const part = partOf(name.replace(/Float$/, ''));
    if (part !== 'core') Object.assign(this.kernels, await this.part(part));
  }

  pointer(slot: WasmSlot): number | undefined {
    return slot.at;
  }

  write(slot: WasmSlot, pixels: Numbers): void {
    const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
    this.copy(this.view(slot), bytes);
    this.#stats.uploadedBytes += bytes.length;
  }

  /** Copies bytes without a kernel. All such copies go through here to be counted. */
  copy(into: Uint8Array, from: Uint8Array, at = 0): void {
    into.set(from, at);
    this.#stats.copiedBytes += from.length;
  }

  /** The slot's bytes. The view becomes invalid when memory grows. */
  view(slot: WasmSlot): Uint8Array<ArrayBuffer> {
    return slot.host ?? this.arena.u8(slot.at ?? 0, bytesOf(slot.extent));
  }

  async run(into: WasmSlot, passes: readonly Pass[], pause?: Pause): Promise<void> {
    const banded: Pass[] = [];
    for (const pass of await this.#together(into, passes, pause))
      if (!(await this.#gathered(into, pass, pause))) banded.push(pass);
    await runPasses(this, banded, into.extent, (runner, pass) => runner.toSlot(into, pass.first), pause);
  }

  /** Runs passes and counts each band while it is still in the first-level cache. */
  async runCounting(into: WasmSlot, passes: readonly Pass[], pause?: Pause): Promise<Uint32Array[]> {
    if (into.at === undefined || passes.some((pass) => isPositional(pass.steps[0]?.kind))) {
      await this.run(into, passes, pause);
      return this.histogram(into, pause);
    }
    return (await import('./counts.js')).runCounting(this, into, passes, pause);
  }

  /** Makes masks that one pass over a picture can make together. Returns the remaining passes. */
  async #together(into: WasmSlot, passes: readonly Pass[], pause?: Pause): Promise<readonly Pass[]> {
    if (into.at === undefined || !passes.some(({ steps }) => steps[0]?.many)) return passes;
    const { together } = await import('./manyPicks.js');
    const left = await together(this, into, passes, pause);
    if (left.length < passes.length) this.#stats.passes++;
    return left;
  }

  /** Lets a gather without further steps write its pictures directly to their place. */
  async #gathered(into: WasmSlot, pass: Pass, pause?: Pause): Promise<boolean> {
    const [step] = pass.steps;
    if (pass.steps.length !== 1 || !isPositional(step.kind)) return false;
    const { gatherInto } = await import('./gather.js');
    const blocks = new Blocks(this.arena);
    try {
      await gatherInto(this, pass, step, blocks, into, pass.first, pause);
    } finally {
      blocks.end();
    }
    this.count(1, pass.count);
    return true;
  }

  async stream(extent: Extent, passes: readonly Pass[], into: Numbers, pause?: Pause): Promise<void> {
    const picture = elements(extent) / extent.batch;
    await runPasses(this, passes, extent, (runner, pass) => runner.toArray(into, pass.first * picture), pause);
    this.#stats.readBytes += into.byteLength;
  }

  async histogram(slot: WasmSlot, pause?: Pause): Promise<Uint32Array[]> {
    return (await import('./counts.js')).histogramOf(this, slot, pause);
  }

  async colors(slot: WasmSlot, least: number, most: number, pause?: Pause): Promise<Counted> {
    return (await import('./colors.js')).countColors(this, slot, least, most, pause);
  }

  async read(slot: WasmSlot, into: Numbers, pause?: Pause): Promise<void> {
    if (into instanceof Float32Array && slot.extent.dtype === 'uint8') {
      const cast = { kind: 'cast', name: 'floats', numbers: [], floats: [], others: [] } as const;
      const steps = [{ ...cast, channels: slot.extent.channels, dtype: 'float32' as const }];
      const { extent } = slot;
      return this.stream(extent, [{ source: slot, steps, extent, first: 0, count: extent.batch }], into, pause);
    }
    const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    for (let from = 0; from < bytes.length; from += PIECE) {
      this.copy(bytes, this.view(slot).subarray(from, from + PIECE), from);
      await pause?.();
    }
    this.#stats.readBytes += bytes.length;
  }

  async paint(slot: WasmSlot, look: Look, size: Size, put: Put, pause?: Pause): Promise<void> {
    return (await import('./show.js')).paint(this, slot, look, size, put, pause);
  }

  stats(): Stats {
    const held = this.#closed ? { slots: 0, heldBytes: 0 } : {};
    return { ...this.#stats, ...held, pages: this.arena.pages };
  }

  /** Ends the threads. The memory is collected with the engine. */
  close(): void {
    this.#closed = true;
    this.crew?.close();
  }

  /** Counts passes and bands for statistics. */
  count(passes: number, draws: number): void {
    this.#stats.passes += passes;
    this.#stats.draws += draws;
  }

  #full(bytes: number): ChromaskError {
    const { memory } = this.limits;
    const message = `wasm: limits.memory is ${memory} bytes, ${this.#stats.heldBytes} are held and ${bytes} more are needed`;
    return new ChromaskError('out-of-memory', message);
  }
}
