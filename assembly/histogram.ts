// Counts each byte value. Four tables of 256 u32 take turns, so that a run of one value does not wait for its own store.
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
