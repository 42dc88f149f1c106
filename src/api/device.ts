// A device: makes images and masks, and owns their memory.

import { ChromaskError, classOf, refusal } from '../base/errors.js';
import { check, checkOptions, type Options, type Value } from '../base/params.js';
import { checkPixels, checkValues, imageExtent, maskExtent, type Pixels, type Values } from '../base/shape.js';
import type { LabelOptions, Labels } from '../drawing/labels.js';
import type { GradientOptions, PathOptions, Ring, Rings, StrokeOptions } from '../drawing/shapes.js';
import * as drawing from '../drawing/shapes.js';
import type { Stats } from '../engine.js';
import type { Evaluator } from '../graph/evaluator.js';
import type { RecipeData } from '../graph/format.js';
import { callFor, nodeOf } from '../graph/held.js';
import type { Home } from '../graph/home.js';
import { derive } from '../graph/node.js';
import { type OpName, type ops, rowOf } from '../ops/index.js';
import type { OutOptions } from '../sinks/out.js';
import type { CocoRle } from '../sinks/rle.js';
import type { Loaded, LoadOptions, Source } from '../sources/load.js';
import { type ImageBatch, imageOf } from './image.js';
import { type MaskBatch, maskOf } from './mask.js';

/** Of any realm. */
const isImageData = (data: unknown): data is ImageData => classOf(data) === 'ImageData';

/** What `allocImage` gives. */
export interface Filling {
  readonly image: ImageBatch;
  /** The picture's memory. Read this property again after every other call: when memory grows, old views become empty. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Batches by the names that the recipe has for its inputs. */
type Inputs = Readonly<Record<string, ImageBatch | MaskBatch>>;

export interface RunOptions {
  /** What the recipe makes, if you know it. The result then has that type, and a recipe that makes the other is refused. */
  gives?: 'image' | 'mask' | undefined;
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
}

/** The value, 0..1 (1 if left out), and the size, which must be given. */
export type SolidOptions = Options<typeof ops.solid.params>;

/** Makes images and masks, and computes them. `open` gives one. */
export class Device {
  readonly #notes: readonly string[];
  /** @internal */
  readonly home: Home;

  /** @internal */
  constructor(home: Home, notes: readonly string[]) {
    this.home = home;
    this.#notes = notes;
  }

  /** Why a faster device was not taken or was left, and what another device does for this one; a sentence each. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** The same as `notes`, by its first name. */
  get why(): readonly string[] {
    return this.notes;
  }

  /** What computes now. After a loss it may be the other one. */
  get name(): 'wasm' | 'webgl2' {
    return this.home.name;
  }

  /** Bytes of pictures and masks, bytes of results kept, and the longest side of a picture. */
  get limits(): { readonly memory: number; readonly cache: number; readonly side: number } {
    return this.home.limits;
  }

  /** A picture from its numbers: [B, H, W, C], or [H, W, C] for one; C is 1, 3 or 4. The numbers are copied. */
  image(data: Pixels | ImageData, shape?: readonly number[]): ImageBatch {
    this.check('image');
    if (isImageData(data)) {
      return this.image(data.data, shape ?? [data.height, data.width, 4]);
    }
    const numbers = checkPixels('image', data);
    return imageOf(this.home.source(numbers, imageExtent('image', numbers, shape)), this.home);
  }

  /**
   * A picture to fill in place, without a copy: [B, H, W, C] or [H, W, C], all 0. Write to `bytes` before the first result is
   * asked for; what was computed before is not computed again.
   */
  allocImage(shape: readonly number[]): Filling {
    this.check('allocImage');
    const { here } = this.home;
    if (!here) throw new ChromaskError('unsupported', 'allocImage: a worker shares no memory; use image');
    const { node, bytes } = here.reserved(imageExtent('allocImage', undefined, shape));
    const image = imageOf(node, this.home);
    return {
      image,
      get bytes() {
        nodeOf(image, 'allocImage');
        return bytes();
      },
    };
  }

  /**
   * A mask from its numbers: [B, H, W], [H, W], [B, 1, H, W] or [B, H, W, 1]. The numbers are copied; integers and float64 become
   * float32, and a Uint16Array is taken for float16.
   */
  mask(data: Values, shape: readonly number[]): MaskBatch {
    this.check('mask');
    const numbers = checkValues('mask', data);
    return maskOf(this.home.source(numbers, maskExtent('mask', numbers, shape)), this.home);
  }

  /** A picture from a file, a URL, an element or pixels, as the node LoadImage gives it: `image`, and `mask` = 1 - alpha. */
  async load(source: Source, options?: LoadOptions): Promise<Loaded> {
    this.check('load');
    return (await import('../sources/load.js')).load(this.#here('load'), source, options);
  }

  /** One mask for each label of a map, [H, W] of whole numbers, except those in `ignore`. */
  async labels(data: Values, shape: readonly number[], options: LabelOptions = {}): Promise<Labels> {
    this.check('labels');
    checkOptions('labels', options, 'ignore signal');
    const { ignore = [], signal } = options;
    if (!Array.isArray(ignore)) throw refusal('labels', 'ignore', 'a list of labels', ignore);
    return (await import('../drawing/labels.js')).labels(this, data, shape, ignore, signal);
  }

  /** A mask from COCO's run lengths, as `toCocoRle` and pycocotools write them. */
  async fromCocoRle(rle: CocoRle, options: OutOptions = {}): Promise<MaskBatch> {
    this.check('fromCocoRle');
    checkOptions('fromCocoRle', options, 'signal');
    return (await import('../sinks/rle.js')).fromRuns(this, rle, options.signal);
  }

  /** One value everywhere, [1, H, W] of float32. */
  solid(options: SolidOptions): MaskBatch {
    return this.make('solid', options);
  }

  /** The inside of an SVG path (M L H V C S Q T A Z, both cases); a curve is lines no farther than 0.1 pixel from it. */
  path(d: string, options: PathOptions): MaskBatch {
    return drawing.path(this, d, options);
  }

  /** The inside of rings: each a list of [x, y], or a flat array x, y, x, y, …. */
  polygon(rings: Rings, options: PathOptions): MaskBatch {
    return drawing.polygon(this, rings, options);
  }

  /** A rectangle, [x, y, width, height] in pixels. */
  rectangle(box: readonly [number, number, number, number], options: PathOptions): MaskBatch {
    return drawing.rectangle(this, box, options);
  }

  /** An ellipse by its centre and radii, [x, y, rx, ry] in pixels. */
  ellipse(box: readonly [number, number, number, number], options: PathOptions): MaskBatch {
    return drawing.ellipse(this, box, options);
  }

  /** A brush drawn along points: a list of [x, y], or a flat array. */
  stroke(points: Ring, options: StrokeOptions): MaskBatch {
    return drawing.stroke(this, points, options);
  }

  /** From black at `from` to white at `to`, along a line or from a point outwards; floats. */
  gradient(options: GradientOptions): MaskBatch {
    return drawing.gradient(this, options);
  }

  /**
   * What a row makes of a caller's options and of values that are not the caller's to name.
   * @internal
   */
  make(name: OpName, given: unknown, own: Readonly<Record<string, Value>> = {}, operation: string = name): MaskBatch {
    this.check(operation);
    const { params } = rowOf(name);
    const free = Object.fromEntries(Object.entries(params).filter(([key]) => !Object.hasOwn(own, key)));
    const values = check(operation, params, { ...check(operation, free, given), ...own });
    return maskOf(derive(name, values), this.home, callFor(name, [], values));
  }

  /**
   * What a recipe makes of these inputs: the batch that the calls it was recorded from would give, with all their checks.
   * Nothing is computed yet but the colours of a colour map. With `gives`, a recipe of the other kind is refused.
   */
  run(recipe: RecipeData, inputs: Inputs, options: RunOptions & { gives: 'mask' }): Promise<MaskBatch>;
  run(recipe: RecipeData, inputs: Inputs, options: RunOptions & { gives: 'image' }): Promise<ImageBatch>;
  run(recipe: RecipeData, inputs?: Inputs, options?: RunOptions): Promise<ImageBatch | MaskBatch>;
  async run(recipe: RecipeData, inputs: Inputs = {}, options: RunOptions = {}): Promise<ImageBatch | MaskBatch> {
    this.check('run');
    return (await import('../saved/run.js')).run(this, this.home, recipe, inputs, options);
  }

  /**
   * `lost`: the browser took the GPU's context away; calls wait. `restored`: the device works again, on the GPU or on WASM
   * (`name` tells), and makes what was lost again when it is needed. Gives a function that stops listening.
   */
  on(event: 'lost' | 'restored', listener: () => void): () => void {
    if (event !== 'lost' && event !== 'restored') throw refusal('on', 'event', "'lost' or 'restored'", event);
    if (typeof listener !== 'function') throw refusal('on', 'listener', 'a function', listener);
    return this.home.on(event, listener);
  }

  /** Counters of passes, draws and bytes since the device was opened, and what it holds now. */
  stats(): Stats {
    return this.home.stats();
  }

  /** Frees everything. Batches of this device can no longer be read. */
  close(): void {
    this.home.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** What consoles and messages call it. */
  get [Symbol.toStringTag](): string {
    return 'Device';
  }

  toString(): string {
    return `chromask device ${this.name}${this.home.closed ? ', closed' : ''}`;
  }

  /** What Node's `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** @internal */
  protected check(operation: string): void {
    if (this.home.closed) throw new ChromaskError('closed', `${operation}: the device was closed`);
  }

  #here(operation: string): Evaluator {
    if (this.home.here) return this.home.here;
    throw new ChromaskError('unsupported', `${operation}: the device works in a worker`);
  }
}
