// `open()` finds a device: the fastest that is sound here, or the one asked for.

import { ChromaskError, classOf, refusal } from '../base/errors.js';
import type { Engine } from '../engine.js';
import { Evaluator } from '../graph/evaluator.js';
import type { WasmSource } from '../wasm/module.js';
import { Device } from './device.js';
import { checkShared, type Shared, type SharedOptions } from './options.js';

export interface OpenOptions extends SharedOptions {
  /** `auto` takes WebGL2 if the GPU passes a self-test and is faster than WASM, otherwise WASM; `device.notes` says why. */
  device?: 'auto' | 'webgl2' | 'wasm' | undefined;
  /** Your own WebGL2 context, to share it: its state is put back after every use. */
  gl?: WebGL2RenderingContext | undefined;
  /** Kernels compiled or fetched by the caller, where embedding them is not allowed. */
  wasm?: WasmSource | undefined;
}

const devices = ['auto', 'webgl2', 'wasm'] as const;

/** A device to make masks on. Rejects with `no-device` where none of the kind asked for can work. */
export async function open(options: OpenOptions = {}): Promise<Device> {
  const limits = checkShared('open', options, 'device gl wasm');
  const { device = 'auto', gl, wasm, signal } = options;
  if (!devices.includes(device)) throw refusal('open', 'device', `one of ${devices.join(', ')}`, device);
  if (gl !== undefined && !isContext(gl)) throw refusal('open', 'gl', 'a WebGL2 context', gl);
  signal?.throwIfAborted();
  const why: string[] = [];
  const said: string[] = [];
  let cpu: Promise<Engine> | undefined;
  const onCpu = (): Promise<Engine> => {
    cpu ??= openWasm(wasm, limits, said, why);
    return cpu;
  };
  if (device !== 'wasm' && (gl || canDraw(why))) {
    const [{ aidFor, openGpu }, webgl] = await Promise.all([import('./openGpu.js'), import('../webgl/open.js')]);
    const kernels = (): Promise<Engine> => openWasm(wasm, limits, why);
    const gpu = { webgl, gl, memory: limits.memory, why, kernels };
    // no rival for a context that the caller gave, nor for WebGL2 that was asked for
    const engine = await openGpu(gpu, device === 'auto' && !gl ? { open: onCpu, said } : undefined);
    if (engine && signal?.aborted) engine.close();
    signal?.throwIfAborted();
    if (engine) return new Device(new Evaluator(engine, limits.cache, aidFor(gpu)), why);
  }
  if (device === 'webgl2') throw new ChromaskError('no-device', `open: ${why.join('; ')}`);
  const engine = await onCpu();
  why.push(...said);
  signal?.throwIfAborted();
  return new Device(new Evaluator(engine, limits.cache), why);
}

const isContext = (gl: unknown): boolean => classOf(gl) === 'WebGL2RenderingContext';

function canDraw(why: string[]): boolean {
  if (typeof OffscreenCanvas !== 'undefined' || typeof document !== 'undefined') return true;
  why.push('webgl2: there is no canvas in this environment');
  return false;
}

async function openWasm(source: WasmSource | undefined, limits: Shared, why: string[], notes = why): Promise<Engine> {
  return (await import('../wasm/open.js')).openWasm(source, limits.memory, why, limits.together, notes);
}
