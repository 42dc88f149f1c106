// Pillow's BoxBlur: one box each way.
import { boxes, boxesRoom, boxesUnits } from "./lib/boxes";

export function boxBlur(dst: usize, block: usize, scratch: usize): u32 { return boxes(dst, block, scratch); }
export function boxBlurRoom(block: usize): u32 { return boxesRoom(block); }
export function boxBlurUnits(block: usize, phase: u32): u32 { return boxesUnits(block, phase); }
