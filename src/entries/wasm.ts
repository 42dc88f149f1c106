/**
 * chromask/wasm: masks without the GPU and with nothing embedded. The kernels are a file of their own, `chromask.wasm`, which
 * the caller brings (edge runtimes import it as a module) or which is fetched from beside this script.
 * @module wasm
 */
import { Device } from '../api/device.js';
import { checkShared, type SharedOptions } from '../api/options.js';
import { Evaluator } from '../graph/evaluator.js';
import type { WasmSource } from '../wasm/module.js';
import { openWasm } from '../wasm/open.js';

export * from './exports.js';
export type { WasmSource };

export interface OpenOptions extends SharedOptions {
  /** The kernels of `chromask/chromask.wasm`: its bytes, a response, a URL, in Node a path, or a compiled module. */
  wasm?: WasmSource | undefined;
}

/** A device on the CPU. Rejects with `no-device` where the kernels cannot be had, `missing` where they are no file. */
export async function open(options: OpenOptions = {}): Promise<Device> {
  const limits = checkShared('open', options, 'wasm');
  const { wasm = new URL('./chromask.wasm', import.meta.url), signal } = options;
  signal?.throwIfAborted();
  const why: string[] = [];
  const engine = await openWasm(wasm, limits.memory, why, limits.together);
  signal?.throwIfAborted();
  return new Device(new Evaluator(engine, limits.cache), why);
}
