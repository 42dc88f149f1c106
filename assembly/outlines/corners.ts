// Counts the corners in a mask's outlines, one word, to size the result. A point where two pixels touch only diagonally counts
// twice. It also writes the mask as bits at `bits` for outlines.ts: see lib/bits.ts.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes } from "../lib/above";
import { rowBytes } from "./lib/bits";

@unmanaged
class Asked { threshold: f32; bits: usize; }

export function corners(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), asked = changetype<Asked>(numbers(block)), width = f.aWidth, height = f.aHeight;
  const limit = changetype<AboveBytes>(0).limit(asked.threshold), src = f.a + <usize>f.picture * width * height;
  const row = rowBytes(width);
  let y = f.from, count: u32 = y ? load<u32>(dst) : 0, at = asked.bits + (y + 1) * row;
  if (!y) memory.fill(asked.bits, 0, row);
  for (let left: i32 = 1048576; left > 0 && y <= height; left -= width, y++, at += row) {
    if (y < height) fill(at, src + <usize>y * width, width, limit);
    else memory.fill(at, 0, row);
    count += between(at - row, at, row);
  }
  store<u32>(dst, count);
  return y <= height ? y : 0;
}

function fill(at: usize, src: usize, width: u32, limit: u32): void {
  const t = changetype<AboveBytes>(0);
  let left = <i32>width;
  if (left >= 64) do {
    store<u64>(at, t.bits(src, limit));
    src += 64;
    at += 8;
    left -= 64;
  } while (left >= 64);
  store<u64>(at, left ? t.bits(src, limit) & (((<u64>1) << left) - 1) : 0);
}

/** Counts the corners between two rows. */
function between(above: usize, below: usize, row: usize): u32 {
  const end = above + row;
  let count: u32 = 0, aboveCarry: u64 = 0, belowCarry: u64 = 0;
  do {
    const a = load<u64>(above), b = load<u64>(below), p = a ^ (a << 1 | aboveCarry), q = b ^ (b << 1 | belowCarry);
    count += <u32>popcnt(p ^ q) + 2 * <u32>popcnt(p & q & (a ^ b));
    aboveCarry = a >> 63;
    belowCarry = b >> 63;
    above += 8;
    below += 8;
  } while (above < end);
  return count;
}
