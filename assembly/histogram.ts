// Counts of each byte, added to four tables of 256 u32 in turn, so that runs of one value do not wait for their own store.
export function histogram(counts: usize, src: usize, n: u32): void {
  const end = src + n;
  for (; src + 8 <= end; src += 8) {
    one(counts, src, 0);
    one(counts + 1024, src, 1);
    one(counts + 2048, src, 2);
    one(counts + 3072, src, 3);
    one(counts, src, 4);
    one(counts + 1024, src, 5);
    one(counts + 2048, src, 6);
    one(counts + 3072, src, 7);
  }
  for (; src < end; src++) one(counts, src, 0);
}

@inline function one(counts: usize, src: usize, k: usize): void {
  const at = counts + (<usize>load<u8>(src + k) << 2);
  store<u32>(at, load<u32>(at) + 1);
}
