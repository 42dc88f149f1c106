declare module 'virtual:shaders' {
  /** The text of files in glsl/, by path without the extension: `multiply`, `space/lab`. */
  export const shaders: Readonly<Record<string, string>>;
  /** The subfolders, each loaded when a shader first needs one of the functions that it lists. */
  export const parts: readonly {
    readonly names: string;
    load(): Promise<{ readonly shaders: Readonly<Record<string, string>> }>;
  }[];
}
