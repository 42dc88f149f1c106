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
  if (device !== 'wasm') {
    // a context that was given is meant, and one that was asked for
    const rival = device === 'auto' && !gl ? () => fast(onCpu, said) : undefined;
    const engine = await openGpu(gl, limits.memory, why, rival);
    if (engine && signal?.aborted) engine.close();
    signal?.throwIfAborted();
    if (engine) {
      const next = (lost: Engine) => follow(lost, gl, wasm, limits, why);
      return new Device(new Evaluator(engine, limits.cache, next, () => openWasm(wasm, limits, why)), why);
    }
    if (device === 'webgl2') throw new ChromaskError('no-device', `open: ${why.join('; ')}`);
  }
  const engine = await onCpu();
  why.push(...said);
  signal?.throwIfAborted();
  return new Device(new Evaluator(engine, limits.cache), why);
}

/** WASM itself, where a page's policy lets it be: its kernels as plain JavaScript are no match for any GPU. */
async function fast(open: () => Promise<Engine>, said: readonly string[]): Promise<Engine> {
  await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  const engine = await open();
  if (said.length) throw new ChromaskError('no-device', said.join('; '));
  return engine;
}

const isContext = (gl: unknown): boolean => classOf(gl) === 'WebGL2RenderingContext';

async function openGpu(
  gl: WebGL2RenderingContext | undefined,
  memory: number,
  why: string[],
  rival?: () => Promise<Engine>,
): Promise<Engine | undefined> {
  if (!gl && typeof OffscreenCanvas === 'undefined' && typeof document === 'undefined') {
    why.push('webgl2: there is no canvas in this environment');
    return undefined;
  }
  const { LACKS, openWebgl } = await import('../webgl/open.js');
  const opened = await openWebgl({ gl, memory, rival });
  why.push('engine' in opened ? LACKS : opened.refused);
  return 'engine' in opened ? opened.engine : undefined;
}

/** The engine after a lost one: the GPU's again if its context comes back soon, else WASM. */
async function follow(
  lost: Engine,
  gl: WebGL2RenderingContext | undefined,
  wasm: WasmSource | undefined,
  limits: Shared,
  why: string[],
): Promise<Engine> {
  // loaded already, with the lost engine: no event is missed meanwhile
  const { restored } = await import('../webgl/open.js');
  const engine = (await restored(lost, why)) && (await openGpu(gl, limits.memory, why));
  return engine || openWasm(wasm, limits, why);
}

async function openWasm(source: WasmSource | undefined, limits: Shared, why: string[], notes = why): Promise<Engine> {
  return (await import('../wasm/open.js')).openWasm(source, limits.memory, why, limits.together, notes);
}
