// The blue to yellow axis of CIE Lab as LittleCMS gives it, 128 in the middle. `block`: the table that `cells` made of its nodes.
import { walk } from "../lib/pick";
import { Lab } from "../space/lab";

export function labB(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { walk<Lab>(dst, src, n, channels, block); }
