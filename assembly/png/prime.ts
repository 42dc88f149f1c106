// Adds the bytes before a block to the chains (lib/chains.ts) in which its matches are sought.
import { SHIFT } from "./lib/state";
import { insert } from "./lib/chains";

/** Positions from `from` up to `to`; the block's own bytes follow them. */
export function prime(state: usize, from: usize, to: usize): void {
  const shift = load<u32>(state, SHIFT);
  for (let p = from; p < to; p++) insert(state, p, shift);
}
