// A few bytes that kernels put numbers into for a moment. A thread has its own: they all share one memory.
export let scratch: usize = memory.data(192, 16);
export function setScratch(at: usize): void { scratch = at; }
