// The loops that turn each pixel into one byte. An operation is a class with an inlined `at`, laid over its parameter block:
// AssemblyScript would turn a function argument into an indirect call for every pixel.
import { Byte, Int, LANES, int } from "./lanes";
import { high32, high64, low32, low64, sort } from "./shuffle";

/** Pixels in memory order, one loop for each layout, four vectors a step: `T.at(dst, p, q, r, s)`. */
export function walk<T>(dst: usize, src: usize, n: u32, channels: u32, block: usize): void {
  const end = dst + n, over = changetype<T>(block), step: usize = LANES * 4;
  if (channels == 4) {
    const s: usize = LANES * 4;
    for (; dst < end; dst += step, src += 4 * s) over.at(dst, int.rgba(src), int.rgba(src + s), int.rgba(src + 2 * s), int.rgba(src + 3 * s));
  } else if (channels == 3) {
    const s: usize = LANES * 3;
    for (; dst < end; dst += step, src += 4 * s) over.at(dst, int.rgb(src), int.rgb(src + s), int.rgb(src + 2 * s), int.rgb(src + 3 * s));
  } else {
    const s: usize = LANES;
    for (; dst < end; dst += step, src += 4 * s) over.at(dst, int.gray(src), int.gray(src + s), int.gray(src + 2 * s), int.gray(src + 3 * s));
  }
}

/** One channel computed from the others: `T.at(r, g, b, a)`, each a vector of numbers 0..255. */
@inline
export function pick<T>(dst: usize, src: usize, n: u32, channels: u32, block: usize): void {
  walk<Pick<T>>(dst, src, n, channels, block);
}

@unmanaged
class Pick<T> {
  @inline at(dst: usize, p: Int, q: Int, r: Int, s: Int): void {
    int.pack(dst, this.one(p), this.one(q), this.one(r), this.one(s));
  }
  @inline one(p: Int): Int {
    const low = int.splat(255);
    return changetype<T>(this).at(int.and(p, low), int.and(int.shru(p, 8), low), int.and(int.shru(p, 16), low), int.shru(p, 24));
  }
}

/** The same for operations that start in bytes: `T.at(r, g, b)`, each a vector of bytes. */
@inline
export function pickBytes<T>(dst: usize, src: usize, n: u32, channels: u32, block: usize): void {
  walk<PickBytes<T>>(dst, src, n, channels, block);
}

@unmanaged
class PickBytes<T> {
  @inline at(dst: usize, p: Int, q: Int, r: Int, s: Int): void {
    if (ASC_FEATURE_SIMD) {
      p = sort(p); q = sort(q); r = sort(r); s = sort(s);
      const pq = low32(p, q), rs = low32(r, s);
      v128.store(dst, changetype<T>(this).at(low64(pq, rs), high64(pq, rs), low64(high32(p, q), high32(r, s))));
    } else {
      this.one(dst, <u32>p); this.one(dst + 1, <u32>q); this.one(dst + 2, <u32>r); this.one(dst + 3, <u32>s);
    }
  }
  @inline one(dst: usize, p: u32): void {
    store<u8>(dst, changetype<T>(this).at(<Byte>(p & 255), <Byte>(p >> 8 & 255), <Byte>(p >> 16 & 255)));
  }
}
