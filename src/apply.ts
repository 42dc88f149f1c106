// Calls of operations, from what a caller gave to a recipe: checked, brought to one type, batch and size.
import { Batch, homeOf, recipeOf } from './batch.js';
import { ChromaskError, refusal } from './errors.js';
import { type OpName, type Row, rowOf } from './ops.js';
import { check } from './params.js';
import { as, derive, type Recipe, type Values } from './recipe.js';

/** What `receiver.name(...given)` means: the other operand first where the row has one, then the options. */
export function call(name: OpName, receiver: Batch, given: readonly unknown[]): { recipe: Recipe; values: Values } {
  const row = rowOf(name);
  const mask = recipeOf(receiver, name);
  const rest = [...given];
  const other = row.with ? operand(name, receiver, rest.shift()) : undefined;
  const values = check(name, row.params, rest[0]);
  return { recipe: other ? joined(name, row, values, mask, other) : alone(name, row, values, mask), values };
}

function alone(name: OpName, row: Row, values: Values, from: Recipe): Recipe {
  if (name === 'crop') return cropped(from, values);
  if (name === 'grow' && values.expand === 0) return from;
  if (name === 'rgb' && from.extent.channels === 3) return from;
  if (row.floats && from.extent.dtype === 'float32') return derive(name, values, from);
  return derive(name, values, row.of === 'uint8' || row.of === 'float32' ? as(row.of, from) : from);
}

function joined(name: OpName, row: Row, values: Values, first: Recipe, second: Recipe): Recipe {
  const dtype = first.extent.dtype === second.extent.dtype ? first.extent.dtype : 'float32';
  // a mask that is laid somewhere need not fit, nor does an image turn into as many as it gets masks
  const placed = row.kind === 'gather';
  if (!placed) sameSize(name, first, second);
  const batch = placed ? first.extent.batch : Math.max(first.extent.batch, second.extent.batch);
  if (second.extent.batch !== 1 && second.extent.batch !== batch) {
    throw refusal(name, 'batch', `${batch} or 1 masks`, second.extent.batch, 'bad-shape');
  }
  return derive(name, values, as(dtype, repeated(name, first, batch)), as(dtype, second));
}

/** A single picture stands for every one of a batch. Second operands need no copies: the engines know how. */
function repeated(operation: string, recipe: Recipe, batch: number): Recipe {
  if (recipe.extent.batch === batch) return recipe;
  if (recipe.extent.batch === 1) return derive('take', { from: 0, count: batch, beyond: 'last' }, recipe);
  throw refusal(operation, 'batch', `${batch} or 1 masks`, recipe.extent.batch, 'bad-shape');
}

function sameSize(operation: string, a: Recipe, b: Recipe): void {
  const [p, q] = [a.extent, b.extent];
  if (p.width === q.width && p.height === q.height) return;
  throw new ChromaskError(
    'bad-shape',
    `${operation}: the other mask must be ${p.width} x ${p.height} like this one, got ${q.width} x ${q.height}`,
  );
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

/** A rectangle that lies inside the mask; the mask itself where that is all of it. */
export function crop(mask: Recipe, x: number, y: number, width: number, height: number): Recipe {
  const { extent } = mask;
  if (x === 0 && y === 0 && width === extent.width && height === extent.height) return mask;
  return derive('crop', { x, y, width, height }, mask);
}

/** The recipe of a second operand: a mask of the same device. */
export function operand(operation: string, first: Batch, other: unknown): Recipe {
  if (!(other instanceof Batch) || other.shape.length !== 3) throw refusal(operation, 'other', 'a mask', other);
  const recipe = recipeOf(other, operation);
  if (homeOf(other, operation) === homeOf(first, operation)) return recipe;
  throw refusal(operation, 'other', 'a mask of the same device', `${other} of another device`);
}
