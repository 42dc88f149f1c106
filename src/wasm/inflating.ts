// Inflates a zlib stream band by band, in the thread that reads them or, at the same time, in another.
import type { Memory } from '../engine.js';
import type { Kernels } from './module.js';

/** Byte offsets in the kernel's state: assembly/png/lib/stream.ts. */
const OUT = 8;
const OUT_END = 12;

export interface Round {
  readonly state: number;
  /** Bytes of a band, and the most bands. */
  readonly band: number;
  readonly most: number;
  /** Where the memory for bands ends, and how many bytes the stream may still give. */
  readonly end: number;
  readonly left: number;
  /** What to do with the bands before these. */
  meanwhile(): void;
}

/** For each band the kernel's return value, and where the band ends. */
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
