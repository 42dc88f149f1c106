// One value from here to there and not one byte more, in few stores that overlap: a call would take longer than so short a run.

/** `four` is one, or four bytes of, the value, at least one of which there must be room for. */
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
