// Deflate (RFC 1951) of one band of bytes, as whole blocks, with integer arithmetic only: the same bytes on every machine.
// Two ways to find matches: runs of one byte (what zlib calls Z_RLE; the best for filtered masks), and hash chains with
// one step of lookahead. A band may refer to the 32 KB before it, which the caller keeps in front of it.
import { IN, IN_END, CHAIN, LAST, LITERAL_COUNTS } from "./lib/state";
import { emit } from "./lib/emit";
import { runs } from "./lib/runs";
import { chains } from "./lib/chains";

/** One block; state: see lib/state.ts. Gives 1 as long as the band has more. */
export function deflate(state: usize): i32 {
  const end = load<u32>(state, IN_END);
  if (load<u32>(state, IN) >= end) return 0;
  memory.fill(state + LITERAL_COUNTS, 0, 1280);
  if (load<u32>(state, CHAIN)) chains(state);
  else runs(state);
  const more = load<u32>(state, IN) < end;
  emit(state, load<u32>(state, LAST) != 0 && !more);
  return more;
}
