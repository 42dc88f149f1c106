// Pillow's BoxBlur: one box each way.
import { boxes, boxesRoom } from "./lib/boxes";

export function boxBlur(dst: usize, block: usize, scratch: usize): u32 { return boxes(dst, block, scratch); }
export function boxBlurRoom(block: usize): u32 { return boxesRoom(block); }
