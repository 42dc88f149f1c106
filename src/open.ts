// `open()` finds a device; a device makes images and masks and answers for them.
import type { Engine, Extent, Stats } from './engine.js';
import { ChromaskError, refusal } from './errors.js';
import { Home } from './home.js';
import { ImageBatch } from './image.js';
import { type MaskBatch, maskOf } from './mask.js';
import { ops } from './ops.js';
import { check, checkOne, isPlain } from './params.js';
import { derive, type Recipe } from './recipe.js';
import { checkPixels, imageExtent, maskExtent, type Pixels } from './shape.js';
import type { Loaded, LoadOptions, Source } from './sources/load.js';
import type { WasmSource } from './wasm/module.js';

export interface Limits {
  /** Bytes of pictures and masks the device may hold at once. */
  memory?: number;
  /** Bytes of results kept after they were read, so that asking again costs nothing. */
  cache?: number;
}

export interface OpenOptions {
  /** `auto` takes WebGL2 where it is sound and WASM otherwise; `device.why` tells. */
  device?: 'auto' | 'webgl2' | 'wasm';
  /** Kernels compiled or fetched by the caller, where embedding them is not allowed. */
  wasm?: WasmSource;
  limits?: Limits;
  signal?: AbortSignal;
}

const limitsSchema = {
  memory: { type: 'integer', default: 2 ** 31, min: 2 ** 20, max: 2 ** 40 },
  cache: { type: 'integer', default: 2 ** 28, min: 0, max: 2 ** 40 },
} as const;

const devices = ['auto', 'webgl2', 'wasm'] as const;

/** A device to make masks on. Rejects with `no-device` where none of the kind asked for can work. */
export async function open(options: OpenOptions = {}): Promise<Device> {
  const plain: boolean = isPlain(options);
  if (!plain) throw refusal('open', 'options', 'an object', options);
  const { device = 'auto', wasm, signal } = options;
  if (!devices.includes(device)) throw refusal('open', 'device', `one of ${devices.join(', ')}`, device);
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw refusal('open', 'signal', 'an AbortSignal', signal);
  const limits = check('open', limitsSchema, options.limits);
  signal?.throwIfAborted();
  const why: string[] = [];
  const engine = await openWasm(wasm, limits.memory);
  signal?.throwIfAborted();
  return new Device(engine, why, limits.cache);
}

async function openWasm(source: WasmSource | undefined, memory: number): Promise<Engine> {
  const [{ compile, instantiate }, { WasmEngine }] = await Promise.all([
    import('./wasm/module.js'),
    import('./wasm/engine.js'),
  ]);
  try {
    const room = new WebAssembly.Memory({ initial: 4, maximum: 65536 });
    const kernels = await instantiate(await compile(source), room);
    return new WasmEngine(kernels, room, { memory, side: 2 ** 30 });
  } catch (error) {
    if (error instanceof ChromaskError) throw error;
    throw new ChromaskError('no-device', `open: WASM cannot run here: ${String(error)}`, { cause: error });
  }
}

export class Device {
  /** Why the faster devices were passed over, a sentence each. */
  readonly why: readonly string[];
  readonly #home: Home;

  /** @internal */
  constructor(engine: Engine, why: readonly string[], cache: number) {
    this.#home = new Home(engine, cache);
    this.why = why;
  }

  get name(): 'wasm' | 'webgl2' {
    return this.#home.engine.name;
  }

  get limits(): { readonly memory: number; readonly cache: number; readonly side: number } {
    return { ...this.#home.engine.limits, cache: this.#home.cache };
  }

  /** A picture from its numbers: [B, H, W, C], or [H, W, C] for one; C is 1, 3 or 4. The numbers are copied. */
  image(data: Pixels | ImageData, shape?: readonly number[]): ImageBatch {
    this.#check('image');
    if (typeof ImageData !== 'undefined' && data instanceof ImageData) {
      return this.image(data.data, shape ?? [data.height, data.width, 4]);
    }
    checkPixels('image', data);
    const extent = imageExtent('image', data, shape);
    return new ImageBatch(this.#source(data, extent), this.#home);
  }

  /** A mask from its numbers: [B, H, W], [H, W], [B, 1, H, W] or [B, H, W, 1]. The numbers are copied. */
  mask(data: Pixels, shape: readonly number[]): MaskBatch {
    this.#check('mask');
    checkPixels('mask', data);
    return maskOf(this.#source(data, maskExtent('mask', data, shape)), this.#home);
  }

  /** A picture from a file, a URL, an element or pixels, as the node LoadImage gives it: `image`, and `mask` = 1 - alpha. */
  async load(source: Source, options?: LoadOptions): Promise<Loaded> {
    this.#check('load');
    return (await import('./sources/load.js')).load(this.#home, source, options);
  }

  /** One value everywhere, [1, H, W] of float32. */
  solid(options: { value?: number; width?: number; height?: number } = {}): MaskBatch {
    this.#check('solid');
    const side = ops.resize.params;
    if (!isPlain(options)) throw refusal('solid', 'options', 'an object with value, width, height', options);
    const { value, ...size } = options;
    const values = { ...check('solid', side, size), value: checkOne('solid', 'value', ops.solid.params.value, value) };
    return maskOf(derive('solid', values), this.#home);
  }

  stats(): Stats {
    return this.#home.engine.stats();
  }

  /** Frees everything. Batches of this device can no longer be read. */
  close(): void {
    this.#home.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  toString(): string {
    return `chromask device ${this.name}${this.#home.closed ? ', closed' : ''}`;
  }

  #source(data: Pixels, extent: Extent): Recipe {
    const floats = data instanceof Float32Array;
    return this.#home.source(floats ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength), extent);
  }

  #check(operation: string): void {
    if (this.#home.closed) throw new ChromaskError('closed', `${operation}: the device was closed`);
  }
}
