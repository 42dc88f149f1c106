// The green to red axis of CIE Lab, 128 in the middle, as LittleCMS gives it; `block` is the table `cells` made from that component's nodes.
import { walk } from "../lib/pick";
import { Lab } from "../space/lab";

export function labA(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { walk<Lab>(dst, src, n, channels, block); }
