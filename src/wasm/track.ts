// A pass as numbers alone: which kernels run over a band of it, and with what. The engine runs it here; a thread is sent it.
import type { Kernel, Kernels } from './module.js';

/** Kernels work in steps of up to so many pixels. The last few pixels go through a block, so that nothing behind them is overwritten. */
export const STEP = 64;
/** Pixels of a band: small enough for the first-level cache, and many calls let the first picture tier up. */
export const BAND = 8192;
/** Bytes of the four tables that one picture's values are counted in. */
export const TALLY = 4 * 256 * 4;

/** A number for picture b and the band of n pixels from `from` on: fixed + b * picture + from * pixel + n * each. */
export interface Term {
  readonly fixed: number;
  readonly picture: number;
  readonly pixel: number;
  readonly each: number;
}

export const term = (fixed: number, picture = 0, pixel = 0, each = 0): Term => ({ fixed, picture, pixel, each });

export interface Link {
  readonly kernel: string;
  /** What the kernel is given behind where to write and where to read; none takes more. */
  readonly rest: readonly Term[];
  /** Bytes of a pixel after this link. */
  readonly bytes: number;
}

export interface Track {
  /** Where a band begins. */
  source: Term;
  readonly links: readonly Link[];
  /** Where it goes; undefined where that is no memory of the kernels. */
  into: Term | undefined;
  /** Bytes of a pixel that is written. */
  readonly bytes: number;
}

/** Where values are between two links: one pair of blocks for all passes of a run, so that it stays in the nearest cache. */
export interface Scratch {
  ping: number;
  pong: number;
}

/** Makes a band, and gives where it lies: where it belongs, or in a block if that is not memory, or the band is no whole steps. */
export type Maker = (b: number, from: number, n: number) => number;

const zero = term(0);

export const amount = (t: Term, b: number, from: number, n: number): number =>
  t.fixed + b * t.picture + from * t.pixel + n * t.each;

export function makerOf(kernels: Kernels, track: Track, scratch: Scratch): Maker {
  const { links } = track;
  const runs = links.map(({ kernel }): Kernel => kernels[kernel]);
  const rests = links.map(({ rest: [p = zero, q = zero, r = zero, s = zero] }) => [p, q, r, s]);
  return (b, from, n) => {
    let at = amount(track.source, b, from, n);
    const into = track.into && n % STEP === 0 ? amount(track.into, b, from, n) : undefined;
    for (let i = 0; i < runs.length; i++) {
      const direct = i === runs.length - 1 ? into : undefined;
      const dst = direct ?? (at === scratch.ping ? scratch.pong : scratch.ping);
      const [p, q, r, s] = rests[i];
      runs[i](dst, at, amount(p, b, from, n), amount(q, b, from, n), amount(r, b, from, n), amount(s, b, from, n));
      at = dst;
    }
    return at;
  };
}
