// A mask as an RGB picture: each value three times. `size`: bytes of a value, 1 or 4.
import { last3 } from "../lib/key";

export function toGray(dst: usize, src: usize, n: u32, channels: u32, size: u32): void {
  const end = src + n * size;
  if (size == 1) {
    for (; src < end - 1; src++, dst += 3) store<u32>(dst, <u32>load<u8>(src) * 0x010101, 0, 1); // the next pixel overwrites the fourth byte
    last3(dst, <u32>load<u8>(src) * 0x010101);
  }
  else for (; src < end; src += 4, dst += 12) {
    const v = load<u32>(src);
    store<u32>(dst, v);
    store<u32>(dst, v, 4);
    store<u32>(dst, v, 8);
  }
}
