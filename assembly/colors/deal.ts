// Writes where in its part of the colour space each pixel lies (u16) to the part's own list; `ends` has a pointer for each.
import { opaque } from "./lib/part";

export function deal(ends: usize, src: usize, n: u32, channels: u32): void {
  for (const end = src + n * channels; src < end; src += channels) {
    const key = opaque(src, channels), at = ends + (key >> 13 << 2), to = load<u32>(at);
    store<u16>(to, <u16>(key & 8191));
    store<u32>(at, to + 2);
  }
}
