// Where this instance's kernels may put numbers for a moment: 192 bytes, for one of several threads over one memory.
import { setScratch } from "./lib/scratch";

export function scratchAt(at: usize): void { setScratch(at); }
