// Bytes to floats, v / 255, without the table that `floats` needs, as fast as memory allows.
import { LANES, float, int } from "./lib/lanes";
import { unitOf } from "./lib/unit";

export function unit(dst: usize, src: usize, n: u32): void {
  for (const end = src + n; src < end; src += LANES, dst += LANES * 4) float.store(dst, unitOf(int.bytes(src)));
}
