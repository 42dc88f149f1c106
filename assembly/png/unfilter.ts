// Undoes PNG's row filters (PNG specification, section 9) for `rows` rows of `rowBytes`, each after its filter byte. `prior` is
// the row above the first one, zeros at the top of a picture. Rows land `stride` bytes apart, and a write may pass a row's end,
// so rows must be undone from the top down. Returns how many rows it undid: fewer than asked means that the next filter byte is
// invalid.
import { sub, up, average, paeth, paeth2 } from "./lib/unfilter";

export function unfilter(dst: usize, stride: usize, src: usize, prior: usize, rowBytes: usize, rows: u32, bpp: u32): u32 {
  let out = dst, above = prior, from = src;
  for (let y: u32 = 0; y < rows; y++) {
    const filter = load<u8>(from), row = from + 1;
    if (filter == 0) memory.copy(out, row, rowBytes);
    else if (filter == 1) sub(out, row, rowBytes, bpp);
    else if (filter == 2) up(out, row, above, rowBytes);
    else if (filter == 3) average(out, row, above, rowBytes, bpp);
    else if (filter == 4) {
      if (ASC_FEATURE_SIMD) {
        // two rows in one pass, the lower one a pixel behind: a single row is slow because each pixel waits for the one before
        if ((bpp == 4 || bpp == 3) && y + 1 < rows && load<u8>(row + rowBytes) == 4 && rowBytes > bpp) {
          paeth2(out, out + stride, row, row + rowBytes + 1, above, rowBytes, bpp);
          y++;
          out += stride;
          from += rowBytes + 1;
        } else paeth(out, row, above, rowBytes, bpp);
      } else paeth(out, row, above, rowBytes, bpp);
    } else return y;
    above = out;
    out += stride;
    from += rowBytes + 1;
  }
  return rows;
}
