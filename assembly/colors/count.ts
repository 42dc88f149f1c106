// The second pass of counting colours, in an open-addressed table: u32 colours so far, 12 bytes of nothing, then `capacity`
// (a power of two) entries of u32 colour and u32 count; count 0 is a free one. The caller clears it first. Without
// buckets every colour counts.
import { after, color, mixed } from "./lib/color";

/** The colours so far, or -1 when three quarters are taken: double the capacity, clear, and begin again with the first band. */
export function count(table: usize, capacity: u32, buckets: usize, least: u32, src: usize, n: u32, channels: u32): i32 {
  const entries = table + 16, limit = (capacity >> 2) * 3;
  let held = load<u32>(table);
  for (const end = src + n * channels; src < end;) {
    const key = color(src, channels), from = src, hash = mixed(key);
    src = after(src, end, channels, key);
    if (buckets && load<u32>(buckets + (hash >> 14 << 2)) < least) continue;
    let at = hash & (capacity - 1), entry = entries + (at << 3);
    for (; load<u32>(entry, 4) && load<u32>(entry) != key; entry = entries + (at << 3)) at = (at + 1) & (capacity - 1);
    if (!load<u32>(entry, 4)) {
      if (held == limit) return -1;
      store<u32>(entry, key);
      held++;
    }
    store<u32>(entry, load<u32>(entry, 4) + <u32>(src - from) / channels, 4);
  }
  store<u32>(table, held);
  return held;
}
