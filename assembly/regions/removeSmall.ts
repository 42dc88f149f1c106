// Connected parts of fewer pixels than a given area become black.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes, AboveFloats } from "../lib/above";
import { paint } from "./lib/paint";
import { ACT, Across, COUNT, FIND, JOIN, bandUnits, bandsOf } from "./lib/bands";
import { PIXELS, RUN, Runs, area, begin, end, parent, runRoom } from "./lib/runs";

@unmanaged
class Small { area: u32; connectivity: u32; threshold: f32; }

export function removeSmall(dst: usize, block: usize, scratch: usize): u32 { return removed<AboveBytes>(dst, block, scratch); }
export function removeSmallFloat(dst: usize, block: usize, scratch: usize): u32 { return removed<AboveFloats>(dst, block, scratch); }
export function removeSmallRoom(block: usize): u32 { return room<AboveBytes>(block); }
export function removeSmallFloatRoom(block: usize): u32 { return room<AboveFloats>(block); }
export function removeSmallBands(dst: usize, block: usize, scratch: usize): u32 { return banded<AboveBytes>(dst, block); }
export function removeSmallFloatBands(dst: usize, block: usize, scratch: usize): u32 { return banded<AboveFloats>(dst, block); }
export function removeSmallBandsUnits(block: usize, phase: u32): u32 { return bandUnits(block, phase, ACT); }
export function removeSmallFloatBandsUnits(block: usize, phase: u32): u32 { return bandUnits(block, phase, ACT); }

@inline function room<T>(block: usize): u32 {
  const f = changetype<Frame>(block), small = changetype<Small>(numbers(block)), limit = changetype<T>(0).limit(small.threshold);
  return runRoom<T>(f.a, f.aWidth, f.aHeight, f.aBatch, limit, 0, <u32>RUN);
}

@inline function removed<T>(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), small = changetype<Small>(numbers(block)), runs = changetype<Runs>(scratch);
  const width = f.width;
  if (!f.from) runs.open();
  if (runs.stage == 0) {
    const limit = changetype<T>(0).limit(small.threshold);
    for (let left: i32 = PIXELS; left > 0 && runs.row < f.height; left -= width) row<T>(dst, f, small, runs, limit);
    runs.taken(f.height);
  } else if (runs.stage == 1) runs.settling();
  else {
    const stop = runs.stop();
    clear<T>(dst, small, runs.at, stop);
    return runs.passed(stop);
  }
  return 1;
}

@inline function banded<T>(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), small = changetype<Small>(numbers(block)), bands = bandsOf(f);
  const phase = bands.phaseOf(f.from), band = bands.band(f.from, phase), limit = changetype<T>(0).limit(small.threshold);
  const runs = bands.runs(band);
  if (phase == COUNT) bands.needed<T>(band, f.first(f.picture), f, limit, 0, <u32>RUN);
  else if (phase == FIND) {
    runs.open(bands.from(band));
    while (runs.row < bands.to(band, f.height)) row<T>(dst, f, small, runs, limit);
    runs.next(1);
    runs.settle(runs.many());
  } else if (phase == JOIN) {
    if (!bands.join<Across>(f.width, small.connectivity, 0)) return f.from;
  } else clear<T>(dst, small, runs.first(), runs.top);
  return f.from + 1;
}

@inline function row<T>(dst: usize, f: Frame, small: Small, runs: Runs, limit: u32): void {
  const stride = <usize>f.width * changetype<T>(0).size(), at = <usize>runs.row * stride, src = f.first(f.picture) + at;
  memory.copy(dst + at, src, stride);
  runs.push<T>(src, f.width, limit, 0, small.connectivity);
}

@inline function clear<T>(dst: usize, small: Small, from: usize, stop: usize): void {
  for (let run = from; run < stop; run += RUN) {
    if (area(parent(parent(run))) < small.area) paint(dst, begin(run), end(run), changetype<T>(0).size(), 0);
  }
}
