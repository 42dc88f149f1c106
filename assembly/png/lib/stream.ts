// Constants shared by the two inner loops of inflate.

// The state block, 22,528 bytes, u32 unless noted. Addresses are absolute.
export const IN = 0, IN_END = 4, OUT = 8, OUT_END = 12, BASE = 16, PHASE = 20, LAST = 24, LEFT = 28;
export const BITS = 32; // u64
export const COUNT = 40;
export const LENGTHS = 64, SCRATCH = 384, PRECODE = 1152, LITERALS = 2048, DISTANCES = 18432;

export const ROOT: u32 = 10; // bits looked up at once in the table of literals and lengths
export const ROOT_DISTANCE: u32 = 8;
export const ROOT_PRECODE: u32 = 7;

// Return values. src/png/inflate.ts repeats them.
export const MORE: i32 = 0, DONE: i32 = 1, CUT: i32 = -1, BAD_BLOCK: i32 = -2, BAD_LENGTHS: i32 = -3, BAD_CODE: i32 = -4, BAD_DISTANCE: i32 = -5, BAD_STORED: i32 = -6;

export const HEADER: u32 = 0, STORED: u32 = 1, CODES: u32 = 2, END: u32 = 3;
