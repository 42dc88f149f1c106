// Work that several threads share over one memory: numbered pieces, each done once, by the thread that draws its number.
import type { Packing, Desk as Table } from './deflation.js';
import type { Round } from './inflating.js';
import type { Query } from './keys.js';
import type { Desk, Showing } from './showing.js';
import type { Scratch, Track } from './track.js';

/** Passes over pixels, in pieces of some bands. */
export interface Bands {
  readonly kind: 'bands';
  readonly parts: readonly { readonly track: Track; readonly first: number; readonly count: number }[];
  /** Pixels of a picture. */
  readonly pixels: number;
  /** Pixels of a band, and of a piece. */
  readonly band: number;
  readonly piece: number;
  /** Scratch memory of each member: for values between two kernels, and for counts. */
  readonly scratches: readonly Scratch[];
  readonly tallies: readonly number[];
  /** The first picture that is counted. */
  readonly counted: number;
}

/** One phase of a kernel that finds its pixels by position, in pieces of some of its steps: assembly/lib/frame.ts. */
export interface Steps {
  readonly kind: 'steps';
  readonly kernel: string;
  readonly dst: number;
  /** What the kernel is told, its frame and its numbers; a copy for each member is at `blocks`. */
  readonly words: Uint32Array;
  readonly blocks: readonly number[];
  readonly scratches: readonly number[];
  readonly begin: number;
  readonly end: number;
  /** Steps of a piece. */
  readonly piece: number;
  /** How many steps of each piece are done, if no piece may overtake the one before it. */
  readonly inTurn: Int32Array | undefined;
}

/** A kernel over keys. */
export interface Keyed extends Query {
  readonly kind: 'keys';
  /** Scratch memory of each member, where pixels of fewer channels become keys. */
  readonly spread: readonly number[];
  /** Word 0 is 1 once a kernel gave 0: no further piece begins. Then one word for each piece: 1 when it is done. */
  readonly marks: Int32Array;
}

/** Memory to be cleared. */
export interface Clear {
  readonly kind: 'clear';
  readonly pieces: readonly (readonly [from: number, to: number])[];
}

/** Blocks of a zlib stream, of some rows of a picture: waves.ts. */
export interface Blocks {
  readonly kind: 'blocks';
  readonly packing: Packing;
  readonly desks: readonly Table[];
  /** Where row `top` is; the rows of the blocks are `from` to `to`. */
  readonly rows: number;
  readonly top: number;
  readonly from: number;
  readonly to: number;
  /** Where the first block is written, and how many bytes further the next one is. */
  readonly outs: number;
  readonly each: number;
  /** The length of each block, and the checksum of what it was made from. */
  readonly ends: Int32Array;
  readonly sums: Int32Array;
}

/** Rows of what people see, in bands: showBands.ts. */
export interface Show {
  readonly kind: 'show';
  readonly showing: Showing;
  readonly desks: readonly Desk[];
  /** Where the first band is written, and how many bytes further the next one is. */
  readonly outs: number;
  readonly each: number;
  /** Rows of a band; the rows that are wanted are `from` to `to`. */
  readonly step: number;
  readonly from: number;
  readonly to: number;
  /** Of each band, whether it is done. */
  readonly done: Int32Array;
}

/** Bands of a zlib stream: inflating.ts. */
export interface Inflate {
  readonly kind: 'inflate';
  readonly round: Omit<Round, 'meanwhile'>;
  /** How many numbers were given, and these. */
  readonly made: Int32Array;
}

export type Job = Bands | Steps | Keyed | Clear | Blocks | Show | Inflate;

/** How many members a job has memory for. */
export function placesOf(job: Job): number {
  switch (job.kind) {
    case 'bands':
      return job.scratches.length;
    case 'steps':
      return job.blocks.length;
    case 'keys':
      return job.told.length;
    case 'clear':
      return Infinity;
    case 'inflate':
      return 2;
    case 'blocks':
    case 'show':
      return job.desks.length;
  }
}

/** What the members of a job see of each other, as words of shared memory. */
export const NEXT = 0; // the number of the next piece
export const FAILED = 1;
export const LEFT = 2; // how many members have left; a thread that waits for them sleeps on this word
export const BUSY = 3; // from here on a word for each member, 1 while it is at work
/** Value of NEXT that ends a job: more pieces than any job has. */
export const ALL = 2 ** 30;
