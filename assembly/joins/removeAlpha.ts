// Drops the alpha of each pixel; gray is repeated three times. `size`: bytes of one channel, 1 or 4.
import { last3 } from "../lib/key";
import { toGray } from "./toGray";

export function removeAlpha(dst: usize, src: usize, n: u32, channels: u32, size: u32): void {
  if (channels == 1) return toGray(dst, src, n, channels, size);
  const end = src + n * size * channels, step = channels * size;
  if (size == 1) {
    for (; src < end - step; src += step, dst += 3) store<u32>(dst, load<u32>(src), 0, 1); // the next pixel overwrites the fourth byte
    last3(dst, load<u32>(src));
  }
  else for (; src < end; src += step, dst += 12) {
    store<u32>(dst, load<u32>(src));
    store<u32>(dst, load<u32>(src, 4), 4);
    store<u32>(dst, load<u32>(src, 8), 8);
  }
}
