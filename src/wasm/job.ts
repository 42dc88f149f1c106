// Work that several threads share over one memory: numbered pieces, each done once, by the thread that takes its
// number.
import type { Packing, Desk as Table } from './deflation.js';
import type { Round } from './inflating.js';
import type { Query } from './keys.js';
import type { Desk, Showing } from './showing.js';
import type { Scratch, Track } from './track.js';

/** Passes over pixels. A piece is some bands. */
export interface Bands {
  readonly kind: 'bands';
  readonly parts: readonly { readonly track: Track; readonly first: number; readonly count: number }[];
  /** Pixels of a picture. */
  readonly pixels: number;
  /** Pixels of a band, and of a piece. */
  readonly band: number;
  readonly piece: number;
  /** Scratch memory for each member: for values between two kernels, and for counts. */
  readonly scratches: readonly Scratch[];
  readonly tallies: readonly number[];
  /** The first picture to count. */
  readonly counted: number;
}

/** One phase of a kernel that finds its pixels by position. A piece is some of its steps: assembly/lib/frame.ts. */
export interface Steps {
  readonly kind: 'steps';
  readonly kernel: string;
  readonly dst: number;
  /** The kernel's frame and numbers. `blocks` has a copy for each member. */
  readonly words: Uint32Array;
  readonly blocks: readonly number[];
  readonly scratches: readonly number[];
  readonly begin: number;
  readonly end: number;
  /** Steps in a piece. */
  readonly piece: number;
  /** If no piece may overtake the one before it: how many steps of each piece are done. */
  readonly inTurn: Int32Array | undefined;
}

/** A kernel that runs over keys. */
export interface Keyed extends Query {
  readonly kind: 'keys';
  /** Scratch memory for each member, where pixels of fewer channels are turned into keys. */
  readonly spread: readonly number[];
  /**
   * Word 0 is 1 once a kernel returned 0, after which no piece begins. Then one word for each piece, 1 when it is
   * done.
   */
  readonly marks: Int32Array;
}

/** Memory to clear. */
export interface Clear {
  readonly kind: 'clear';
  readonly pieces: readonly (readonly [from: number, to: number])[];
}

/** Blocks of a zlib stream, each of some rows of a picture: waves.ts. */
export interface Blocks {
  readonly kind: 'blocks';
  readonly packing: Packing;
  readonly desks: readonly Table[];
  /** The address of row `top`. The blocks hold rows `from` to `to`. */
  readonly rows: number;
  readonly top: number;
  readonly from: number;
  readonly to: number;
  /** Where the first block is written, and how many bytes apart blocks are. */
  readonly outs: number;
  readonly each: number;
  /** The length of each block, and the checksum of its input. */
  readonly ends: Int32Array;
  readonly sums: Int32Array;
}

/** Rows of a picture for display, in bands: showBands.ts. */
export interface Show {
  readonly kind: 'show';
  readonly showing: Showing;
  readonly desks: readonly Desk[];
  /** Where the first band is written, and how many bytes apart bands are. */
  readonly outs: number;
  readonly each: number;
  /** Rows of a band. The wanted rows are `from` to `to`. */
  readonly step: number;
  readonly from: number;
  readonly to: number;
  /** For each band, whether it is done. */
  readonly done: Int32Array;
}

/** Bands of a zlib stream: inflating.ts. */
export interface Inflate {
  readonly kind: 'inflate';
  readonly round: Omit<Round, 'meanwhile'>;
  /** How many numbers were given, then the numbers. */
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

/** State that the members of a job share, as words of shared memory. */
export const NEXT = 0; // the number of the next piece
export const FAILED = 1;
export const LEFT = 2; // how many members have left; a waiting thread sleeps on this word
export const BUSY = 3; // from here on one word for each member, 1 while it works
/** A value of NEXT that ends a job, because no job has so many pieces. */
export const ALL = 2 ** 30;
