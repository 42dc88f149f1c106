// What lies before a block, put into the chains (lib/chains.ts) that its matches are sought in.
import { SHIFT } from "./lib/state";
import { insert } from "./lib/chains";

/** The places from `from` up to `to`, behind which the block's own bytes lie. */
export function prime(state: usize, from: usize, to: usize): void {
  const shift = load<u32>(state, SHIFT);
  for (let p = from; p < to; p++) insert(state, p, shift);
}
