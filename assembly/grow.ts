import { Frame } from "./lib/frame";
export function grow(dst: usize, block: usize, scratch: usize): void { const f = changetype<Frame>(block); memory.copy(dst, f.first(f.picture), f.width*f.height*f.size); }
export function growFloat(dst: usize, block: usize, scratch: usize): void { grow(dst, block, scratch); }
