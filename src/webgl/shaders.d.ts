declare module 'virtual:shaders' {
  /** The text of files in glsl/, by their path without the ending: `multiply`, `space/lab`. */
  export const shaders: Readonly<Record<string, string>>;
  /** The other folders of it, each loaded when one of its functions, of which these are the names, is first drawn with. */
  export const parts: readonly {
    readonly names: string;
    load(): Promise<{ readonly shaders: Readonly<Record<string, string>> }>;
  }[];
}
