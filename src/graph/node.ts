// A node says what a batch is: an operation, its parameters, its inputs. Immutable, and nothing runs here.

import { refusal } from '../base/errors.js';
import { floatsOf, numbersOf, type Value } from '../base/params.js';
import type { Dtype, Engine, Extent, Numbers, Slot, Step, Stride } from '../engine.js';
import { type OpName, type Row, rowOf } from '../ops/index.js';
import type { Stride as Strode } from '../ops/row.js';

/** Where a node's result is kept at the moment. A derived one may be dropped at any time: the node makes it again. */
export interface Hold {
  readonly engine: Engine;
  readonly slot: Slot;
  readonly derived: boolean;
  /** Made by the run that is still going on. */
  fresh: boolean;
  /** Reads and passes that use the slot now; it is freed when the last of them ends. */
  busy: number;
  dropped: boolean;
}

export type NodeOp = OpName | 'source' | 'cat';
export type Values = Readonly<Record<string, Value>>;

export class Node {
  hold: Hold | undefined;
  /** Whether some batch answers for its memory: the first one, never one that merely shows the same (`at(0)` of one). */
  owned = false;
  /** 256 counts a picture, once they were needed. */
  counts: readonly Uint32Array[] | undefined;
  /** Only of a source: what to write again where memory can vanish. */
  pixels: Numbers | undefined;
  /** Only of a source: whether its numbers may wait outside the engine while room is short. */
  movable = false;
  /** Only of a source: why it can no longer be read. */
  gone: string | undefined;
  /** Only of a source: whether it came from where colours are kept times alpha. */
  premultiplied: boolean | undefined;

  constructor(
    readonly op: NodeOp,
    readonly values: Values,
    readonly inputs: readonly Node[],
    readonly extent: Extent,
  ) {}

  /** Whether it has a kernel alone, so that an engine without kernels has it done elsewhere. */
  get regional(): boolean {
    const row = this.row;
    const from = this.inputs[0]?.extent ?? this.extent;
    return row?.kind === 'region' || row?.kernelOnly?.(this.values as never, from) === true;
  }

  get row(): Row | undefined {
    return this.op === 'source' || this.op === 'cat' ? undefined : rowOf(this.op);
  }
}

/** Whether a picture's colours came from such a source; a picture of a mask has none of them. */
export function isPremultiplied(node: Node): boolean {
  const open = new Set([node]);
  for (const one of open) {
    if (one.premultiplied) return true;
    if (one.premultiplied === undefined && one.extent.channels > 1) for (const input of one.inputs) open.add(input);
  }
  return false;
}

/** The node of an operation over inputs whose types and sizes already fit. */
export function derive(op: OpName, values: Values, ...inputs: Node[]): Node {
  return new Node(op, values, inputs, extentAfter(op, values, inputs));
}

export function cat(inputs: readonly Node[]): Node {
  const batch = inputs.reduce((sum, input) => sum + input.extent.batch, 0);
  return inputs.length === 1 ? inputs[0] : new Node('cat', {}, inputs, { ...inputs[0].extent, batch });
}

/**
 * What a node, or a call, is made from, inputs first, down to those that are ready; itself is the last. Runs without recursion:
 * a chain may be thousands long.
 */
export function inOrder<T extends { readonly inputs: readonly T[] }>(target: T, ready: (one: T) => boolean): T[] {
  const order: T[] = [];
  const seen = new Set([target]);
  const stack = [{ one: target, next: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const input = ready(top.one) ? undefined : top.one.inputs[top.next++];
    if (!input) {
      order.push(top.one);
      stack.pop();
    } else if (!seen.has(input)) {
      seen.add(input);
      stack.push({ one: input, next: 0 });
    }
  }
  return order;
}

/**
 * The same elements in another type; the node itself where they are of that type already. What is joined and not made yet is
 * converted part by part, so that no part needs memory in between; a part that is in it many times, once.
 */
export function as(dtype: Dtype, node: Node): Node {
  if (node.extent.dtype === dtype) return node;
  const converted = new Map<Node, Node>();
  const whole = ({ op, hold }: Node): boolean => op !== 'cat' || (hold !== undefined && !hold.dropped);
  for (const one of inOrder(node, whole)) {
    const parts = whole(one) ? undefined : one.inputs.map((input) => converted.get(input) as Node);
    converted.set(one, parts ? cat(parts) : derive(dtype === 'float32' ? 'floats' : 'bytes', {}, one));
  }
  return converted.get(node) as Node;
}

/** `as` with a type that a caller named. */
export function asNamed(operation: string, dtype: unknown, node: Node): Node {
  if (dtype === 'uint8' || dtype === 'float32') return as(dtype, node);
  throw refusal(operation, 'dtype', "'uint8' or 'float32'", dtype);
}

function extentAfter(op: OpName, values: Values, inputs: readonly Node[]): Extent {
  const row = rowOf(op);
  const none = { batch: 1, height: 1, width: 1, channels: 1, dtype: 'float32' } as const;
  const from = inputs[0]?.extent ?? none;
  const channels = row.kind === 'pick' ? 1 : row.kind === 'pack' ? (row.gives ?? from.channels) : from.channels;
  return { ...from, channels, dtype: row.makes ?? from.dtype, ...row.extent?.(values as never, from) };
}

/** The step an engine runs for this node. Tables and other operands are for the planner to fill in. */
export async function stepOf(node: Node): Promise<Step> {
  const row = rowOf(node.op as OpName);
  const { values, extent } = node;
  const from = node.inputs[0]?.extent ?? extent;
  const float = node.inputs[0]?.extent.dtype === 'float32';
  const named = (name: string): string => (row.of === 'both' && float ? `${name}Float` : name);
  const { passes, data } = (await row.figures?.()) ?? {};
  const strideOf = ({ shader, ...stride }: Strode): Stride => ({
    name: named(shader ?? node.op),
    dtype: extent.dtype,
    width: extent.width,
    height: extent.height,
    ...stride,
  });
  return {
    kind: row.kind === 'table' && float ? 'map' : row.kind,
    name: named(node.op),
    channels: extent.channels,
    dtype: extent.dtype,
    numbers: numbersOf(row.params, values),
    floats: floatsOf(row.params),
    others: [],
    nodes: await row.nodes?.(),
    many: row.many,
    strides: passes && once(() => passes(values as never, from, extent).map(strideOf)),
    data: data && (() => data(values as never, from, extent)),
  };
}

/** A function whose result is made at the first call. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
