// Copies a row of pixels of `size` bytes (1, 2, 3, 4, 6 or 8) to places `step` bytes apart: one row of one Adam7 pass.
export function scatter(dst: usize, src: usize, n: u32, size: u32, step: usize): void {
  let at = src, out = dst;
  for (let i: u32 = 0; i < n; i++) {
    if (size == 4) store<u32>(out, load<u32>(at, 0, 1), 0, 1);
    else if (size == 1) store<u8>(out, load<u8>(at));
    else if (size == 8) store<u64>(out, load<u64>(at, 0, 1), 0, 1);
    else if (size == 2) store<u16>(out, load<u16>(at, 0, 1), 0, 1);
    else {
      store<u16>(out, load<u16>(at, 0, 1), 0, 1);
      if (size == 3) store<u8>(out, load<u8>(at, 2), 2);
      else store<u32>(out, load<u32>(at, 2, 1), 2, 1);
    }
    at += size;
    out += step;
  }
}
