// The WASM engine from the caller's kernels or the embedded ones.

import { ChromaskError } from '../base/errors.js';
import type { Engine } from '../engine.js';
import { WasmEngine } from './engine.js';
import type { WasmSource } from './module.js';
import { start } from './start.js';

/** Where the kernels are not WASM, `why` is told so. */
export async function openWasm(source: WasmSource | undefined, memory: number, why: string[]): Promise<Engine> {
  try {
    const started = await start('core', source);
    if (started.why) why.push(started.why);
    return new WasmEngine(started.kernels, started.memory, { memory, side: 2 ** 30 }, started.part);
  } catch (error) {
    if (error instanceof ChromaskError) throw error;
    throw new ChromaskError('no-device', `open: WASM cannot run here: ${String(error)}`, { cause: error });
  }
}
