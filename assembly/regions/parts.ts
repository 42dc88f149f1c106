// The largest connected parts of a mask, one picture each, with the mask's values. The first picture leaves its findings in
// scratch for the others.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes, AboveFloats } from "../lib/above";
import { CLOSE, DRAW, bandUnits, bandsOf } from "./lib/bands";
import { Part } from "./lib/best";
import { RUN, begin, end, parent } from "./lib/runs";
import { Parts, measureBands, partRoom } from "./lib/parts";

@unmanaged
class Asked { threshold: f32; connectivity: u32; minArea: u32; count: u32; }

export function parts(dst: usize, block: usize, scratch: usize): u32 { return made<AboveBytes>(dst, block, scratch); }
export function partsFloat(dst: usize, block: usize, scratch: usize): u32 { return made<AboveFloats>(dst, block, scratch); }
export function partsRoom(block: usize): u32 { return partRoom<AboveBytes>(changetype<Frame>(block), changetype<Asked>(numbers(block)).threshold); }
export function partsFloatRoom(block: usize): u32 { return partRoom<AboveFloats>(changetype<Frame>(block), changetype<Asked>(numbers(block)).threshold); }

export function partsBands(dst: usize, block: usize, scratch: usize): u32 { return banded<AboveBytes>(dst, block); }
export function partsFloatBands(dst: usize, block: usize, scratch: usize): u32 { return banded<AboveFloats>(dst, block); }
export function partsBandsUnits(block: usize, phase: u32): u32 { return bandUnits(block, phase, DRAW); }
export function partsFloatBandsUnits(block: usize, phase: u32): u32 { return bandUnits(block, phase, DRAW); }
export function partsBandsRoom(block: usize): u32 { return changetype<Asked>(numbers(block)).count << 2; }
export function partsFloatBandsRoom(block: usize): u32 { return partsBandsRoom(block); }
export function partsBandsKept(): u32 { return DRAW; }
export function partsFloatBandsKept(): u32 { return DRAW; }

@inline function made<T>(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), asked = changetype<Asked>(numbers(block)), parts = changetype<Parts>(scratch);
  if (!f.picture && !parts.measure<T>(f, f.a, asked.threshold, asked.connectivity, asked.minArea, asked.count)) return 1;
  const size = <usize>changetype<T>(0).size();
  memory.fill(dst, 0, <usize>f.width * f.height * size);
  // a mask with fewer parts than pictures leaves the others black
  if (f.picture >= parts.count) return 0;
  const part = parts.record(f.picture), root = part.run;
  let left = part.area;
  for (let run = root; left; run += RUN) {
    if (parent(run) != root) continue;
    const from = <usize>begin(run) * size, length = <usize>(end(run) - begin(run));
    memory.copy(dst + from, f.a + from, length * size);
    left -= <u32>length;
  }
  return 0;
}

@inline function banded<T>(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), asked = changetype<Asked>(numbers(block)), bands = bandsOf(f), phase = bands.phaseOf(f.from);
  if (phase <= CLOSE) {
    if (!measureBands<T>(bands, f, asked.threshold, asked.connectivity, asked.minArea, asked.count)) return f.from;
  } else {
    const size = <usize>changetype<T>(0).size(), band = bands.band(f.from, phase), width = f.width;
    const top = bands.from(band), bottom = bands.to(band, f.height), none = f.picture >= bands.count;
    memory.fill(dst + <usize>top * width * size, 0, <usize>(bottom - top) * width * size);
    const part = none ? changetype<Part>(0) : bands.record(f.picture);
    if (!none && part.y < bottom && part.bottom > top) {
      const runs = bands.runs(band);
      for (let run = runs.first(); run < runs.top; run += RUN) {
        if (parent(parent(run)) != part.run) continue;
        const from = <usize>begin(run) * size;
        memory.copy(dst + from, f.a + from, <usize>(end(run) - begin(run)) * size);
      }
    }
  }
  return f.from + 1;
}
