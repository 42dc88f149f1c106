// The largest connected parts of a mask, a picture each, with the values they have in it. What the first picture finds out stays
// in scratch for the others.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes, AboveFloats } from "../lib/above";
import { RUN, begin, end, parent } from "./lib/runs";
import { Parts, partRoom } from "./lib/parts";

@unmanaged
class Asked { threshold: f32; connectivity: u32; minArea: u32; count: u32; }

export function parts(dst: usize, block: usize, scratch: usize): u32 { return made<AboveBytes>(dst, block, scratch); }
export function partsFloat(dst: usize, block: usize, scratch: usize): u32 { return made<AboveFloats>(dst, block, scratch); }
export function partsRoom(block: usize): u32 { return partRoom<AboveBytes>(changetype<Frame>(block), changetype<Asked>(numbers(block)).threshold); }
export function partsFloatRoom(block: usize): u32 { return partRoom<AboveFloats>(changetype<Frame>(block), changetype<Asked>(numbers(block)).threshold); }

@inline function made<T>(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), asked = changetype<Asked>(numbers(block)), parts = changetype<Parts>(scratch);
  if (!f.picture && !parts.measure<T>(f, f.a, asked.threshold, asked.connectivity, asked.minArea, asked.count)) return 1;
  const size = <usize>changetype<T>(0).size();
  memory.fill(dst, 0, <usize>f.width * f.height * size);
  // another picture than the one that was asked about may have fewer parts: the others are black
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
