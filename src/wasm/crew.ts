// Divides work among threads: allocates each one's memory, and cuts the work into pieces that are neither too few
// nor too small.
import { type Pause, pausing } from '../base/pause.js';
import { type Extent, elements, type Pass, type Room, type Size } from '../engine.js';
import { Blocks } from './blocks.js';
import type { Packing } from './deflation.js';
import type { WasmEngine } from './engine.js';
import type { Round } from './inflating.js';
import type { Job } from './job.js';
import type { Piece, Query } from './keys.js';
import { PAD } from './memory.js';
import type { Kernels } from './module.js';
import { type Found, type Region, regions, type Taken } from './regions.js';
import { showBands } from './showBands.js';
import { BAND, type Scratch, TALLY, type Track } from './track.js';
import { type Growing, waves } from './waves.js';

/** Pieces for each member, several of them, so that no member waits long for another. */
const PIECES = 8;
/** Pieces for each member of work whose pieces repeat nothing. */
const FINE = 32;
/** With several pieces a member, the work that each piece repeats is at most this fraction of it. */
const LITTLE = 16;

type Asked<F> = F extends (crew: Crew, ...told: infer Told) => unknown ? Told : never;

/** Where results are counted: the slot's first picture, and tables for each picture of the batch. */
export interface Counting {
  readonly at: number;
  readonly tallies: number;
}

export abstract class Crew {
  /** Where unused memory begins. */
  abstract readonly base: number;
  /** The threads and the caller. */
  abstract readonly members: number;
  /** Pixels of the smallest work that is divided, and of the smallest piece. */
  readonly least: number = 2 ** 20;
  readonly grain: number = BAND;

  /**
   * Does a whole job. `kernels` are those for the caller's own share. The caller first runs `meanwhile`, while other
   * members begin.
   */
  abstract run(kernels: Kernels, job: Job, pause?: Pause, meanwhile?: () => void): Promise<void>;
  abstract close(): void;
  /** The caller's own kernels, with scratch memory that no other member uses. */
  placed(kernels: Kernels): Kernels {
    return kernels;
  }

  /**
   * Divides passes over pixels into bands. Returns how many: 0 if it is not worth it, or if not all passes can be
   * shared.
   */
  async bands(
    engine: WasmEngine,
    passes: readonly Pass[],
    runners: readonly { readonly track: Track | undefined }[],
    extent: Extent,
    bandOf: () => number,
    scratch: Scratch & { bytes: number },
    counting?: Counting,
    pause?: Pause,
  ): Promise<number> {
    const pixels = extent.height * extent.width;
    const most = passes.reduce((most, { count }) => Math.max(most, count), 0);
    const tracks = runners.flatMap(({ track }) => track ?? []);
    if (most * pixels < this.least || tracks.length < runners.length) return 0;
    const band = bandOf();
    const blocks = new Blocks(engine.arena);
    try {
      const bytes = counting ? extent.batch * TALLY : 0;
      // kernels may write beyond the end of their block
      const space = Math.ceil((scratch.bytes + PAD) / 64) * 64;
      const own = this.own(2 * space + bytes, blocks);
      const scratches = [scratch, ...own.map((at) => ({ ping: at, pong: at + space }))];
      // each member counts separately
      const counts = counting ? own.map((at) => at + 2 * space) : [];
      for (const at of counts) engine.arena.u8(at, bytes).fill(0);
      const parts = passes.map(({ first, count }, i) => ({ track: tracks[i], first, count }));
      const piece = Math.ceil(pixels / (scratches.length * FINE) / this.grain) * this.grain;
      const tallies = counting ? [counting.tallies, ...counts] : [];
      const counted = counting?.at ?? 0;
      const job = { kind: 'bands', parts, pixels, band, piece, scratches, tallies, counted } as const;
      await this.run(engine.kernels, job, pause);
      for (const at of counts) {
        const sums = engine.arena.u32(tallies[0], bytes / 4);
        engine.arena.u32(at, bytes / 4).forEach((n, i) => {
          sums[i] += n;
        });
      }
      return passes.reduce((sum, { count }) => sum + count * Math.ceil(pixels / band), 0);
    } finally {
      blocks.end();
    }
  }

  /**
   * Divides a kernel that finds its pixels by position; false if it cannot be divided or is not worth it. At `block` are its
   * `length` words of parameters, at `scratch` its `room` bytes.
   */
  async steps(
    engine: WasmEngine,
    kernel: string,
    [dst, block, scratch]: readonly [number, number, number],
    length: number,
    operands: readonly { readonly extent: Extent }[],
    room: number,
    pause?: Pause,
  ): Promise<boolean> {
    const { kernels, arena } = engine;
    const units = kernels[`${kernel}Units`];
    const pixels = operands.map(({ extent }) => elements(extent) / extent.batch / extent.channels);
    if (!units || Math.max(...pixels) < this.least) return false;
    const words = arena.u32(block, length).slice();
    const grain = kernels[`${kernel}Grain`]?.(block) ?? 1;
    const ahead = kernels[`${kernel}Ahead`]?.(block) ?? 0;
    const blocks = new Blocks(engine.arena);
    try {
      // one block for both, parameters first, because a kernel may write beyond the end of its scratch
      const head = Math.ceil((length * 4) / 64) * 64;
      const own = this.own(head + room, blocks);
      const members = own.length + 1;
      for (let phase = 0, begin = 0; ; phase++) {
        const end = units(block, phase) >>> 0;
        if (!end) return phase > 0;
        const grains = (end - begin) / grain;
        // equal shares for all members, large enough that the repeated work of a piece is small beside it
        const many = Math.max(1, Math.min(FINE, Math.floor(grains / (members * LITTLE * ahead))));
        const piece = grain * Math.ceil(grains / (members * many));
        const told = [block, ...own];
        const scratches = [scratch, ...own.map((at) => at + head)];
        const inTurn = kernels[`${kernel}InTurn`]?.(block) ? this.counts(Math.ceil((end - begin) / grain)) : undefined;
        const rest = { begin, end, piece: inTurn ? grain : piece, inTurn };
        const job = { kind: 'steps', kernel, dst, words, blocks: told, scratches, ...rest } as const;
        await this.run(kernels, job, pause);
        begin = end;
      }
    } finally {
      blocks.end();
    }
  }

  /**
   * Finds connected parts, if it is worth it and there is a kernel. `before`: what this returned for the previous
   * picture.
   */
  async regions(
    room: Pick<Room, 'kernels' | 'memory'>,
    region: Region,
    before: Found | undefined,
    taken: Taken,
    pause?: Pause,
  ): Promise<Found | undefined> {
    const kernel = `${region.kernel}Bands`;
    if (!room.kernels[kernel] || region.width * region.height < this.least) return undefined;
    return regions(this, room, { ...region, kernel }, before, taken, pause);
  }

  /**
   * Rows of a band: several bands for each member, none with fewer pixels than `grains` grains or with more rows
   * than `most`.
   */
  rows({ width, height }: Size, grains: number, most: number): number {
    const several = Math.ceil(height / (this.members * PIECES));
    return Math.min(most, Math.max(Math.ceil((grains * this.grain) / width), several));
  }

  /** Divides this many pixels into pieces. */
  pieces(pixels: number): Piece[] {
    const each = Math.ceil(pixels / (this.members * PIECES) / this.grain) * this.grain;
    return Array.from({ length: Math.ceil(pixels / each) }, (_, i) => [i * each, Math.min((i + 1) * each, pixels)]);
  }

  /** Runs a kernel over keys. Returns whether no call gave 0, and which pieces are done. */
  async keys(
    engine: WasmEngine,
    kernels: Kernels,
    query: Query,
    pause?: Pause,
  ): Promise<{ whole: boolean; done(piece: number): boolean }> {
    const marks = this.counts(1 + query.pieces.length);
    const blocks = new Blocks(engine.arena);
    try {
      const bytes = query.channels < 4 ? query.band * 4 : 0;
      const spread = bytes ? [blocks.take(bytes), ...this.own(bytes, blocks)] : [];
      const told = bytes ? query.told.slice(0, spread.length) : query.told;
      await this.run(kernels, { ...query, kind: 'keys', told, spread, marks }, pause);
    } finally {
      blocks.end();
    }
    return { whole: Atomics.load(marks, 0) === 0, done: (piece) => Atomics.load(marks, piece + 1) === 1 };
  }

  /** Clears memory. `kernels` are the part for colours. */
  clear(kernels: Kernels, pieces: readonly Piece[], pause?: Pause): Promise<void> {
    return this.run(kernels, { kind: 'clear', pieces }, pause);
  }

  /** How many bands of a zlib stream one thread may make while another reads those before them. */
  get ahead(): number {
    return Math.ceil(this.grain / 2048);
  }

  /** Inflates a zlib stream: a thread makes the next bands while the caller reads those that are ready. */
  async inflate({ kernels }: Room, rounds: Generator<Round, void, number[]>, signal?: AbortSignal): Promise<void> {
    const pause = signal && pausing(() => signal.throwIfAborted());
    try {
      for (let round = rounds.next(); !round.done; ) {
        const { meanwhile, ...told } = round.value;
        const made = this.counts(1 + 2 * told.most);
        await this.run(kernels, { kind: 'inflate', round: told, made }, pause, meanwhile);
        const wait = pause?.();
        if (wait) await wait;
        // addresses are unsigned
        round = rounds.next(Array.from(made.subarray(1, 1 + made[0]), (n, i) => (i % 2 ? n >>> 0 : n)));
      }
    } catch (error) {
      rounds.throw(error); // lets it free its memory
      throw error;
    }
  }

  /** Draws a picture for display: see showBands.ts. */
  show(...told: Asked<typeof showBands>): Promise<boolean> {
    return showBands(this, ...told);
  }

  /** Deflates the blocks of a zlib stream: see waves.ts. */
  async deflate(
    room: Room,
    packing: Packing,
    rowsInto: (dst: number, from: number, count: number) => void,
    stream: Growing,
    signal?: AbortSignal,
  ): Promise<void> {
    await waves(this, room, packing, rowsInto, stream, signal && pausing(() => signal.throwIfAborted()));
  }

  /** Memory for each member but the first, for fewer members if memory is short. */
  own(bytes: number, blocks: Blocks): number[] {
    const own: number[] = [];
    for (let member = 1; member < this.members; member++) {
      const at = blocks.find(bytes);
      if (at === undefined) break;
      own.push(at);
    }
    return own;
  }

  /** Numbers that all members can read and write. */
  counts(length: number): Int32Array {
    return new Int32Array(new SharedArrayBuffer(4 * length));
  }
}
