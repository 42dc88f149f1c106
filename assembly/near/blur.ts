// Pillow's GaussianBlur: three boxes each way.
import { boxes, boxesRoom, boxesUnits } from "./lib/boxes";

export function blur(dst: usize, block: usize, scratch: usize): u32 { return boxes(dst, block, scratch); }
export function blurRoom(block: usize): u32 { return boxesRoom(block); }
export function blurUnits(block: usize, phase: u32): u32 { return boxesUnits(block, phase); }
