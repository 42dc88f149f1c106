/**
 * chromask/worker: a device whose work is done in a worker.
 * @module worker
 */
export type { WasmSource } from '../wasm/module.js';
export { openWorker, type WorkerOptions } from '../worker/open.js';
export type { Endpoint } from '../worker/protocol.js';
export { serve } from '../worker/serve.js';
export * from './exports.js';
