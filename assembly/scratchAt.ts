// Sets the address of this instance's 192 bytes of scratch. Each thread over a shared memory has its own.
import { setScratch } from "./lib/scratch";

export function scratchAt(at: usize): void { setScratch(at); }
