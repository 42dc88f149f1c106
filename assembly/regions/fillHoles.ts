// What is dark and does not reach the edge of the picture becomes white. The dark parts are joined by the other connectivity
// than the light ones: a diagonal line of light closes a hole only where its corners join.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes, AboveFloats } from "../lib/above";
import { paint } from "./lib/paint";
import { PIXELS, RUN, Runs, area, begin, end, parent, runRoom } from "./lib/runs";

@unmanaged
class Holes { threshold: f32; connectivity: u32; area: u32; }

export function fillHoles(dst: usize, block: usize, scratch: usize): u32 { return filled<AboveBytes>(dst, block, scratch); }
export function fillHolesFloat(dst: usize, block: usize, scratch: usize): u32 { return filled<AboveFloats>(dst, block, scratch); }
export function fillHolesRoom(block: usize): u32 { return room<AboveBytes>(block); }
export function fillHolesFloatRoom(block: usize): u32 { return room<AboveFloats>(block); }

@inline function room<T>(block: usize): u32 {
  const f = changetype<Frame>(block), holes = changetype<Holes>(numbers(block)), limit = changetype<T>(0).limit(holes.threshold);
  return runRoom<T>(f.a, f.aWidth, f.aHeight, f.aBatch, limit, -1, <u32>RUN);
}

@inline function filled<T>(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), holes = changetype<Holes>(numbers(block)), runs = changetype<Runs>(scratch);
  const t = changetype<T>(0), width = f.width, stride = <usize>width * t.size();
  if (!f.from) {
    runs.open();
    runs.outside();
  }
  if (runs.stage == 0) {
    const src = f.first(f.picture), limit = t.limit(holes.threshold), reach: u32 = holes.connectivity ? 0 : 1;
    for (let left: i32 = PIXELS; left > 0 && runs.row < f.height; left -= width) {
      const at = <usize>runs.row * stride;
      memory.copy(dst + at, src + at, stride);
      runs.push<T>(src + at, width, limit, -1, reach);
      runs.edge(width, f.height);
    }
    runs.taken(f.height);
  } else if (runs.stage == 1) runs.settling();
  else {
    const stop = runs.stop(), outside = runs.first(), most = holes.area ? holes.area : 0xffffffff;
    for (let run = runs.at; run < stop; run += RUN) {
      const root = parent(run);
      if (root != outside && area(root) < most) paint(dst, begin(run), end(run), t.size(), t.size() == 1 ? 0xffffffff : 0x3f800000);
    }
    return runs.passed(stop);
  }
  return 1;
}
