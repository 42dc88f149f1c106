// Matches at distance 1 only.
import { IN, IN_END, BASE, SEQUENCES, START, SHORTEST, MOST_SEQUENCES, MOST_SYMBOLS, note } from "./state";

export function runs(state: usize): void {
  const begin = <usize>load<u32>(state, IN), end = <usize>load<u32>(state, IN_END), shortest = <usize>load<u32>(state, SHORTEST);
  let p = begin, literal = begin, n: u32 = 0, symbols: u32 = 0;
  // The stream's first byte has no byte before it.
  if (p == <usize>load<u32>(state, BASE)) p++;
  while (p < end && n < MOST_SEQUENCES - 1100) {
    if (symbols + <u32>(p - literal) >= MOST_SYMBOLS) break;
    if (ASC_FEATURE_SIMD) {
      // Three equal neighbours in a row, at any of 14 places.
      let m = i8x16.bitmask(i8x16.eq(v128.load(p), v128.load(p - 1)));
      m &= (m >> 1) & (m >> 2) & 0x3fff;
      if (!m) { p += 14; continue; }
      p += ctz(m);
    } else {
      // by 14 as well, because the step decides where a block ends
      let k: usize = 0;
      for (; k < 14; k++) {
        const q = p + k, b = load<u8>(q - 1);
        if (load<u8>(q) == b && load<u8>(q, 1) == b && load<u8>(q, 2) == b) break;
      }
      p += k;
      if (k == 14) continue;
    }
    if (p + shortest > end) { p = end; break; } // stop where the result would depend on bytes after the end
    const length = run(p, end);
    if (length < shortest) { p += length; continue; }
    // A run may be far longer than a match.
    let left = length;
    while (left >= shortest && n < MOST_SEQUENCES) {
      const part = left < 258 ? left : 258;
      note(state, n++, literal, <u32>(p - literal), <u32>part, 1);
      symbols += <u32>(p - literal) + 1;
      p += part;
      left -= part;
      literal = p;
    }
    p += left;
  }
  if (p > end || n < MOST_SEQUENCES - 1100 && symbols + <u32>(p - literal) < MOST_SYMBOLS) p = end;
  note(state, n++, literal, <u32>(p - literal), 0, 0);
  store<u32>(state, n, SEQUENCES);
  store<u32>(state, <u32>begin, START);
  store<u32>(state, <u32>p, IN);
}

/** How many bytes from p on equal the byte before them. */
function run(p: usize, end: usize): usize {
  let q = p;
  if (ASC_FEATURE_SIMD) {
    const b = v128.load8_splat(p - 1);
    while (q < end) {
      const m = <u32>~i8x16.bitmask(i8x16.eq(v128.load(q), b)) & 0xffff;
      if (m) { q += ctz(m); break; }
      q += 16;
    }
    return (q < end ? q : end) - p;
  }
  const b = load<u8>(p - 1);
  while (q < end && load<u8>(q) == b) q++;
  return q - p;
}
