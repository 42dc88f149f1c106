// 16-bit gray (channels 1), gray and alpha (2) or RGB (3) to gray and alpha (size 2) or RGBA (size 4), in the machine's byte
// order. Pixels equal to the key (r, g, b) become transparent; r = -1 means no key.
export function opaque16(dst: usize, src: usize, n: u32, channels: u32, size: u32, r: i32, g: i32, b: i32): void {
  let at = src, out = dst;
  for (let i: u32 = 0; i < n; i++) {
    const x = <i32>load<u16>(at, 0, 1);
    let y = x, z = x, a: i32 = 0xffff;
    if (channels == 2) a = <i32>load<u16>(at, 2, 1);
    else {
      if (channels == 3) { y = <i32>load<u16>(at, 2, 1); z = <i32>load<u16>(at, 4, 1); }
      if (x == r && y == g && z == b) a = 0;
    }
    if (size == 2) store<u32>(out, x | (a << 16), 0, 1);
    else {
      store<u32>(out, x | (y << 16), 0, 1);
      store<u32>(out, z | (a << 16), 4, 1);
    }
    at += channels << 1;
    out += size << 1;
  }
}
