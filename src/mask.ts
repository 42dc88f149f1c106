// Masks: [B, H, W], bytes or floats. Most methods come from the operation table; the rest are made of those.
import { Batch, homeOf, joined, type ReadOptions, recipeOf, type Tensor } from './batch.js';
import type { Dtype } from './engine.js';
import { ChromaskError, refusal } from './errors.js';
import type { Home } from './home.js';
import { ImageBatch } from './image.js';
import { type OpName, type Ops, ops, type Row, rowOf } from './ops.js';
import { check, type Options, type Schema } from './params.js';
import { as, derive, type Recipe, type Values } from './recipe.js';

type MaskRows = { [K in keyof Ops as Ops[K] extends { on: 'mask' } ? K : never]: Ops[K] };
type Given<R> = R extends { gives: 3 | 4 } ? ImageBatch : MaskBatch;
type Arguments<R> = R extends { params: infer S extends Schema }
  ? keyof S extends never
    ? []
    : [options?: Options<S>]
  : never;

/** One method for each row of the table that is an operation on masks. */
export type MaskMethods = {
  [K in keyof MaskRows]: MaskRows[K] extends { with: 'mask' }
    ? (other: MaskBatch, ...options: Arguments<MaskRows[K]>) => Given<MaskRows[K]>
    : (...options: Arguments<MaskRows[K]>) => Given<MaskRows[K]>;
};

const compositeSchema = {
  x: ops.place.params.x,
  y: ops.place.params.y,
  operation: {
    type: 'choice',
    default: 'multiply',
    options: ['multiply', 'add', 'subtract', 'and', 'or', 'xor'],
  },
} as const;

export type CompositeOptions = Options<typeof compositeSchema>;

class Mask extends Batch<MaskBatch> {
  readonly shape: readonly [number, number, number];
  protected readonly kind = 'mask';

  /** @internal */
  constructor(recipe: Recipe, home: Home) {
    super(recipe, home);
    const { batch, height, width } = recipe.extent;
    this.shape = [batch, height, width];
  }

  /** One batch after another; all of the same size and type. */
  static cat(masks: readonly MaskBatch[]): MaskBatch {
    return wrap(joined('cat', masks));
  }

  /** Single masks, [1, H, W] each, as one batch. */
  static stack(masks: readonly MaskBatch[]): MaskBatch {
    const batch = Array.isArray(masks) ? masks.find((mask) => mask instanceof Mask && mask.shape[0] !== 1) : undefined;
    if (batch)
      throw refusal('stack', 'masks', 'single masks, [1, H, W]; cat joins batches', batch.toString(), 'bad-shape');
    return wrap(joined('stack', masks));
  }

  /** The same mask in the other element type: bytes as v / 255, floats by truncation. */
  as(dtype: Dtype): MaskBatch {
    return maskOf(asked(dtype, recipeOf(this, 'as')), homeOf(this, 'as'));
  }

  /**
   * Lay another mask over this one at x, y, combine the two there, and clamp the whole to 0..1, as the node MaskComposite
   * does. What hangs over the edge is cut.
   */
  composite(source: MaskBatch, options?: CompositeOptions): MaskBatch {
    const { x, y, operation } = check('composite', compositeSchema, options);
    const floor = as('float32', recipeOf(this, 'composite'));
    const patch = as('float32', operandOf('composite', this, source));
    if (patch.extent.batch !== 1 && patch.extent.batch !== floor.extent.batch) {
      throw refusal('composite', 'source', `${floor.extent.batch} or 1 masks`, patch.extent.batch, 'bad-shape');
    }
    const width = Math.min(patch.extent.width, floor.extent.width - x);
    const height = Math.min(patch.extent.height, floor.extent.height - y);
    const home = homeOf(this, 'composite');
    if (width <= 0 || height <= 0) return maskOf(derive('clamp', {}, floor), home);
    const under = crop(floor, x, y, width, height);
    const over = crop(patch, 0, 0, width, height);
    const joined = derive(operation, {}, under, over);
    const whole = under === floor ? joined : derive('place', { x, y }, floor, joined);
    return maskOf(derive('clamp', {}, whole), home);
  }

  /** How many pixels have each of the 256 values, for each picture; floats count as the bytes they become. */
  histogram(options: { signal?: AbortSignal } = {}): Promise<Uint32Array[]> {
    const recipe = as('uint8', recipeOf(this, 'histogram'));
    return homeOf(this, 'histogram').counts(recipe, options.signal);
  }

  /** The mask as `{ data, dims }` with dims [H, W]; only a single mask has no batch to lose. */
  squeeze(options?: ReadOptions<Float32Array>): Promise<Tensor> {
    const [batch, height, width] = this.shape;
    if (batch !== 1) {
      const message = `squeeze: the batch must be 1, got ${batch}; take one with at(b)`;
      return Promise.reject(new ChromaskError('bad-shape', message));
    }
    return this.#tensor([height, width], options);
  }

  /** `{ data, dims }` with dims [B, 1, H, W]. */
  unsqueeze(options?: ReadOptions<Float32Array>): Promise<Tensor> {
    return this.channelFirst(options);
  }

  /** `{ data, dims }` with dims [B, 1, H, W]. */
  channelFirst(options?: ReadOptions<Float32Array>): Promise<Tensor> {
    const [batch, height, width] = this.shape;
    return this.#tensor([batch, 1, height, width], options);
  }

  /** `{ data, dims }` with dims [B, H, W, 1]. */
  channelLast(options?: ReadOptions<Float32Array>): Promise<Tensor> {
    const [batch, height, width] = this.shape;
    return this.#tensor([batch, height, width, 1], options);
  }

  protected like(recipe: Recipe, home: Home): MaskBatch {
    return maskOf(recipe, home);
  }

  async #tensor(dims: number[], options?: ReadOptions<Float32Array>): Promise<Tensor> {
    return { data: await this.data(options), dims };
  }
}

export type MaskBatch = Mask & MaskMethods;

/** The class with the table's methods on it. */
export const MaskBatch = /* @__PURE__ */ withMethods(Mask);

function withMethods(
  Base: typeof Mask,
): Omit<typeof Mask, 'prototype'> & (new (recipe: Recipe, home: Home) => MaskBatch) {
  for (const [name, row] of Object.entries<Row>(ops)) {
    if (row.on !== 'mask') continue;
    Object.defineProperty(Base.prototype, name, {
      value(this: Mask, ...given: unknown[]): Batch {
        return apply(name as OpName, row, this, given);
      },
      writable: true,
      configurable: true,
    });
  }
  return Base as ReturnType<typeof withMethods>;
}

function apply(name: OpName, row: Row, mask: Mask, given: unknown[]): Batch {
  const home = homeOf(mask, name);
  const other = row.with ? operandOf(name, mask, given.shift()) : undefined;
  const values: Values = check(name, row.params, given[0]);
  return (row.gives ? imageOf : maskOf)(applied(name, values, recipeOf(mask, name), other), home);
}

/** Bring the operands to one type, batch and size, then derive. */
export function applied(name: OpName, values: Values, mask: Recipe, other?: Recipe): Recipe {
  const row = rowOf(name);
  if (!other) {
    if (name === 'crop') return cropped(mask, values);
    if (name === 'grow' && values.expand === 0) return mask;
    const bytes = row.of === 'uint8' && !(row.floats && mask.extent.dtype === 'float32');
    return derive(name, values, bytes ? as('uint8', mask) : row.of === 'float32' ? as('float32', mask) : mask);
  }
  const dtype = mask.extent.dtype === other.extent.dtype ? mask.extent.dtype : 'float32';
  const batch = name === 'place' ? mask.extent.batch : Math.max(mask.extent.batch, other.extent.batch);
  if (name !== 'place') sameSize(name, mask, other);
  // a single other mask serves every picture: the engines know how
  const second = other.extent.batch === 1 ? other : paired(name, other, batch);
  return derive(name, values, as(dtype, paired(name, mask, batch)), as(dtype, second));
}

/** `as` with a type that a caller named. */
export function asked(dtype: unknown, recipe: Recipe): Recipe {
  if (dtype === 'uint8' || dtype === 'float32') return as(dtype, recipe);
  throw refusal('as', 'dtype', "'uint8' or 'float32'", dtype);
}

function cropped(mask: Recipe, values: Values): Recipe {
  const [x, y] = [Number(values.x), Number(values.y)];
  const { width, height } = mask.extent;
  if (x >= width || y >= height) {
    const message = `crop: x, y must be inside the mask (${width} x ${height}), got ${x}, ${y}`;
    throw new ChromaskError('bad-argument', message);
  }
  return crop(mask, x, y, Math.min(Number(values.width), width - x), Math.min(Number(values.height), height - y));
}

function crop(mask: Recipe, x: number, y: number, width: number, height: number): Recipe {
  const { extent } = mask;
  if (x === 0 && y === 0 && width === extent.width && height === extent.height) return mask;
  return derive('crop', { x, y, width, height }, mask);
}

function sameSize(operation: string, a: Recipe, b: Recipe): void {
  const [p, q] = [a.extent, b.extent];
  if (p.width === q.width && p.height === q.height) return;
  throw new ChromaskError(
    'bad-shape',
    `${operation}: the other mask must be ${p.width} x ${p.height} like this one, got ${q.width} x ${q.height}`,
  );
}

/** A single mask serves every picture of a batch. */
function paired(operation: string, mask: Recipe, batch: number): Recipe {
  if (mask.extent.batch === batch) return mask;
  if (mask.extent.batch === 1) return derive('take', { from: 0, count: batch, beyond: 'last' }, mask);
  throw refusal(operation, 'batch', `${batch} or 1 masks`, mask.extent.batch, 'bad-shape');
}

/** The recipe of a second operand: a mask of the same device. */
export function operandOf(operation: string, first: Batch, other: unknown): Recipe {
  if (!(other instanceof Mask)) throw refusal(operation, 'other', 'a mask', other);
  if (homeOf(other, operation) !== homeOf(first, operation)) {
    throw refusal(operation, 'other', 'a mask of the same device', `${other} of another device`);
  }
  return recipeOf(other, operation);
}

export const maskOf = (recipe: Recipe, home: Home): MaskBatch => new MaskBatch(recipe, home);
const wrap = ({ recipe, home }: { recipe: Recipe; home: Home }): MaskBatch => maskOf(recipe, home);
const imageOf = (recipe: Recipe, home: Home): ImageBatch => new ImageBatch(recipe, home);
