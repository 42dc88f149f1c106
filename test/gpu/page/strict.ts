// Kernels as plain JavaScript, on a page whose policy forbids WebAssembly.
import { golden } from './whole.js';

/** Whether WebAssembly may be here, and one recorded call of each seven. */
export async function strict(): Promise<object> {
  // WebKit compiles it all the same, and refuses to make anything of it
  const allowed = await WebAssembly.instantiate(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)).then(
    () => true,
    () => false,
  );
  return { allowed, ...(await golden({ on: 'wasm', every: 7 })) };
}
