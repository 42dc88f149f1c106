// 255 where a pixel has the colour, else 0. The colour is R | G << 8 | B << 16 | A << 24. Three channels ignore alpha; one
// channel compares the low byte.
import { Int, int } from "../lib/lanes";
import { walk } from "../lib/pick";
import { scratch } from "../lib/scratch";
import { keyOf } from "../lib/key";

@unmanaged
class Match {
  color: i32;
  @inline at(dst: usize, p: Int, q: Int, r: Int, s: Int): void {
    int.pack(dst, this.one(p), this.one(q), this.one(r), this.one(s));
  }
  @inline one(p: Int): Int { return int.and(int.eq(p, int.splat(this.color)), int.splat(255)); }
}

export function match(dst: usize, src: usize, n: u32, channels: u32, color: usize): void {
  store<u32>(scratch, keyOf(load<u32>(color), channels));
  walk<Match>(dst, src, n, channels, scratch);
}
