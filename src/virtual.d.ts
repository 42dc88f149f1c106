// What the build puts in place of files: see scripts/virtual.mjs.

declare module 'virtual:core' {
  /** The compiled kernels of masks and pictures: a binary, in letters. */
  export const spelt: string;
}

declare module 'virtual:colors' {
  /** The same of colours that are counted. */
  export const spelt: string;
}

declare module 'virtual:png' {
  /** The same of PNG files. */
  export const spelt: string;
}

declare module 'virtual:script' {
  /** All kernels as JavaScript over a memory, which gets its `grow`. */
  export function instantiate(memory: { buffer: ArrayBuffer }): Record<string, (...args: number[]) => number>;
}
