// Applies PNG's row filters (PNG specification, section 9): `rows` rows of `rowBytes` at `src` become rows that start with their
// filter byte at `dst`. `prior` is the row above, zeros at the top. mode 0 to 4 is that filter; 5 tries all of them, 6 only none,
// sub and up, and both keep the filter with the least sum of absolute differences (the specification's heuristic, 12.7). Writes
// up to 15 bytes past the end.
import { one, weigh } from "./lib/refilter";

export function refilter(dst: usize, src: usize, prior: usize, rowBytes: usize, rows: u32, bpp: u32, mode: u32): void {
  let out = dst, row = src, above = prior;
  for (let y: u32 = 0; y < rows; y++) {
    let filter = mode;
    if (mode > 4) {
      filter = 0;
      let least = weigh(row, above, rowBytes, bpp, 0, ~0);
      for (let f: u32 = 1; f < (mode == 5 ? <u32>5 : <u32>3) && least; f++) {
        const w = weigh(row, above, rowBytes, bpp, f, least);
        if (w < least) { least = w; filter = f; }
      }
    }
    store<u8>(out, <u8>filter);
    one(out + 1, row, above, rowBytes, bpp, filter);
    out += rowBytes + 1;
    above = row;
    row += rowBytes;
  }
}
