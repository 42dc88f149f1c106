// Dark areas that do not reach the edge of the picture become white. Dark areas use the opposite connectivity of light ones: a
// diagonal line of light closes a hole only if light pixels connect at corners.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes, AboveFloats } from "../lib/above";
import { paint } from "./lib/paint";
import { ACT, Across, COUNT, FIND, JOIN, bandUnits, bandsOf } from "./lib/bands";
import { PIXELS, RUN, Runs, area, begin, end, parent, runRoom } from "./lib/runs";

@unmanaged
class Holes { threshold: f32; connectivity: u32; area: u32; }

export function fillHoles(dst: usize, block: usize, scratch: usize): u32 { return filled<AboveBytes>(dst, block, scratch); }
export function fillHolesFloat(dst: usize, block: usize, scratch: usize): u32 { return filled<AboveFloats>(dst, block, scratch); }
export function fillHolesRoom(block: usize): u32 { return room<AboveBytes>(block); }
export function fillHolesFloatRoom(block: usize): u32 { return room<AboveFloats>(block); }
export function fillHolesBands(dst: usize, block: usize, scratch: usize): u32 { return banded<AboveBytes>(dst, block); }
export function fillHolesFloatBands(dst: usize, block: usize, scratch: usize): u32 { return banded<AboveFloats>(dst, block); }
export function fillHolesBandsUnits(block: usize, phase: u32): u32 { return bandUnits(block, phase, ACT); }
export function fillHolesFloatBandsUnits(block: usize, phase: u32): u32 { return bandUnits(block, phase, ACT); }

@inline function room<T>(block: usize): u32 {
  const f = changetype<Frame>(block), holes = changetype<Holes>(numbers(block)), limit = changetype<T>(0).limit(holes.threshold);
  return runRoom<T>(f.a, f.aWidth, f.aHeight, f.aBatch, limit, -1, <u32>RUN);
}

@inline function filled<T>(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), holes = changetype<Holes>(numbers(block)), runs = changetype<Runs>(scratch);
  const width = f.width;
  if (!f.from) {
    runs.open();
    runs.outside();
  }
  if (runs.stage == 0) {
    const limit = changetype<T>(0).limit(holes.threshold);
    for (let left: i32 = PIXELS; left > 0 && runs.row < f.height; left -= width) row<T>(dst, f, holes, runs, limit);
    runs.taken(f.height);
  } else if (runs.stage == 1) runs.settling();
  else {
    const stop = runs.stop();
    fill<T>(dst, holes, runs.at, stop, runs.first());
    return runs.passed(stop);
  }
  return 1;
}

@inline function banded<T>(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), holes = changetype<Holes>(numbers(block)), bands = bandsOf(f);
  const phase = bands.phaseOf(f.from), band = bands.band(f.from, phase), limit = changetype<T>(0).limit(holes.threshold);
  const runs = bands.runs(band);
  if (phase == COUNT) bands.needed<T>(band, f.first(f.picture), f, limit, -1, <u32>RUN);
  else if (phase == FIND) {
    runs.open(bands.from(band));
    runs.outside();
    while (runs.row < bands.to(band, f.height)) row<T>(dst, f, holes, runs, limit);
    runs.next(1);
    runs.settle(runs.many());
  } else if (phase == JOIN) {
    if (!bands.join<Across>(f.width, reach(holes), RUN)) return f.from;
  } else fill<T>(dst, holes, runs.first(), runs.top, bands.runs(0).first());
  return f.from + 1;
}

@inline function reach(holes: Holes): u32 { return holes.connectivity ? 0 : 1; }

@inline function row<T>(dst: usize, f: Frame, holes: Holes, runs: Runs, limit: u32): void {
  const stride = <usize>f.width * changetype<T>(0).size(), at = <usize>runs.row * stride, src = f.first(f.picture) + at;
  memory.copy(dst + at, src, stride);
  runs.push<T>(src, f.width, limit, -1, reach(holes));
  runs.edge(f.width, f.height);
}

@inline function fill<T>(dst: usize, holes: Holes, from: usize, stop: usize, outside: usize): void {
  const size = changetype<T>(0).size(), most = holes.area ? holes.area : 0xffffffff;
  for (let run = from; run < stop; run += RUN) {
    const root = parent(parent(run));
    if (root != outside && area(root) < most) paint(dst, begin(run), end(run), size, size == 1 ? 0xffffffff : 0x3f800000);
  }
}
