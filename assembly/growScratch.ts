export function growScratch(width: u32, height: u32, size: u32): u32 { return 0; }
