// Parts of fewer pixels than an area become black.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes, AboveFloats } from "../lib/above";
import { paint } from "./lib/paint";
import { PIXELS, RUN, Runs, area, begin, end, parent, runRoom } from "./lib/runs";

@unmanaged
class Small { area: u32; connectivity: u32; threshold: f32; }

export function removeSmall(dst: usize, block: usize, scratch: usize): u32 { return removed<AboveBytes>(dst, block, scratch); }
export function removeSmallFloat(dst: usize, block: usize, scratch: usize): u32 { return removed<AboveFloats>(dst, block, scratch); }
export function removeSmallRoom(block: usize): u32 { return room<AboveBytes>(block); }
export function removeSmallFloatRoom(block: usize): u32 { return room<AboveFloats>(block); }

@inline function room<T>(block: usize): u32 {
  const f = changetype<Frame>(block), small = changetype<Small>(numbers(block)), limit = changetype<T>(0).limit(small.threshold);
  return runRoom<T>(f.a, f.aWidth, f.aHeight, f.aBatch, limit, 0, <u32>RUN);
}

@inline function removed<T>(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), small = changetype<Small>(numbers(block)), runs = changetype<Runs>(scratch);
  const t = changetype<T>(0), width = f.width, stride = <usize>width * t.size();
  if (!f.from) runs.open();
  if (runs.stage == 0) {
    const src = f.first(f.picture), limit = t.limit(small.threshold), reach = small.connectivity;
    for (let left: i32 = PIXELS; left > 0 && runs.row < f.height; left -= width) {
      const at = <usize>runs.row * stride;
      memory.copy(dst + at, src + at, stride);
      runs.push<T>(src + at, width, limit, 0, reach);
    }
    runs.taken(f.height);
  } else if (runs.stage == 1) runs.settling();
  else {
    const stop = runs.stop();
    for (let run = runs.at; run < stop; run += RUN) {
      if (area(parent(run)) < small.area) paint(dst, begin(run), end(run), t.size(), 0);
    }
    return runs.passed(stop);
  }
  return 1;
}
