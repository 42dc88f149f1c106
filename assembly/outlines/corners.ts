// How many corners the outlines of a mask have, one word: so much room they need. Two where pixels meet at a corner alone.
// Scratch keeps the bits of the row above, 64 pixels a word.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes } from "../lib/above";

@unmanaged
class Asked { threshold: f32; }

export function cornersRoom(block: usize): u32 { return (changetype<Frame>(block).aWidth / 64 + 1) * 8; }

export function corners(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), asked = changetype<Asked>(numbers(block)), width = f.aWidth, height = f.aHeight;
  const limit = changetype<AboveBytes>(0).limit(asked.threshold), src = f.a + <usize>f.picture * width * height;
  let y = f.from, count: u32 = y ? load<u32>(dst) : 0;
  for (let left: i32 = 1048576; left > 0 && y <= height; left -= width, y++) {
    let aboveCarry: u64 = 0, belowCarry: u64 = 0;
    for (let x: u32 = 0, at = scratch; x <= width; x += 64, at += 8) {
      const above = y ? load<u64>(at) : 0, below = y < height ? row(src + <usize>y * width, x, width, limit) : 0;
      store<u64>(at, below);
      const p = above ^ (above << 1 | aboveCarry), q = below ^ (below << 1 | belowCarry);
      count += <u32>popcnt(p ^ q) + 2 * <u32>popcnt(p & q & (above ^ below));
      aboveCarry = above >> 63;
      belowCarry = below >> 63;
    }
  }
  store<u32>(dst, count);
  return y <= height ? y : 0;
}

@inline function row(src: usize, x: u32, width: u32, limit: u32): u64 {
  if (x == width) return 0;
  const bits = changetype<AboveBytes>(0).bits(src + x, limit);
  return width - x < 64 ? bits & ((<u64>1 << (width - x)) - 1) : bits;
}
