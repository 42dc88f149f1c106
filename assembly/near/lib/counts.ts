// Sixteen counts of the pixels in a window, from the first on: of up to 255 pixels as bytes, of more as words.
import { bins } from "../../lib/lanes";

@unmanaged
export class Narrow {
  @inline size(): u32 { return 16; }
  @inline shift(at: usize, enter: usize, leave: usize): void { bins.shift(at, enter, leave); }
  @inline add(at: usize, enter: usize): void { bins.add(at, enter); }
  @inline below(at: usize, limit: u32): u32 { return bins.below(at, limit); }
  @inline at(counts: usize, i: u32): u32 { return load<u8>(counts + i); }
}

@unmanaged
export class Wide {
  @inline size(): u32 { return 32; }
  @inline shift(at: usize, enter: usize, leave: usize): void { bins.shiftWide(at, enter, leave); }
  @inline add(at: usize, enter: usize): void { bins.addWide(at, enter); }
  @inline below(at: usize, limit: u32): u32 { return bins.belowWide(at, limit); }
  @inline at(counts: usize, i: u32): u32 { return load<u16>(counts + 2 * i); }
}
