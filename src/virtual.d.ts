// What the build puts in place of files: see scripts/virtual.mjs.

declare module 'virtual:core' {
  /** The compiled kernels of masks and pictures: base64 of a deflated binary. */
  export const packed: string;
}

declare module 'virtual:png' {
  /** The same of PNG files. */
  export const packed: string;
}

declare module 'virtual:script' {
  /** All kernels as JavaScript over a memory, which gets its `grow`. */
  export function instantiate(memory: { buffer: ArrayBuffer }): Record<string, (...args: number[]) => number>;
}
