// Bands of a zlib stream, made by the kernel one after another: by the thread that reads them, or by another meanwhile.
import type { Memory } from '../engine.js';
import type { Kernels } from './module.js';

/** Places in the kernel's state, in bytes: assembly/png/lib/stream.ts. */
const OUT = 8;
const OUT_END = 12;

export interface Round {
  readonly state: number;
  /** Bytes of a band, and how many of them at most. */
  readonly band: number;
  readonly most: number;
  /** Where memory for them ends, and how many bytes the stream may go on for. */
  readonly end: number;
  readonly left: number;
  /** What there is to do with those before. */
  meanwhile(): void;
}

/** Of each band what the kernel gave, and where it ends. */
export function inflating(
  kernels: Kernels,
  { buffer }: Pick<Memory, 'buffer'>,
  round: Omit<Round, 'meanwhile'>,
): number[] {
  const told = new Uint32Array(buffer, round.state, OUT_END / 4 + 1);
  const made: number[] = [];
  let out = told[OUT / 4];
  const stop = out + round.left;
  for (let result = 0; !result && out < stop && made.length < 2 * round.most && out + round.band <= round.end; ) {
    told[OUT_END / 4] = Math.min(out + round.band, stop);
    result = kernels.inflate(round.state);
    out = told[OUT / 4];
    made.push(result, out);
  }
  return made;
}
