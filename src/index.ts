// The public face.
export * from './face.js';
export { type OpenOptions, open } from './open.js';
export type { WasmSource } from './wasm/module.js';
