// Measures the connected parts of a mask. Writes words of 32 bits: the number of parts, then area, x, y, width and height of each
// of the largest.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes, AboveFloats } from "../lib/above";
import { CLOSE, bandUnits, bandsOf } from "./lib/bands";
import { Best } from "./lib/best";
import { Parts, measureBands, partRoom } from "./lib/parts";

@unmanaged
class Asked { threshold: f32; connectivity: u32; minArea: u32; max: u32; }

export function components(dst: usize, block: usize, scratch: usize): u32 { return found<AboveBytes>(dst, block, scratch); }
export function componentsFloat(dst: usize, block: usize, scratch: usize): u32 { return found<AboveFloats>(dst, block, scratch); }
export function componentsRoom(block: usize): u32 { return partRoom<AboveBytes>(changetype<Frame>(block), changetype<Asked>(numbers(block)).threshold); }
export function componentsFloatRoom(block: usize): u32 { return partRoom<AboveFloats>(changetype<Frame>(block), changetype<Asked>(numbers(block)).threshold); }

export function componentsBands(dst: usize, block: usize, scratch: usize): u32 { return banded<AboveBytes>(dst, block); }
export function componentsFloatBands(dst: usize, block: usize, scratch: usize): u32 { return banded<AboveFloats>(dst, block); }
export function componentsBandsUnits(block: usize, phase: u32): u32 { return bandUnits(block, phase, CLOSE); }
export function componentsFloatBandsUnits(block: usize, phase: u32): u32 { return bandUnits(block, phase, CLOSE); }
export function componentsBandsRoom(block: usize): u32 { return changetype<Asked>(numbers(block)).max << 2; }
export function componentsFloatBandsRoom(block: usize): u32 { return componentsBandsRoom(block); }

@inline function found<T>(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), asked = changetype<Asked>(numbers(block)), parts = changetype<Parts>(scratch);
  if (!parts.measure<T>(f, f.a, asked.threshold, asked.connectivity, asked.minArea, asked.max)) return 1;
  told(dst, parts);
  return 0;
}

@inline function banded<T>(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), asked = changetype<Asked>(numbers(block)), bands = bandsOf(f);
  if (!measureBands<T>(bands, f, asked.threshold, asked.connectivity, asked.minArea, asked.max)) return f.from;
  if (bands.phaseOf(f.from) == CLOSE) told(dst, bands);
  return f.from + 1;
}

function told(dst: usize, parts: Best): void {
  store<u32>(dst, parts.count);
  for (let i: u32 = 0; i < parts.count; i++) {
    const part = parts.record(i), at = dst + 4 + <usize>i * 20;
    store<u32>(at, part.area);
    store<u32>(at, part.x, 4);
    store<u32>(at, part.y, 8);
    store<u32>(at, part.right - part.x, 12);
    store<u32>(at, part.bottom - part.y, 16);
  }
}
