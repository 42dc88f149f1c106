// Opaque colours in 2048 parts of 8192, in the order of R, G, B: 11 bits of a part's number, 13 of the place in it.
import { color } from "./color";

@inline export function opaque(src: usize, channels: u32): u32 { return bswap(color(src, channels)) >> 8; }
