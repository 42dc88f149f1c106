// Counting colours when even the rarest matter, three passes over opaque pictures: `parts` counts 2048 parts of the colour
// space, the caller turns the counts into where each part begins, `deal` writes the pixels there, `tally` counts each part.
import { opaque } from "./lib/part";

export function parts(counts: usize, src: usize, n: u32, channels: u32): void {
  for (const end = src + n * channels; src < end; src += channels) {
    const at = counts + (opaque(src, channels) >> 13 << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
}
