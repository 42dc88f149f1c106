// What images and masks have in common: shape, type and batch, and the ways out of the device.

import { allocate, numbersIn } from '../base/arrays.js';
import { ChromaskError, isDetached, refusal } from '../base/errors.js';
import { checkOne, checkOptions } from '../base/params.js';
import { type Dtype, elements, type Numbers } from '../engine.js';
import type { RecipeData } from '../graph/format.js';
import { type Call, callFor, evaluatorOf, hold, homeOf, isHeld, nodeOf, ownerOf, release } from '../graph/held.js';
import type { Home } from '../graph/home.js';
import { asNamed, cat, derive, type Node, type Values } from '../graph/node.js';
import { type RecipeOptions, record } from '../graph/record.js';
import type { Tensor, TensorOptions } from '../sinks/tensor.js';
import type { ImageBatch } from './image.js';
import type { MaskBatch } from './mask.js';
import type { TextureOptions, ViewOptions } from './view.js';

export type Location = 'pending' | 'gpu' | 'wasm' | 'disposed';

export interface ReadOptions<T extends Numbers = Numbers> {
  /** An array of the right length to fill instead of a new one. The device then keeps no copy of the result. */
  into?: T | undefined;
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
}

export interface InPlaceOptions {
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /**
   * true: the array may lie in a SharedArrayBuffer, so that a device with threads copies nothing either. Some functions of
   * browsers refuse such arrays. false if left out.
   */
  shared?: boolean | undefined;
}

/** `Self` is what `at` and `slice` give: a mask of a mask, an image of an image. */
export abstract class Batch<Self = unknown> {
  /** [B, H, W] of a mask, [B, H, W, C] of an image. */
  abstract readonly shape: readonly number[];
  /** What each number is: `uint8`, 0 to 255, or `float32`, where 1 is white. */
  readonly dtype: Dtype;
  /** How many numbers it holds. */
  readonly size: number;
  /** How many pictures it holds. */
  readonly batch: number;
  /** Columns of a picture. */
  readonly width: number;
  /** Rows of a picture. */
  readonly height: number;

  /** @internal */
  constructor(node: Node, home: Home, call?: Call) {
    hold(this, node, home, call);
    this.dtype = node.extent.dtype;
    this.size = elements(node.extent);
    this.batch = node.extent.batch;
    this.width = node.extent.width;
    this.height = node.extent.height;
  }

  /** @internal */
  protected abstract like(node: Node, home: Home, call?: Call): Self;
  protected abstract readonly kind: string;

  /**
   * Itself, with the table's methods in its type.
   * @internal
   */
  protected get self(): Self {
    return this.like(nodeOf(this, this.kind), homeOf(this, this.kind));
  }

  /** Where the numbers are now: `pending` until they are asked for. */
  get location(): Location {
    const owner = ownerOf(this);
    if (!owner || owner.home.closed) return 'disposed';
    if (!owner.home.has(owner.node)) return 'pending';
    return owner.home.name === 'wasm' ? 'wasm' : 'gpu';
  }

  /** The numbers as floats; bytes as v / 255. */
  data(options?: ReadOptions<never>): Promise<Float32Array<ArrayBuffer>>;
  data<T extends Float32Array>(options: ReadOptions<T> & { into: T }): Promise<T>;
  data(options?: ReadOptions<Float32Array>): Promise<Float32Array>;
  data(options?: ReadOptions<Float32Array>): Promise<Float32Array> {
    return Batch.#read(this, 'data', Float32Array, options);
  }

  /** The numbers as bytes; floats by truncation, as the nodes do. */
  bytes(options?: ReadOptions<never>): Promise<Uint8Array<ArrayBuffer>>;
  bytes<T extends Uint8Array>(options: ReadOptions<T> & { into: T }): Promise<T>;
  bytes(options?: ReadOptions<Uint8Array>): Promise<Uint8Array>;
  bytes(options?: ReadOptions<Uint8Array>): Promise<Uint8Array> {
    return Batch.#read(this, 'bytes', Uint8Array, options);
  }

  /** `{ data, dims }` for a model: floats in the layout it takes, less `mean` and divided by `std` where these are given. */
  async toTensor<T extends Float32Array = Float32Array<ArrayBuffer>>(options?: TensorOptions<T>): Promise<Tensor<T>> {
    nodeOf(this, 'toTensor');
    const read = (rest: ReadOptions<T>) => Batch.#read<Float32Array>(this, 'toTensor', Float32Array, rest);
    return (await import('../sinks/tensor.js')).tensor(this, read, options);
  }

  /**
   * Calls `use` with the bytes and gives what it returns. On WASM nothing is copied; elsewhere they are read as by `bytes`.
   * Do not write to the array, and do not keep it: it is the device's own, and may be empty or hold other numbers afterwards.
   */
  withBytes<T>(use: (bytes: Uint8Array) => T, options: InPlaceOptions & { shared: true }): Promise<T>;
  withBytes<T>(use: (bytes: Uint8Array<ArrayBuffer>) => T, options?: InPlaceOptions): Promise<T>;
  withBytes<T>(use: (bytes: Uint8Array<ArrayBuffer>) => T, options?: InPlaceOptions): Promise<T> {
    return Batch.#withNumbers(this, 'withBytes', 'uint8', use as (numbers: Numbers) => T, options);
  }

  /** Calls `use` with the floats that `data` gives, as `withBytes` does with bytes. */
  withData<T>(use: (floats: Float32Array) => T, options: InPlaceOptions & { shared: true }): Promise<T>;
  withData<T>(use: (floats: Float32Array<ArrayBuffer>) => T, options?: InPlaceOptions): Promise<T>;
  withData<T>(use: (floats: Float32Array<ArrayBuffer>) => T, options?: InPlaceOptions): Promise<T> {
    return Batch.#withNumbers(this, 'withData', 'float32', use as (numbers: Numbers) => T, options);
  }

  /** Picture `b` of the batch as a batch of one; negative counts from the end. */
  at(b: number): Self {
    const last = this.batch - 1;
    const index = checkOne('at', 'b', { type: 'integer', default: 0, min: -this.batch, max: last }, b ?? null);
    const from = Number(index) < 0 ? Number(index) + this.batch : Number(index);
    return Batch.#take(this, from, 1, 'at', { b: index });
  }

  /** Pictures from `start` up to, not including, `end`, as of an array. At least one must be left. */
  slice(start = 0, end?: number): Self {
    const bound = { type: 'integer', default: 0, min: -this.batch, max: this.batch } as const;
    const place = (name: string, value: number): number => {
      const whole = Number(checkOne('slice', name, bound, value));
      return whole < 0 ? whole + this.batch : whole;
    };
    const from = place('start', start);
    const to = place('end', end === undefined ? this.batch : end);
    if (to > from) return Batch.#take(this, from, to - from, 'slice', end === undefined ? { start } : { start, end });
    throw refusal('slice', 'end', `after start (${from}), so that a picture is left`, end);
  }

  /** Show one picture on a canvas, scaled to it; on a GPU of its own, or on its host's canvas, nothing is read back. */
  async draw(canvas: OffscreenCanvas | HTMLCanvasElement, options?: ViewOptions): Promise<void> {
    nodeOf(this, 'draw');
    return (await import('./view.js')).draw(this, canvas, options);
  }

  /** One picture as an ImageBitmap; on a GPU of its own nothing is read back. */
  async toImageBitmap(options?: ViewOptions): Promise<ImageBitmap> {
    nodeOf(this, 'toImageBitmap');
    return (await import('./view.js')).toImageBitmap(this, options);
  }

  /** One picture as a texture of the context given to `open({ gl })`: R8 of a mask, RGBA8 of an image; yours to delete. */
  async texture(options?: TextureOptions): Promise<WebGLTexture> {
    nodeOf(this, 'texture');
    return (await import('./view.js')).texture(this, options);
  }

  /**
   * How it was made, as plain JSON that `device.run` runs again, on pictures of other sizes too. Batches in `inputs` are its
   * inputs by these names; pictures and masks from outside that are not named there are `image`, `mask`, `image2`, ….
   */
  recipe(options: RecipeOptions<Batch> = {}): RecipeData {
    nodeOf(this, 'recipe');
    return record('recipe', this, options, isHeld).recipe;
  }

  /** The inputs of that recipe, in order: their names, and the batches they were recorded from. */
  sources(options: RecipeOptions<Batch> = {}): { name: string; batch: ImageBatch | MaskBatch }[] {
    nodeOf(this, 'sources');
    const { sources } = record('sources', this, options, isHeld);
    return sources as { name: string; batch: ImageBatch | MaskBatch }[];
  }

  /**
   * Frees its memory now. What is made from a source and not computed yet cannot be computed any more. Memory of another batch
   * stays: `at(0)` of a single mask shows that mask's memory, so disposing it frees nothing.
   */
  dispose(): void {
    release(this);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** What consoles and messages call it. On the class, so that it exists before the constructor has set anything. */
  abstract get [Symbol.toStringTag](): string;

  toString(): string {
    return `${this.kind} [${this.shape.join(', ')}] ${this.dtype}, ${this.location}`;
  }

  /** What Node's `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  // static, so that a Proxy of a batch is refused by a typed error
  static #take<One>(batch: Batch<One>, from: number, count: number, operation: string, params: Values): One {
    const node = nodeOf(batch, operation);
    const all = from === 0 && count === batch.batch;
    const taken = all ? node : derive('take', { from, count, beyond: 'last' }, node);
    return batch.like(taken, homeOf(batch, operation), callFor(operation, [batch], params));
  }

  static async #withNumbers<T>(
    batch: Batch,
    operation: string,
    dtype: Dtype,
    use: (numbers: Numbers) => T,
    options: InPlaceOptions = {},
  ): Promise<T> {
    const node = asNamed(operation, dtype, nodeOf(batch, operation));
    const { here } = homeOf(batch, operation);
    if (typeof use !== 'function') throw refusal(operation, 'use', 'a function', use);
    checkOptions(operation, options, 'signal shared');
    const { signal } = options;
    const shared = checkOne(operation, 'shared', { type: 'boolean', default: false }, options.shared) === true;
    signal?.throwIfAborted();
    const { given } = here?.engine.memory
      ? await here.borrow(node, node === nodeOf(batch, operation), shared, use, signal)
      : { given: use(await (dtype === 'uint8' ? batch.bytes({ signal }) : batch.data({ signal }))) };
    if (typeof Object(given).then !== 'function') return given;
    Promise.resolve(given).catch(() => {}); // its failure must not end the process
    throw refusal(operation, 'use', 'synchronous', given);
  }

  static async #read<T extends Numbers>(
    batch: Batch,
    operation: string,
    Type: (new (length: number) => T) & { prototype: T },
    options: ReadOptions<T> = {},
  ): Promise<T> {
    const node = nodeOf(batch, operation);
    const evaluator = evaluatorOf(batch, operation);
    checkOptions(operation, options, 'into signal');
    const { into, signal } = options;
    const target = into === undefined ? undefined : numbersIn(into);
    if (
      into !== undefined &&
      (!(target instanceof Type) || target.length !== batch.size || isDetached(target.buffer))
    ) {
      throw refusal(operation, 'into', `a ${Type.name} of ${batch.size}`, into);
    }
    signal?.throwIfAborted();
    const made = target ?? allocate(operation, Type, batch.size);
    try {
      await evaluator.deliver(node, made, into === undefined, signal);
    } catch (error) {
      if (error instanceof ChromaskError || made.length === batch.size) throw error;
      throw refusal(operation, 'into', 'unchanged while it is being filled', made);
    }
    return into ?? (made as T);
  }
}

/** Batches that may follow one another in one: of one device, kind, type and size. */
export function catOf(operation: string, batches: readonly Batch[]): { node: Node; home: Home } {
  if (!Array.isArray(batches) || batches.length === 0 || !batches.every((one) => one instanceof Batch)) {
    throw refusal(operation, 'batches', 'an array with at least one batch', batches);
  }
  const [first] = batches;
  const home = homeOf(first, operation);
  const nodes = batches.map((one) => {
    if (homeOf(one, operation) !== home) throw refusal(operation, 'batches', 'of one device', one.toString());
    const same = one.constructor === first.constructor && one.dtype === first.dtype;
    if (!same || String(one.shape.slice(1)) !== String(first.shape.slice(1))) {
      throw refusal(operation, 'batches', `like the first (${first})`, one.toString(), 'bad-shape');
    }
    return nodeOf(one, operation);
  });
  return { node: cat(nodes), home };
}
