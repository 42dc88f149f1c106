// Calls of operations, from what a caller gave to a node: checked, brought to one type, batch and size.
import { ChromaskError, refusal } from '../base/errors.js';
import { check } from '../base/params.js';
import { type OpName, type Row, rowOf } from '../ops/index.js';
import { homeOf, isHeld, nodeOf, type Shaped } from './held.js';
import { as, derive, type Node, type Values } from './node.js';

/** What `receiver.name(...given)` means: the other operand first where the row has one, then the options. */
export function call(name: OpName, receiver: Shaped, given: readonly unknown[]): { node: Node; values: Values } {
  const row = rowOf(name);
  const mask = nodeOf(receiver, name);
  const rest = [...given];
  const other = row.with ? operand(name, receiver, rest.shift(), row.with) : undefined;
  const values = check(name, row.params, rest[0]);
  return { node: other ? joined(name, row, values, mask, other) : applied(name, values, mask), values };
}

/** Applies a row with one operand to values that were checked. Gives the operand itself if nothing would change. */
export function applied(name: OpName, given: Values, from: Node): Node {
  const row = rowOf(name);
  const values = row.fit?.(given as never, from.extent) ?? given;
  if (row.composed) {
    return row.composed(values as never, from, (name, values, first, ...rest) =>
      rest.length ? derive(name, values, first, ...rest) : applied(name, values, first),
    );
  }
  if (row.unchanged?.(values as never, from.extent)) return from;
  if (row.floats && from.extent.dtype === 'float32') return derive(name, values, from);
  return derive(name, values, row.of === 'uint8' || row.of === 'float32' ? as(row.of, from) : from);
}

function joined(name: OpName, row: Row, values: Values, first: Node, second: Node): Node {
  const common = first.extent.dtype === second.extent.dtype ? first.extent.dtype : 'float32';
  const dtype = row.of === 'uint8' || row.of === 'float32' ? row.of : common;
  // an operand that is laid at x, y may have another size, and an image is not repeated for each mask of a batch
  const placed = row.placed === true;
  if (row.needs && second.extent.channels !== row.needs)
    throw refusal(name, 'other', 'an image with alpha', `${second.extent.channels} channels`, 'bad-shape');
  if (!placed) sameSize(name, first, second);
  const batch = placed ? first.extent.batch : Math.max(first.extent.batch, second.extent.batch);
  if (second.extent.batch !== 1 && second.extent.batch !== batch) {
    throw refusal(name, 'batch', `${batch} or 1 masks`, second.extent.batch, 'bad-shape');
  }
  const [one, other] = [as(dtype, repeated(name, first, batch)), as(dtype, second)];
  return derive(name, values, one, row.cut?.(values as never) ? cut(one, other) : other);
}

/** A mask, multiplied with the alpha that the picture has already. */
function cut(image: Node, mask: Node): Node {
  if (image.extent.channels < 4) return mask;
  const float = image.extent.dtype === 'float32';
  return derive('multiply', {}, float ? derive('plane', { index: 3 }, image) : derive('alpha', {}, image), mask);
}

/** A single picture is repeated for every one of a batch. Second operands need no copies: engines read the one again. */
function repeated(operation: string, node: Node, batch: number): Node {
  if (node.extent.batch === batch) return node;
  if (node.extent.batch === 1) return derive('take', { from: 0, count: batch, beyond: 'last' }, node);
  throw refusal(operation, 'batch', `${batch} or 1 masks`, node.extent.batch, 'bad-shape');
}

export function sameSize(operation: string, a: Node, b: Node): void {
  const [p, q] = [a.extent, b.extent];
  if (p.width === q.width && p.height === q.height) return;
  throw new ChromaskError(
    'bad-shape',
    `${operation}: the other ${b.extent.channels > 1 ? 'image' : 'mask'} must be ${p.width} x ${p.height} like this one, got ${q.width} x ${q.height}`,
  );
}

/** The node of a second operand: a mask, or an image, of the same device. */
export function operand(operation: string, first: Shaped, other: unknown, kind: 'image' | 'mask' = 'mask'): Node {
  const [rank, one] = kind === 'mask' ? [3, 'a mask'] : [4, 'an image'];
  if (!isHeld(other) || other.shape.length !== rank) throw refusal(operation, 'other', one, other);
  const node = nodeOf(other, operation);
  if (homeOf(other, operation) === homeOf(first, operation)) return node;
  throw refusal(operation, 'other', `${one} of the same device`, `${other} of another device`);
}
