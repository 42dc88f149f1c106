// The writer's state block, u32 unless noted, 16-byte aligned: 144 KB, and 256 KB more after it when CHAIN is not 0.
export const IN: usize = 0;
export const IN_END: usize = 4;
export const OUT: usize = 8;
/** The lowest address that a match may reach. */
export const BASE: usize = 12;
/** Candidates tried per position; 0 uses runs only. */
export const CHAIN: usize = 16;
/** 1 if these are the stream's last bytes. */
export const LAST: usize = 20;
/** u64 of bits that wait to be written, and how many there are. */
export const BITS: usize = 24;
export const COUNT: usize = 32;
/**
 * Added to an address, it gives the position in the stream plus one. Keeps hash chains valid when the caller moves the window.
 */
export const SHIFT: usize = 36;
/** The number of sequences found for the present block, and where its bytes begin. */
export const SEQUENCES: usize = 40;
export const START: usize = 44;
/** The shortest run that becomes a match. */
export const SHORTEST: usize = 48;

export const PRE_LENGTHS: usize = 512; // u8[19]
export const LITERAL_COUNTS: usize = 1024; // u32[288]
export const DISTANCE_COUNTS: usize = 2176; // u32[32], right behind
export const LITERAL_CODES: usize = 2304; // u32[288]: code << 5 | length
export const DISTANCE_CODES: usize = 3456; // u32[32]
export const PRE_COUNTS: usize = 3584; // u32[32]
export const PRE_CODES: usize = 3712; // u32[32]
export const LENGTHS: usize = 3840; // u8[320]
export const PACKED: usize = 4160; // u16[320]: the lengths as sent, symbol | extra << 8
export const SORT: usize = 4800; // u32[288], then u32[288]
export const LIST: usize = 8192; // u32 pairs: literals; length | distance << 16
export const HEADS: usize = 147456; // u32[32768]
export const LINKS: usize = 278528; // u32[32768]

export const MOST_SEQUENCES: u32 = 16384;
/** Symbols of a block: enough to pay for its codes, few enough to follow a change in the picture. */
export const MOST_SYMBOLS: u32 = 40960;

@inline export function lengthSymbol(l: u32): u32 { // l = length - 3
  if (l < 8) return 257 + l;
  if (l == 255) return 285;
  const e = 29 - clz(l);
  return 257 + (e << 2) + (l >> e);
}
@inline export function lengthExtra(l: u32): u32 { return l < 8 || l == 255 ? 0 : 29 - clz(l); }
@inline export function distanceSymbol(x: u32): u32 { // x = distance - 1
  if (x < 4) return x;
  const e = 30 - clz(x);
  return (e << 1) + (x >> e);
}
@inline export function distanceExtra(x: u32): u32 { return x < 4 ? 0 : 30 - clz(x); }

/** Records `literals` bytes and then a match, and counts their symbols. `from` is where the literals begin. */
@inline export function note(state: usize, n: u32, from: usize, literals: u32, length: u32, distance: u32): void {
  const at = state + LIST + (<usize>n << 3), counts = state + LITERAL_COUNTS;
  store<u32>(at, literals);
  store<u32>(at, length | (distance << 16), 4);
  count(counts, from, literals);
  if (length) {
    const s = counts + (<usize>lengthSymbol(length - 3) << 2), d = state + DISTANCE_COUNTS + (<usize>distanceSymbol(distance - 1) << 2);
    store<u32>(s, load<u32>(s) + 1);
    store<u32>(d, load<u32>(d) + 1);
  }
}

export function count(counts: usize, from: usize, n: u32): void {
  for (let p = from, end = from + n; p < end; p++) {
    const at = counts + (<usize>load<u8>(p) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
}
