// A mask as bits: a row of nothing, its rows, and a row of nothing. A row is words of 64 pixels, with at least one bit behind the last.

@inline export function rowBytes(width: u32): usize { return <usize>(width / 64 + 1) * 8; }
