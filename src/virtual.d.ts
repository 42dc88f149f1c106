// What the build puts in place of files: see rollup.config.mjs.

declare module 'virtual:kernels' {
  /** The compiled kernels, base64. */
  export const binary: string;
}
