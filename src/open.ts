// `open()` finds a device; a device makes images and masks and answers for them.
import { reserved } from './arrivals.js';
import { recipeOf } from './batch.js';
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
  /** Your own WebGL2 context, to share it: its state is put back after every use. */
  gl?: WebGL2RenderingContext;
  /** Kernels compiled or fetched by the caller, where embedding them is not allowed. */
  wasm?: WasmSource;
  limits?: Limits;
  signal?: AbortSignal;
}

const limitsSchema = {
  memory: { type: 'integer', default: 2 ** 31, min: 2 ** 20, max: 2 ** 40 },
  cache: { type: 'integer', default: 2 ** 28, min: 0, max: 2 ** 40 },
} as const;

/** How long, in milliseconds, a lost context may take to come back before WASM takes over. */
const PATIENCE = 2000;

const devices = ['auto', 'webgl2', 'wasm'] as const;

/** A device to make masks on. Rejects with `no-device` where none of the kind asked for can work. */
export async function open(options: OpenOptions = {}): Promise<Device> {
  const plain: boolean = isPlain(options);
  if (!plain) throw refusal('open', 'options', 'an object', options);
  const { device = 'auto', gl, wasm, signal } = options;
  if (!devices.includes(device)) throw refusal('open', 'device', `one of ${devices.join(', ')}`, device);
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw refusal('open', 'signal', 'an AbortSignal', signal);
  if (gl !== undefined && !isContext(gl)) throw refusal('open', 'gl', 'a WebGL2 context', gl);
  const limits = check('open', limitsSchema, options.limits);
  signal?.throwIfAborted();
  const why: string[] = [];
  if (device !== 'wasm') {
    const engine = await openGpu(gl, limits.memory, why);
    if (engine && signal?.aborted) engine.close();
    signal?.throwIfAborted();
    if (engine) return new Device(engine, why, limits.cache, (lost) => follow(lost, gl, wasm, limits.memory, why));
    if (device === 'webgl2') throw new ChromaskError('no-device', `open: ${why.join('; ')}`);
  }
  const engine = await openWasm(wasm, limits.memory);
  signal?.throwIfAborted();
  return new Device(engine, why, limits.cache);
}

const isContext = (gl: unknown): boolean => Object.prototype.toString.call(gl) === '[object WebGL2RenderingContext]';

async function openGpu(
  gl: WebGL2RenderingContext | undefined,
  memory: number,
  why: string[],
): Promise<Engine | undefined> {
  if (!gl && typeof OffscreenCanvas === 'undefined' && typeof document === 'undefined') {
    why.push('webgl2: there is no canvas in this environment');
    return undefined;
  }
  const { openWebgl } = await import('./webgl/open.js');
  const opened = await openWebgl({ gl, memory });
  if ('engine' in opened) {
    why.push('webgl2: distinct colours (colorMap) are counted by the CPU, from a copy that is read back');
    return opened.engine;
  }
  why.push(opened.refused);
  return undefined;
}

/** The engine after a lost one: the GPU's again if its context comes back soon, else WASM. */
async function follow(
  lost: Engine,
  gl: WebGL2RenderingContext | undefined,
  wasm: WasmSource | undefined,
  memory: number,
  why: string[],
): Promise<Engine> {
  if (await restored(lost)) {
    const engine = await openGpu(gl, memory, why);
    if (engine) return engine;
  } else {
    why.push(`webgl2: the context was lost and not restored within ${PATIENCE} ms`);
  }
  return openWasm(wasm, memory);
}

function restored(lost: Engine): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE);
    lost.on?.('restored', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
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

/** What `allocImage` gives. */
export interface Filling {
  readonly image: ImageBatch;
  /** The picture's memory. Take it anew after every other call: memory that grows leaves old views empty. */
  readonly bytes: Uint8Array;
}

export class Device {
  /** Why a faster device was passed over or left, and what this one leaves to another; a sentence each. */
  readonly why: readonly string[];
  readonly #home: Home;

  readonly #listeners = { lost: new Set<() => void>(), restored: new Set<() => void>() };

  /** @internal */
  constructor(engine: Engine, why: readonly string[], cache: number, follow?: (lost: Engine) => Promise<Engine>) {
    this.why = why;
    const watched = (one: Engine): Engine => {
      one.on?.('lost', () => this.#tell('lost'));
      return one;
    };
    const next = follow && (async (lost: Engine) => watched(await follow(lost)));
    this.#home = new Home(watched(engine), cache, next, () => this.#tell('restored'));
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

  /**
   * A picture to fill in place, without a copy: [B, H, W, C] or [H, W, C], all 0. Write to `bytes` before the first result is
   * asked for; what was computed before is not computed again.
   */
  allocImage(shape: readonly number[]): Filling {
    this.#check('allocImage');
    const extent = imageExtent('allocImage', undefined, shape);
    const { recipe, bytes } = reserved(this.#home, extent);
    const image = new ImageBatch(recipe, this.#home);
    return {
      image,
      get bytes() {
        recipeOf(image, 'allocImage');
        return bytes();
      },
    };
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

  /**
   * `lost`: the GPU took its context away; what is asked for now waits. `restored`: the device works again, on the GPU or
   * on WASM (`name` tells), and makes what was lost again when asked. Gives a function that stops listening.
   */
  on(event: 'lost' | 'restored', listener: () => void): () => void {
    if (event !== 'lost' && event !== 'restored') throw refusal('on', 'event', "'lost' or 'restored'", event);
    if (typeof listener !== 'function') throw refusal('on', 'listener', 'a function', listener);
    this.#listeners[event].add(listener);
    return () => void this.#listeners[event].delete(listener);
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

  #tell(event: 'lost' | 'restored'): void {
    for (const listener of [...this.#listeners[event]]) listener();
  }

  #source(data: Pixels, extent: Extent): Recipe {
    const floats = data instanceof Float32Array;
    return this.#home.source(floats ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength), extent);
  }

  #check(operation: string): void {
    if (this.#home.closed) throw new ChromaskError('closed', `${operation}: the device was closed`);
  }
}
