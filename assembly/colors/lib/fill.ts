// Fills a short run with one value and writes no byte beyond it. Overlapping stores, because a call would cost more than the run.

/** `four`: a word, or one byte repeated four times. There must be room for at least one value. */
@inline export function fill(at: usize, end: usize, four: u32): void {
  const n = end - at, eight = <u64>four << 32 | four;
  if (n >= 16) {
    if (ASC_FEATURE_SIMD) {
      const all = i64x2.splat(eight);
      for (; at < end - 16; at += 16) v128.store(at, all);
      v128.store(end - 16, all);
    } else {
      for (; at < end - 8; at += 8) store<u64>(at, eight, 0, 1);
      store<u64>(end - 8, eight, 0, 1);
    }
  } else if (n >= 8) {
    store<u64>(at, eight, 0, 1);
    store<u64>(end - 8, eight, 0, 1);
  } else if (n >= 4) {
    store<u32>(at, four, 0, 1);
    store<u32>(end - 4, four, 0, 1);
  } else for (; at < end; at++) store<u8>(at, <u8>four);
}
