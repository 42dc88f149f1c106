// `match` and `unit` in one: 1 where a pixel has the colour, else 0.
import { LANES, float, int } from "./lib/lanes";
import { whole } from "./lib/whole";

export function matchUnit(dst: usize, src: usize, n: u32, channels: u32, block: usize): void {
  const end = dst + (n << 2), s: usize = LANES * 4, color = int.splat(<i32>whole(load<u32>(block), channels));
  if (channels == 4) for (; dst < end; dst += s, src += LANES * 4) float.store(dst, float.one(int.eq(int.rgba(src), color)));
  else if (channels == 3) for (; dst < end; dst += s, src += LANES * 3) float.store(dst, float.one(int.eq(int.rgb(src), color)));
  else for (; dst < end; dst += s, src += LANES) float.store(dst, float.one(int.eq(int.gray(src), color)));
}
