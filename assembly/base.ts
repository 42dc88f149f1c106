/** The first address that the caller may use. The kernels' constants lie below it. */
export function base(): usize { return __heap_base; }
