// How many connected parts a mask has, and of the largest the areas and boxes: words of 32 bits, the number first, then for each
// part its area, x, y, width and height.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes, AboveFloats } from "../lib/above";
import { Parts, partRoom } from "./lib/parts";

@unmanaged
class Asked { threshold: f32; connectivity: u32; minArea: u32; max: u32; }

export function components(dst: usize, block: usize, scratch: usize): u32 { return found<AboveBytes>(dst, block, scratch); }
export function componentsFloat(dst: usize, block: usize, scratch: usize): u32 { return found<AboveFloats>(dst, block, scratch); }
export function componentsRoom(block: usize): u32 { return partRoom<AboveBytes>(changetype<Frame>(block), changetype<Asked>(numbers(block)).threshold); }
export function componentsFloatRoom(block: usize): u32 { return partRoom<AboveFloats>(changetype<Frame>(block), changetype<Asked>(numbers(block)).threshold); }

@inline function found<T>(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), asked = changetype<Asked>(numbers(block)), parts = changetype<Parts>(scratch);
  if (!parts.measure<T>(f, f.a, asked.threshold, asked.connectivity, asked.minArea, asked.max)) return 1;
  store<u32>(dst, parts.count);
  for (let i: u32 = 0; i < parts.count; i++) {
    const part = parts.record(i), at = dst + 4 + <usize>i * 20;
    store<u32>(at, part.area);
    store<u32>(at, part.x, 4);
    store<u32>(at, part.y, 8);
    store<u32>(at, part.right - part.x, 12);
    store<u32>(at, part.bottom - part.y, 16);
  }
  return 0;
}
