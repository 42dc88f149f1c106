// Huffman codes from symbol counts: lengths by Moffat and Katajainen's in-place method ("In-Place Calculation of
// Minimum-Redundancy Codes", 1995), cut to the longest length allowed, then canonical codes (RFC 1951, 3.2.2).
import { SORT } from "./state";

/** Writes lengths for n symbols to `lengths` (u8). At least `fewest` symbols get a code, so that the set is complete. */
export function lengthsOf(state: usize, counts: usize, lengths: usize, n: u32, longest: u32, fewest: u32): void {
  const a = state + SORT, symbols = a + 1152;
  memory.fill(lengths, 0, n);
  let used: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const c = load<u32>(counts + (<usize>i << 2));
    if (c) { store<u32>(a + (<usize>used << 2), (c << 9) | i); used++; }
  }
  for (let i: u32 = 0; used < fewest; i++) {
    if (!load<u32>(counts + (<usize>i << 2))) { store<u32>(a + (<usize>used << 2), (1 << 9) | i); used++; }
  }
  if (used == 0) return;
  sort(a, used);
  for (let i: u32 = 0; i < used; i++) {
    const v = load<u32>(a + (<usize>i << 2));
    store<u32>(symbols + (<usize>i << 2), v & 511);
    store<u32>(a + (<usize>i << 2), v >> 9);
  }
  if (used == 1) { store<u8>(lengths + load<u32>(symbols), 1); return; }
  depths(a, <i32>used);
  // Codes of each length. Codes that are too long are cut, and others are lengthened to make up for it.
  const per = symbols + 1152; // u32[16]; SORT holds 288 * 2, the 64 bytes behind are free
  memory.fill(per, 0, 64);
  for (let i: u32 = 0; i < used; i++) {
    const d = load<u32>(a + (<usize>i << 2)), l = d < longest ? d : longest, at = per + (<usize>l << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  let total: u32 = 0;
  for (let l: u32 = 1; l <= longest; l++) total += load<u32>(per + (<usize>l << 2)) << (longest - l);
  while (total > <u32>1 << longest) {
    const most = per + (<usize>longest << 2);
    store<u32>(most, load<u32>(most) - 1);
    for (let l = longest - 1; l > 0; l--) {
      const at = per + (<usize>l << 2), c = load<u32>(at);
      if (c) {
        store<u32>(at, c - 1);
        store<u32>(at, load<u32>(at, 4) + 2, 4);
        break;
      }
    }
    total--;
  }
  let i = used;
  for (let l: u32 = 1; l <= longest; l++) {
    for (let k = load<u32>(per + (<usize>l << 2)); k; k--) { i--; store<u8>(lengths + load<u32>(symbols + (<usize>i << 2)), <u8>l); }
  }
}

/** Shell sort, gaps by Ciura. */
function sort(a: usize, n: u32): void {
  for (let gap: u32 = 132; gap; gap = gap == 132 ? 57 : gap == 57 ? 23 : gap == 23 ? 10 : gap == 10 ? 4 : gap == 4 ? 1 : 0) {
    for (let i = gap; i < n; i++) {
      const v = load<u32>(a + (<usize>i << 2));
      let j = i;
      while (j >= gap) {
        const w = load<u32>(a + (<usize>(j - gap) << 2));
        if (w <= v) break;
        store<u32>(a + (<usize>j << 2), w);
        j -= gap;
      }
      store<u32>(a + (<usize>j << 2), v);
    }
  }
}

@inline function get(a: usize, i: i32): i32 { return load<i32>(a + (<usize>i << 2)); }
@inline function put(a: usize, i: i32, v: i32): void { store<i32>(a + (<usize>i << 2), v); }

/** a: n >= 2 counts in rising order; replaced by the depth of each. */
function depths(a: usize, n: i32): void {
  put(a, 0, get(a, 0) + get(a, 1));
  let root = 0, leaf = 2;
  for (let next = 1; next < n - 1; next++) {
    if (leaf >= n || get(a, root) < get(a, leaf)) { put(a, next, get(a, root)); put(a, root++, next); }
    else put(a, next, get(a, leaf++));
    if (leaf >= n || (root < next && get(a, root) < get(a, leaf))) { put(a, next, get(a, next) + get(a, root)); put(a, root++, next); }
    else put(a, next, get(a, next) + get(a, leaf++));
  }
  put(a, n - 2, 0);
  for (let next = n - 3; next >= 0; next--) put(a, next, get(a, get(a, next)) + 1);
  let open = 1, used = 0, depth = 0, next = n - 1;
  root = n - 2;
  while (open > 0) {
    while (root >= 0 && get(a, root) == depth) { used++; root--; }
    while (open > used) { put(a, next--, depth); open--; }
    open = used << 1;
    depth++;
    used = 0;
  }
}

/** Canonical codes, bit-reversed as deflate sends them: code << 5 | length. */
export function codesOf(state: usize, lengths: usize, codes: usize, n: u32): void {
  const next = state + SORT; // u32[16]
  memory.fill(next, 0, 128);
  const per = next + 64;
  for (let i: u32 = 0; i < n; i++) {
    const at = per + (<usize>load<u8>(lengths + i) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  store<u32>(per, 0);
  let code: u32 = 0;
  for (let l: u32 = 1; l < 16; l++) {
    code = (code + load<u32>(per + (<usize>(l - 1) << 2))) << 1;
    store<u32>(next + (<usize>l << 2), code);
  }
  for (let i: u32 = 0; i < n; i++) {
    const l = <u32>load<u8>(lengths + i);
    let entry: u32 = 0;
    if (l) {
      const at = next + (<usize>l << 2), c = load<u32>(at);
      store<u32>(at, c + 1);
      let r: u32 = 0;
      for (let b: u32 = 0; b < l; b++) r |= ((c >> b) & 1) << (l - 1 - b);
      entry = (r << 5) | l;
    }
    store<u32>(codes + (<usize>i << 2), entry);
  }
}

/** The fixed codes (RFC 1951, 3.2.6). */
export function fixedLengths(lengths: usize): void {
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  memory.fill(lengths + 288, 5, 32);
}

/** Bits that the symbols take with these lengths, without extra bits. */
export function cost(counts: usize, lengths: usize, n: u32): u32 {
  let bits: u32 = 0;
  for (let i: u32 = 0; i < n; i++) bits += load<u32>(counts + (<usize>i << 2)) * <u32>load<u8>(lengths + i);
  return bits;
}
