// What the build puts in place of files: see scripts/virtual.mjs.

declare module 'virtual:parts' {
  /** For each part with operations, but the first, their names with blanks between. */
  export const kernelsOf: Readonly<Record<string, string>>;
  /** A part's binary, in letters. */
  export const loads: Readonly<Record<string, () => Promise<{ spelt: string }>>>;
}

declare module 'virtual:script' {
  /** All kernels as JavaScript over a memory, which gets its `grow`. */
  export function instantiate(memory: { buffer: ArrayBuffer }): Record<string, (...args: number[]) => number>;
}

declare module 'virtual:thread' {
  /** The script of a thread in Node. */
  export const code: string;
}
