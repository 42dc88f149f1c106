// Decoding tables for inflate's three codes. A table has 2^root entries for the next `root` bits of input, followed by
// second-level tables for longer codes. Refuses what zlib refuses: over-subscribed sets, and incomplete sets other than one
// code of one bit.
//
// An entry (u32). Bits 0-5: bits to drop, extra bits included (a shift by the whole entry drops just these).
//   literals        8-9: how many (1 or 2)   16-31: the bytes
//   length, distance  10-13: bits of the code alone   16-31: base value
//   exception         6 set. 7 clear: second level, 10-13 its bits, 16-31 its start. 7 set: 16-31 is 0 end of block, 1 no such code

export const BIT_EXCEPTION: u32 = 64;
export const BIT_OTHER: u32 = 128;
const NO_CODE: u32 = (1 << 16) | BIT_OTHER | BIT_EXCEPTION;

export const KIND_PRECODE: u32 = 0, KIND_LITERAL: u32 = 1, KIND_DISTANCE: u32 = 2;

@inline function reverse(code: u32, length: u32): u32 {
  let x = code;
  x = ((x & 0x5555) << 1) | ((x >> 1) & 0x5555);
  x = ((x & 0x3333) << 2) | ((x >> 2) & 0x3333);
  x = ((x & 0x0f0f) << 4) | ((x >> 4) & 0x0f0f);
  x = ((x & 0x00ff) << 8) | ((x >> 8) & 0x00ff);
  return x >> (16 - length);
}

/** Computes base and extra bits (RFC 1951, 3.2.5) instead of storing them, so that the module needs no data segment. */
function entry(kind: u32, symbol: u32, length: u32): u32 {
  if (kind == KIND_PRECODE) return (symbol << 16) | length;
  if (kind == KIND_LITERAL) {
    if (symbol < 256) return (symbol << 16) | (1 << 8) | length;
    if (symbol == 256) return BIT_EXCEPTION | BIT_OTHER | length;
    if (symbol > 285) return NO_CODE | length;
    if (symbol == 285) return (258 << 16) | (length << 10) | length;
    if (symbol < 265) return ((symbol - 254) << 16) | (length << 10) | length;
    const extra = (symbol - 261) >> 2;
    return ((((4 + ((symbol - 261) & 3)) << extra) + 3) << 16) | (length << 10) | (length + extra);
  }
  if (symbol > 29) return NO_CODE | length;
  if (symbol < 4) return ((symbol + 1) << 16) | (length << 10) | length;
  const extra = (symbol >> 1) - 1;
  return ((((2 + (symbol & 1)) << extra) + 1) << 16) | (length << 10) | (length + extra);
}

/** Scratch: u16 counts[16], u16 starts[16], u16 sorted[320]. Returns 0 when the lengths form no code. */
export function build(table: usize, root: u32, kind: u32, lengths: usize, n: u32, scratch: usize): u32 {
  const counts = scratch, starts = scratch + 32, sorted = scratch + 64;
  memory.fill(counts, 0, 32);
  for (let i: u32 = 0; i < n; i++) {
    const at = counts + ((<usize>load<u8>(lengths + i)) << 1);
    store<u16>(at, load<u16>(at) + 1);
  }
  store<u16>(counts, 0);
  let left: i32 = 1, longest: u32 = 0, sum: u32 = 0;
  for (let l: u32 = 1; l < 16; l++) {
    const c = <u32>load<u16>(counts + (l << 1));
    left = (left << 1) - <i32>c;
    if (left < 0) return 0;
    if (c) longest = l;
    store<u16>(starts + (l << 1), <u16>sum);
    sum += c;
  }
  if (left > 0 && longest != 0 && (kind == KIND_PRECODE || longest != 1)) return 0;
  const size: u32 = 1 << root;
  if (left > 0) for (let i: u32 = 0; i < size; i++) store<u32>(table + (i << 2), NO_CODE | 1);
  for (let i: u32 = 0; i < n; i++) {
    const l = <usize>load<u8>(lengths + i);
    if (l) {
      const at = starts + (l << 1), place = <usize>load<u16>(at);
      store<u16>(sorted + (place << 1), <u16>i);
      store<u16>(at, <u16>place + 1);
    }
  }
  let code: u32 = 0, last: u32 = 0, next = size, prefix: u32 = ~0, subBits: u32 = 0, subStart: u32 = 0;
  for (let i: u32 = 0; i < sum; i++) {
    const symbol = <u32>load<u16>(sorted + (i << 1)), length = <u32>load<u8>(lengths + symbol);
    code <<= length - last;
    last = length;
    const r = reverse(code, length);
    code++;
    if (length <= root) {
      const e = entry(kind, symbol, length);
      for (let j = r; j < size; j += 1 << length) store<u32>(table + (j << 2), e);
    } else {
      if ((r & (size - 1)) != prefix) {
        prefix = r & (size - 1);
        // As many bits as the codes that share this prefix need: grow until the remaining codes fit.
        subBits = length - root;
        let room = <i32>1 << subBits;
        while (subBits + root < longest) {
          room -= <i32>load<u16>(counts + ((subBits + root) << 1));
          if (room <= 0) break;
          subBits++;
          room <<= 1;
        }
        subStart = next;
        next += 1 << subBits;
        store<u32>(table + (prefix << 2), (subStart << 16) | (subBits << 10) | BIT_EXCEPTION | root);
      }
      const e = entry(kind, symbol, length - root);
      for (let j = r >> root; j < <u32>1 << subBits; j += 1 << (length - root)) store<u32>(table + ((subStart + j) << 2), e);
    }
    const at = counts + (length << 1);
    store<u16>(at, load<u16>(at) - 1);
  }
  return 1;
}

/** Merges two short literals into one entry. Goes from the top down, because it reads entries below the one it changes. */
export function pair(table: usize, root: u32): void {
  for (let i: i32 = (1 << root) - 1; i >= 0; i--) {
    const a = load<u32>(table + (<usize>i << 2));
    if (((a >> 8) & 3) != 1) continue;
    const la = a & 63, b = load<u32>(table + (<usize>(<u32>i >> la) << 2)), lb = b & 63;
    if (((b >> 8) & 3) == 1 && la + lb <= root) {
      store<u32>(table + (<usize>i << 2), (la + lb) | (2 << 8) | (a & 0xff0000) | ((b & 0xff0000) << 8));
    }
  }
}
