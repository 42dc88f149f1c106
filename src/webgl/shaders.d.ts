declare module 'virtual:shaders' {
  /** The text of every file in glsl/, by its path without the ending: `multiply`, `space/lab`. */
  export const shaders: Readonly<Record<string, string>>;
}
