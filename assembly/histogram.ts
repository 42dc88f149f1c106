// Counts of each byte, added to four tables of 256 u32 in turn, so that runs of one value do not wait for their own store.
export function histogram(counts: usize, src: usize, n: u32): void {
  const end = src + n;
  for (; src + 4 <= end; src += 4) {
    const v = load<u32>(src);
    one(counts, v & 255);
    one(counts, v >> 8 & 255 | 256);
    one(counts, v >> 16 & 255 | 512);
    one(counts, v >> 24 | 768);
  }
  for (; src < end; src++) one(counts, load<u8>(src));
}

@inline function one(counts: usize, at: usize): void { store<u32>(counts + (at << 2), load<u32>(counts + (at << 2)) + 1); }
