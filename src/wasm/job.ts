// Work that several threads do together over one memory: pieces with numbers, each done once by the one that draws its number.
import type { Kernels } from './module.js';
import { amount, type Bench, makerOf, STEP, TALLY, type Track } from './track.js';

/** Passes over pixels, in pieces of some bands. */
export interface Bands {
  readonly kind: 'bands';
  readonly parts: readonly { readonly track: Track; readonly first: number; readonly count: number }[];
  /** Of a picture. */
  readonly pixels: number;
  /** Pixels of a band, and of a piece. */
  readonly band: number;
  readonly piece: number;
  /** Where values are between two kernels, and where they are counted: of each member. */
  readonly benches: readonly Bench[];
  readonly tallies: readonly number[];
  /** The first picture that is counted. */
  readonly counted: number;
}

export type Job = Bands;

/** What the members of a job see of each other, as words of shared memory. */
export const NEXT = 0; // the number of the next piece
export const FAILED = 1;
export const LEFT = 2; // how often one has left; who waits for that sleeps on this word
export const BUSY = 3; // from here on a word for each member, 1 while it is at work

/** A job's pieces as one member does them. */
export interface Share {
  readonly pieces: number;
  piece(number: number): void;
}

export function shareOf(
  job: Job,
  kernels: Kernels,
  memory: { readonly buffer: ArrayBufferLike },
  member: number,
): Share {
  const { parts, pixels, band, piece, benches, tallies, counted } = job;
  const makers = parts.map(({ track }) => makerOf(kernels, track, benches[member]));
  const perPicture = Math.ceil(pixels / piece);
  const most = parts.reduce((most, { count }) => Math.max(most, count), 0);
  return {
    pieces: most * perPicture,
    piece(number) {
      const b = Math.floor(number / perPicture);
      const begin = (number % perPicture) * piece;
      const end = Math.min(begin + piece, pixels);
      for (let from = begin, n = 0; from < end; from += n) {
        n = Math.min(band, end - from);
        if (n > STEP) n -= n % STEP;
        parts.forEach(({ track, first, count }, i) => {
          if (b >= count) return;
          const at = makers[i](b, from, n);
          const to = track.into ? amount(track.into, b, from, n) : at;
          if (to !== at) new Uint8Array(memory.buffer).copyWithin(to, at, at + n * track.bytes);
          const index = first + b;
          if (tallies.length) kernels.histogram(tallies[member] + index * TALLY, counted + index * pixels + from, n);
        });
      }
    },
  };
}

/** Draws numbers until there are no more; `pause` is called between two pieces. */
export function* drawn(state: Int32Array, share: Share): Generator<void> {
  for (;;) {
    const number = Atomics.add(state, NEXT, 1);
    if (number >= share.pieces) return;
    share.piece(number);
    yield;
  }
}
