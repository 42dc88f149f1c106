/** Where the caller's memory begins: below it lie the constants of the kernels. */
export function base(): usize { return __heap_base; }
