// A mask as bits, with an empty row above and one below. A row is words of 64 pixels with at least one bit after the last pixel.

@inline export function rowBytes(width: u32): usize { return <usize>(width / 64 + 1) * 8; }
