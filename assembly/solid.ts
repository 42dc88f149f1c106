// One value everywhere.
import { Frame, numbers } from "./lib/frame";

@unmanaged
class Solid { value: f32; }

export function solid(dst: usize, block: usize): void {
  const f = changetype<Frame>(block), value = changetype<Solid>(numbers(block)).value;
  for (const end = dst + (f.width * f.height << 2); dst < end; dst += 4) store<f32>(dst, value);
}
