// Sixteen cumulative counts of the pixels in a window: bytes for up to 255 pixels, for more words in two vectors.
import { Bins, bins } from "../../lib/lanes";

@unmanaged
export class Narrow {
  @inline size(): u32 { return 16; }
  @inline add(low: Bins, enter: usize): Bins { return bins.add(low, enter); }
  @inline shift(low: Bins, enter: usize, leave: usize): Bins { return bins.shift(low, enter, leave); }
  @inline addHigh(high: Bins, enter: usize): Bins { return high; }
  @inline shiftHigh(high: Bins, enter: usize, leave: usize): Bins { return high; }
  @inline below(low: Bins, high: Bins, limit: u32): u32 { return bins.below(low, limit); }
  @inline keep(at: usize, low: Bins, high: Bins): void { bins.keep(at, low); }
  @inline at(counts: usize, i: u32): u32 { return load<u8>(counts + i); }
}

@unmanaged
export class Wide {
  @inline size(): u32 { return 32; }
  @inline add(low: Bins, enter: usize): Bins { return bins.addLow(low, enter); }
  @inline shift(low: Bins, enter: usize, leave: usize): Bins { return bins.shiftLow(low, enter, leave); }
  @inline addHigh(high: Bins, enter: usize): Bins { return bins.addHigh(high, enter); }
  @inline shiftHigh(high: Bins, enter: usize, leave: usize): Bins { return bins.shiftHigh(high, enter, leave); }
  @inline below(low: Bins, high: Bins, limit: u32): u32 { return bins.belowWide(low, high, limit); }
  @inline keep(at: usize, low: Bins, high: Bins): void {
    bins.keep(at, low);
    bins.keep(at + 16, high);
  }
  @inline at(counts: usize, i: u32): u32 { return load<u16>(counts + 2 * i); }
}
