// `blue` and `unit` in one step.
import { lane } from "./lib/lane";

export function blueUnit(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { lane(dst, src, n, channels, 16); }
