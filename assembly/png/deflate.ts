// Deflate (RFC 1951) of one band of bytes, as whole blocks, in integer arithmetic, so that every machine gives the same bytes.
// It finds matches as runs of one byte (zlib's Z_RLE, best for filtered masks) or by hash chains with one step of lookahead. A
// band may refer to the 32 KB before it, which the caller keeps in memory in front of it.
import { IN, IN_END, CHAIN, LAST, LITERAL_COUNTS } from "./lib/state";
import { emit } from "./lib/emit";
import { runs } from "./lib/runs";
import { chains } from "./lib/chains";

/** Compresses one block; state: see lib/state.ts. Returns 1 while the band has more. */
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
