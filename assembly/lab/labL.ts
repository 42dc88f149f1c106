// Lightness of CIE Lab as LittleCMS gives it. `block`: the table that `cells` made of its nodes.
import { walk } from "../lib/pick";
import { Lab } from "../space/lab";

export function labL(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { walk<Lab>(dst, src, n, channels, block); }
