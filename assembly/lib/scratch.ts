// A few bytes for intermediate numbers. Each thread has its own, because threads share one memory.
export let scratch: usize = memory.data(192, 16);
export function setScratch(at: usize): void { scratch = at; }
