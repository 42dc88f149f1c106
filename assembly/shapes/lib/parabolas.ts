// Finds the lowest of the parabolas that stand on a row's heights, with vectors. A parabola's foot is the column it stands on. The
// foot of the lowest parabola never moves left as x grows, so the feet found at two pixels bound the feet of all pixels between
// them. `coarse` finds the foot of every sixteenth pixel, by halves; `fine` then tries, for sixteen pixels at a time, all feet
// between two of those. The time hardly depends on the picture, and there is no branch for each pixel as with a stack.
import { LANES, byte, float, int } from "../../lib/lanes";

/** The longest side for which all squares and sums stay below 2 ** 31. */
export const LONGEST: u32 = 23169;
/** Stands for a height without an end: its square is more than the squares of two longest sides. */
const MOST: i32 = 32767;
/** More than any sum that is compared. */
const NEVER: i32 = i32.MAX_VALUE;
/** Pixels between two whose feet `coarse` finds. */
const BLOCK: u32 = 4 * LANES;

/**
 * Writes the distances of row y and overwrites its heights. `zeros`: bytes that are 0 where the height is 0. Only the columns
 * `first` to `last` hold pixels of the other kind; first > last means that none does.
 */
export function parabolas(dst: usize, heights: usize, zeros: usize, width: u32, y: u32, first: u32, last: u32, spare: usize): void {
  const feet = spare + 256, blocks = (width + BLOCK - 1) / BLOCK;
  for (let k: u32 = 0; k < blocks; k++) store<i32>(feet + (k << 2), min(load<i32>(heights + (k * BLOCK << 2)), MOST));
  // h * h + i * i. The parabola at x is this - 2 * i * x + x * x, and x * x is the same for all.
  let place = int.from(0);
  for (let i: usize = 0; i < width; i += LANES) {
    const height = int.min(int.load(heights + (i << 2)), int.splat(MOST));
    int.store(heights + (i << 2), int.add(int.times(height, height), int.times(place, place)));
    place = int.add(place, int.splat(LANES));
  }
  int.store(heights + (width << 2), int.splat(NEVER));
  if (first > last) {
    // no pixel of the other kind at all: scipy measures to the pixel above the first
    store<i32>(heights, (y + 1) * (y + 1));
    first = last = 0;
  }
  coarse(feet, blocks, heights, first, last, spare);
  fine(dst, heights, zeros, width, feet, spare);
}

/** Replaces the height at each block's first pixel, in `feet`, by the foot of its lowest parabola. The outer two are bounds. */
function coarse(feet: usize, blocks: u32, sums: usize, first: u32, last: u32, spare: usize): void {
  store<u32>(feet, first);
  store<u32>(feet + (blocks << 2), last);
  let step: u32 = 1;
  while (step << 1 < blocks) step <<= 1;
  for (; step; step >>= 1) for (let k = step; k < blocks; k += step << 1) {
    const x = k * BLOCK, at = feet + (k << 2), height = load<u32>(at);
    // the foot is at most as far away as the pixel's own height
    const from = max<i32>(load<i32>(feet + (k - step << 2)), x - height), to = min(load<u32>(feet + (min(k + step, blocks) << 2)), x + height);
    store<u32>(at, height ? lowest(sums, x, from, to, spare) : x);
  }
}

/** The foot from `from` to `to` whose parabola is lowest at x. */
@inline function lowest(sums: usize, x: u32, from: u32, to: u32, spare: usize): u32 {
  const lanes = int.splat(LANES), far = int.splat(2 * x * LANES);
  let foot = int.from(from), less = int.mul(foot, int.splat(2 * x)), best = int.splat(NEVER), at = foot;
  for (let i = from; i <= to; i += LANES) {
    const v = int.sub(int.load(sums + (i << 2)), less);
    at = int.select(int.gt(best, v), foot, at);
    best = int.min(best, v);
    foot = int.add(foot, lanes);
    less = int.add(less, far);
  }
  int.store(spare, at);
  return load<u32>(spare + (ctz(int.bits(int.eq(best, int.least(best)))) << 2));
}

/** The distances of all pixels, block by block. */
function fine(dst: usize, sums: usize, zeros: usize, width: u32, feet: usize, spare: usize): void {
  const lanes = int.splat(LANES), more = int.splat(2 * LANES);
  for (let x: u32 = 0; x < width; x += BLOCK, feet += 4) {
    const fits = x + BLOCK <= width, to = fits ? dst + (x << 2) : spare, xa = int.from(x), twice = int.add(xa, xa);
    const from = load<u32>(feet), foot = int.splat(from), end = sums + (load<u32>(feet, 4) << 2);
    if (!byte.any(byte.load(zeros + x))) for (let i: usize = 0; i < BLOCK; i += LANES) int.store(to + (i << 2), int.splat(0));
    else {
      let a = int.splat(NEVER), b = a, c = a, d = a, m = int.mul(twice, foot), e = int.mul(more, foot);
      for (let at = sums + (from << 2); at <= end; at += 4) {
        const p = int.sub(int.same(at), m), q = int.sub(p, e), r = int.sub(q, e), s = int.sub(r, e);
        a = int.min(a, p);
        b = int.min(b, q);
        c = int.min(c, r);
        d = int.min(d, s);
        m = int.add(m, twice);
        e = int.add(e, more);
      }
      const xb = int.add(xa, lanes), xc = int.add(xb, lanes), xd = int.add(xc, lanes);
      a = int.add(a, int.times(xa, xa));
      b = int.add(b, int.times(xb, xb));
      c = int.add(c, int.times(xc, xc));
      d = int.add(d, int.times(xd, xd));
      int.store(to, a);
      int.store(to + 4 * LANES, b);
      int.store(to + 8 * LANES, c);
      int.store(to + 12 * LANES, d);
      // up to 2 ** 24 a float holds the number itself, and its root equals the rounded root of a double
      const near = !int.any(int.gt(int.max(int.max(a, b), int.max(c, d)), int.splat(1 << 24)));
      if (near) for (let i: usize = 0; i < BLOCK << 2; i += LANES << 2) float.store(to + i, float.sqrt(float.from(int.load(to + i))));
      else for (let i: usize = 0; i < BLOCK << 2; i += 4) store<f32>(to + i, <f32>Math.sqrt(<f64>load<i32>(to + i)));
    }
    if (!fits) memory.copy(dst + (x << 2), spare, width - x << 2);
  }
}
