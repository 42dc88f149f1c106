// From nodes to passes: which results need memory of their own, and which steps run together without any.
import type { Breath } from '../base/pause.js';
import { type EngineLimits, isPositional, type Pass, type Slot, type Step } from '../engine.js';
import { compose } from '../ops/tables.js';
import { inOrder, type Node, stepOf } from './node.js';

export interface Plan {
  /** Nodes that get a slot, in the order they must be made. The last is the target. */
  readonly made: readonly Node[];
  /** Nodes that have a slot already and are read. */
  readonly leaves: readonly Node[];
  /** How many of them (and of held or source slots) still read a node. */
  readonly readers: Map<Node, number>;
  /** Those whose counts some table waits for. */
  readonly counted: ReadonlySet<Node>;
}

/** What a plan asks of the engine it is for: regions that it does not run itself get a slot of their own. */
export type Ability = Pick<EngineLimits, 'operands' | 'regions'>;

/** `ready` tells which nodes have a slot already. Runs without recursion: a chain may be thousands long. */
export function planFor(target: Node, ready: (node: Node) => boolean, ability: Ability): Plan {
  const order = inOrder(target, ready);
  const uses = new Map<Node, number>();
  const counted = new Set<Node>();
  const made = new Set<Node>([target]);
  for (const node of order) {
    if (ready(node)) continue;
    const kind = node.row?.kind;
    if (node.op === 'source' || (node.regional && !ability.regions)) made.add(node);
    node.inputs.forEach((input, position) => {
      const use = (uses.get(input) ?? 0) + 1;
      uses.set(input, use);
      const apart = input.op === 'cat' || (node.op !== 'cat' && (isPositional(kind) || position > 0));
      if (apart || use > 1) made.add(input);
    });
  }
  if (ability.operands !== undefined) splitLongPasses(order, made, ready, ability.operands);
  for (const node of order) {
    if (ready(node) || !node.row?.counts || node.inputs[0].counts) continue;
    const base = countedFor(node, (input) => made.has(input) || ready(input));
    made.add(base);
    if (!base.counts) counted.add(base);
  }
  const slots = order.filter((node) => made.has(node) && !ready(node));
  return { made: slots, leaves: order.filter(ready), readers: readersOf(slots, made, ready), counted };
}

/** Tables only move counts about, so what is counted is what the first of them reads. */
function countedFor(node: Node, apart: (node: Node) => boolean): Node {
  let base = node.inputs[0];
  while (!apart(base) && !base.counts && isTable(base)) base = base.inputs[0];
  return base;
}

const isTable = (node: Node): boolean => node.row?.kind === 'table' && node.inputs[0].extent.dtype === 'uint8';

function splitLongPasses(order: readonly Node[], made: Set<Node>, ready: (node: Node) => boolean, most: number): void {
  const operands = new Map<Node, number>();
  for (const node of order) {
    const first = node.inputs[0];
    const before = !first || made.has(first) || ready(first) ? 0 : (operands.get(first) ?? 0);
    const count = before + Math.max(0, node.inputs.length - 1);
    if (count > most && before > 0 && node.op !== 'cat') made.add(first);
    operands.set(node, made.has(first) ? Math.max(0, node.inputs.length - 1) : count);
  }
}

/** How many passes will read each slot, so that it can be freed after the last. */
function readersOf(slots: readonly Node[], made: ReadonlySet<Node>, ready: (node: Node) => boolean): Map<Node, number> {
  const readers = new Map<Node, number>();
  for (const slot of slots) {
    for (const read of readBy(slot, (node) => made.has(node) || ready(node))) {
      readers.set(read, (readers.get(read) ?? 0) + 1);
    }
  }
  return readers;
}

/** Every node with a slot that making `node` reads, once for each time. */
export function readBy(node: Node, apart: (node: Node) => boolean): Node[] {
  const read: Node[] = [];
  const open = [...node.inputs];
  for (let input = open.pop(); input; input = open.pop()) {
    if (apart(input)) read.push(input);
    else for (const one of input.inputs) open.push(one);
  }
  return read;
}

/** The first link of a node's own pass, and the slotted node that it reads. */
function beginning(node: Node, apart: (node: Node) => boolean): { link: Node; head: Node | undefined } {
  let link = node;
  let [head] = link.inputs;
  for (; head && !apart(head); [head] = link.inputs) link = head;
  return { link, head };
}

/** The slotted node that a pass runs over pixel by pixel, if what it makes fits in the same memory. */
export function overwritable(node: Node, apart: (node: Node) => boolean): Node | undefined {
  const { link, head } = beginning(node, apart);
  if (!head || node.op === 'cat' || isPositional(link.row?.kind)) return undefined;
  const keys = ['batch', 'height', 'width', 'channels', 'dtype'] as const;
  return keys.every((key) => head.extent[key] === node.extent[key]) ? head : undefined;
}

/** Whether the target's own passes begin with a step that finds its pixels by position. */
export function gathers(target: Node, plan: Plan): boolean {
  const slotted = new Set([...plan.leaves, ...plan.made]);
  const apart = (node: Node): boolean => slotted.has(node);
  const parts = target.op === 'cat' ? target.inputs.filter((part) => !apart(part)) : [target];
  return parts.some((part) => isPositional(beginning(part, apart).link.row?.kind));
}

/** The passes that make a node from slots. `slot` gives the slot of a node that has one. */
export async function passesFor(node: Node, slot: (node: Node) => Slot | undefined, breath?: Breath): Promise<Pass[]> {
  if (node.op !== 'cat') return [await passFor(node, 0, slot, breath)];
  const passes: Pass[] = [];
  let first = 0;
  for (const part of node.inputs) {
    const at = slot(part);
    passes.push(
      at
        ? { source: at, steps: [], extent: part.extent, first, count: part.extent.batch }
        : await passFor(part, first, slot, breath),
    );
    first += part.extent.batch;
  }
  return passes;
}

async function passFor(
  node: Node,
  first: number,
  slot: (node: Node) => Slot | undefined,
  breath?: Breath,
): Promise<Pass> {
  const chain: Node[] = [];
  let head: Node | undefined = node;
  // the node itself has no slot yet, so the walk always takes at least one step
  do {
    chain.push(head);
    head = head.inputs[0];
  } while (head && !slot(head));
  const steps: Step[] = [];
  for (const link of chain.reverse()) {
    const step = await stepOf(link);
    const others = link.inputs.slice(1).map((input) => need(slot(input)));
    const before = steps[steps.length - 1];
    if (link.row?.counts) link.inputs[0].counts ??= await movedCounts(head, before?.tables, breath);
    const full = step.kind === 'table' ? { ...step, tables: await tablesOf(link, breath) } : { ...step, others };
    if (full.tables && before?.tables)
      steps[steps.length - 1] = { ...full, tables: await chained(before.tables, full.tables, breath) };
    else steps.push(full);
  }
  const { extent } = node;
  return { source: head ? need(slot(head)) : undefined, steps, extent, first, count: extent.batch };
}

/** The counts of what tables make of a counted node. */
async function movedCounts(
  head: Node | undefined,
  tables: readonly Uint8Array[] | undefined,
  breath?: Breath,
): Promise<Uint32Array[]> {
  const counts = head?.counts;
  if (!counts || !tables) throw new Error('a table waits for counts that were not made');
  return each(new Uint32Array(256 * counts.length), breath, (b) => {
    const one = counts[b];
    const table = tables[tables.length > 1 ? b : 0];
    const moved = new Uint32Array(256);
    for (let v = 0; v < 256; v++) moved[table[v]] += one[v];
    return moved;
  });
}

async function tablesOf(node: Node, breath?: Breath): Promise<Uint8Array[]> {
  const make = node.row?.table as
    | ((values: object, counts?: Uint32Array) => Uint8Array | Promise<Uint8Array>)
    | undefined;
  if (!make) throw new Error(`${node.op} has no table`);
  if (!node.row?.counts) return [await make(node.values)];
  const counts = node.inputs[0].counts ?? [];
  return each(new Uint8Array(256 * counts.length), breath, (b) => make(node.values, counts[b]));
}

/** One table for the whole batch, or one a picture. */
function chained(inner: readonly Uint8Array[], outer: readonly Uint8Array[], breath?: Breath): Promise<Uint8Array[]> {
  const count = Math.max(inner.length, outer.length);
  return each(new Uint8Array(256 * count), breath, (b) =>
    compose(inner[inner.length > 1 ? b : 0], outer[outer.length > 1 ? b : 0]),
  );
}

/** 256 numbers for each picture of a batch, of which there may be a hundred thousand: all in one block, for so many blocks take long to collect. */
async function each<T extends Uint8Array | Uint32Array>(
  all: T,
  breath: Breath | undefined,
  make: (b: number) => T | Promise<T>,
): Promise<T[]> {
  const parts: T[] = [];
  for (let at = 0; at < all.length; at += 256) {
    const made = make(at / 256);
    all.set(made instanceof Promise ? await made : made, at);
    parts.push(all.subarray(at, at + 256) as T);
    const wait = at % 16384 ? undefined : breath?.();
    if (wait) await wait;
  }
  return parts;
}

function need(slot: Slot | undefined): Slot {
  if (!slot) throw new Error('a pass reads a node that was not made');
  return slot;
}
