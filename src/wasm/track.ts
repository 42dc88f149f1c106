// A pass as plain numbers: the kernels that run over a band, and their arguments. The engine runs it or sends it to
// threads.
import type { Kernel, Kernels } from './module.js';

/**
 * Kernels work in steps of up to this many pixels. The last pixels go through a block, so that nothing after them is
 * overwritten.
 */
export const STEP = 64;
/**
 * Pixels of a band: few enough for the first-level cache, so that calls are many and the engine optimises during the
 * first picture.
 */
export const BAND = 8192;
/** Bytes of the four tables of one picture's histogram. */
export const TALLY = 4 * 256 * 4;

/**
 * A number that depends on picture b and on the band of n pixels from `from`: fixed + b * picture + from * pixel + n
 * * each.
 */
export interface Term {
  readonly fixed: number;
  readonly picture: number;
  readonly pixel: number;
  readonly each: number;
}

export const term = (fixed: number, picture = 0, pixel = 0, each = 0): Term => ({ fixed, picture, pixel, each });

export interface Link {
  readonly kernel: string;
  /** The kernel's arguments after the target and the source, at most four. */
  readonly rest: readonly Term[];
  /** Bytes of a pixel after this link. */
  readonly bytes: number;
}

export interface Track {
  /** The address of a band's pixels. */
  source: Term;
  readonly links: readonly Link[];
  /** The address of the result; undefined if it lies outside the kernels' memory. */
  into: Term | undefined;
  /** Bytes of a pixel of the result. */
  readonly bytes: number;
}

/**
 * Blocks for values between two links. All passes of a run share one pair, so that it stays in the first-level
 * cache.
 */
export interface Scratch {
  ping: number;
  pong: number;
}

/**
 * Makes a band and returns its address: its place, or a block if that is outside memory or the band is not a whole
 * number of steps.
 */
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
