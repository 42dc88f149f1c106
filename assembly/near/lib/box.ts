// Pillow's extended box: the mean of 2 r + 1 bytes and a fraction of the two beyond them, edges repeated, along a tile's lines.
// A running (sum * ww + (one before + one behind) * fw + 2^23) >> 24, updated by four bytes per pixel.
import { BYTES, Int, byte, int, word } from "../../lib/lanes";

@unmanaged
export class Box { r: u32; ww: u32; fw: u32; }

/** How many vectors a line is extended by at either end. */
@inline export function ends(r: u32): u32 { return r + 1; }

/** Repeats the ends of `channels` interleaved lines. */
export function extend(tile: usize, n: u32, channels: u32, r: u32): void {
  for (let c: u32 = 0; c < channels; c++) {
    const step: usize = channels * BYTES, first = tile + c * BYTES, last = first + (n - 1) * step;
    const a = byte.load(first), b = byte.load(last);
    for (let i: usize = 1; i <= ends(r); i++) {
      byte.store(first - i * step, a);
      byte.store(last + i * step, b);
    }
  }
}

/** One pass over a line of n vectors, `step` bytes apart. */
export function box(dst: usize, src: usize, n: u32, step: usize, b: Box): void {
  const r = b.r, inner = b.ww - b.fw, outer = b.fw;
  // weights of up to 25 bits, split into 15 bits and the rest, for two products of 16 bits each
  const low = int.splat((inner & 0x7fff) | (outer & 0x7fff) << 16), high = int.splat(inner >> 15 | outer >> 15 << 16);
  // the bytes that enter the window and those that leave it, each with its neighbour beyond the window
  let inside = src + (r + 1) * step, leaving = src - (r + 1) * step;
  let sum0 = int.splat(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
  for (let at = src - r * step; at < inside; at += step) {
    const v = byte.load(at), first = word.low(v), second = word.high(v);
    sum0 = int.add(sum0, int.low(first));
    sum1 = int.add(sum1, int.high(first));
    sum2 = int.add(sum2, int.low(second));
    sum3 = int.add(sum3, int.high(second));
  }
  const own = byte.load(inside), gone = byte.load(leaving);
  let ownLow = word.low(own), ownHigh = word.high(own), goneLow = word.low(gone), goneHigh = word.high(gone);
  sum0 = opening(sum0, int.low(ownLow), int.low(goneLow), b);
  sum1 = opening(sum1, int.high(ownLow), int.high(goneLow), b);
  sum2 = opening(sum2, int.low(ownHigh), int.low(goneHigh), b);
  sum3 = opening(sum3, int.high(ownHigh), int.high(goneHigh), b);
  byte.store(dst, int.narrow(int.shru(sum0, 24), int.shru(sum1, 24), int.shru(sum2, 24), int.shru(sum3, 24)));
  const end = dst + (n - 1) * step;
  // a loop with its condition at the end: engines then keep fewer loop constants in registers
  if (dst < end) do {
    inside += step;
    leaving += step;
    dst += step;
    const next = byte.load(inside), old = byte.load(leaving);
    const nextLow = word.low(next), nextHigh = word.high(next), oldLow = word.low(old), oldHigh = word.high(old);
    // the change of the window's sum, and of the two bytes beyond it
    const a = word.sub(ownLow, oldLow), A = word.sub(ownHigh, oldHigh), c = word.sub(nextLow, goneLow), C = word.sub(nextHigh, goneHigh);
    sum0 = moved(sum0, int.lowPair(a, c), low, high);
    sum1 = moved(sum1, int.highPair(a, c), low, high);
    sum2 = moved(sum2, int.lowPair(A, C), low, high);
    sum3 = moved(sum3, int.highPair(A, C), low, high);
    byte.store(dst, int.narrow(int.shru(sum0, 24), int.shru(sum1, 24), int.shru(sum2, 24), int.shru(sum3, 24)));
    ownLow = nextLow;
    ownHigh = nextHigh;
    goneLow = oldLow;
    goneHigh = oldHigh;
  } while (dst < end);
}

@inline function opening(sum: Int, before: Int, behind: Int, b: Box): Int {
  return int.add(int.add(int.mul(sum, int.splat(b.ww)), int.mul(int.add(before, behind), int.splat(b.fw))), int.splat(1 << 23));
}
@inline function moved(sum: Int, gaps: Int, low: Int, high: Int): Int {
  return int.add(sum, int.add(int.dot(gaps, low), int.shl(int.dot(gaps, high), 15)));
}
