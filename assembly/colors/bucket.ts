// The first pass of counting colours: how many pixels fall in each of 2^18 buckets. A colour has no more pixels than its
// bucket, so that the second pass, `count`, can leave out all that are too few.
import { after, color, mixed } from "./lib/color";

export function bucket(buckets: usize, src: usize, n: u32, channels: u32): void {
  for (const end = src + n * channels; src < end;) {
    const key = color(src, channels), from = src;
    src = after(src, end, channels, key);
    const at = buckets + (mixed(key) >> 14 << 2);
    store<u32>(at, load<u32>(at) + <u32>(src - from) / channels);
  }
}
