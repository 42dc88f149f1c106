// The public face.

export { type OpenOptions, open } from './api/open.js';
export * from './entries/exports.js';
export type { WasmSource } from './wasm/module.js';
