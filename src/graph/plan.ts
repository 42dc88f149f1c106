// From nodes to passes: which results need memory of their own, and which steps run together without any.
import { later } from '../base/later.js';
import type { Pause } from '../base/pause.js';
import { type EngineLimits, isPositional, type Pass, type Slot, type Step } from '../engine.js';
import { inOrder, type Node, stepOf } from './node.js';

const tables = /* @__PURE__ */ later(() => import('./tables.js'));

export interface Plan {
  /** Nodes that get a slot, in the order they must be made. The last is the target. */
  readonly made: readonly Node[];
  /** Nodes that have a slot already and are read. */
  readonly leaves: readonly Node[];
  /** How many nodes of the plan still read a node. */
  readonly readers: Map<Node, number>;
  /** Nodes whose counts a table needs. */
  readonly counted: ReadonlySet<Node>;
}

/** What a plan has to know of its engine. Regions that the engine does not run itself get a slot of their own. */
export type Ability = Pick<EngineLimits, 'operands' | 'regions'>;

/** Adds to `made` what has to have a slot because a pass takes no more than `most` operands. */
export type Split = (order: readonly Node[], made: Set<Node>, ready: (node: Node) => boolean, most: number) => void;

/** `ready` tells which nodes have a slot already. Runs without recursion: a chain may be thousands long. */
export function planFor(target: Node, ready: (node: Node) => boolean, ability: Ability, split?: Split): Plan {
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
  if (ability.operands !== undefined) split?.(order, made, ready, ability.operands);
  for (const node of order) {
    if (ready(node) || !node.row?.counts || node.inputs[0].counts) continue;
    const base = countedFor(node, (input) => made.has(input) || ready(input));
    made.add(base);
    if (!base.counts) counted.add(base);
  }
  const slots = order.filter((node) => made.has(node) && !ready(node));
  return { made: slots, leaves: order.filter(ready), readers: readersOf(slots, made, ready), counted };
}

/** A table only moves counts about, so the input of the first table of a chain is counted. */
function countedFor(node: Node, apart: (node: Node) => boolean): Node {
  let base = node.inputs[0];
  while (!apart(base) && !base.counts && isTable(base)) base = base.inputs[0];
  return base;
}

const isTable = (node: Node): boolean => node.row?.kind === 'table' && node.inputs[0].extent.dtype === 'uint8';

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
export async function passesFor(node: Node, slot: (node: Node) => Slot | undefined, pause?: Pause): Promise<Pass[]> {
  if (node.op !== 'cat') return [await passFor(node, 0, slot, pause)];
  const passes: Pass[] = [];
  let first = 0;
  for (const part of node.inputs) {
    const at = slot(part);
    passes.push(
      at
        ? { source: at, steps: [], extent: part.extent, first, count: part.extent.batch }
        : await passFor(part, first, slot, pause),
    );
    first += part.extent.batch;
  }
  return passes;
}

async function passFor(
  node: Node,
  first: number,
  slot: (node: Node) => Slot | undefined,
  pause?: Pause,
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
    if (step.kind === 'table') {
      const { tablesAfter } = await tables();
      const before = steps.at(-1)?.tables;
      const made = await tablesAfter(before, link, head, pause);
      // a chain of tables is one
      if (before) steps.pop();
      steps.push({ ...step, tables: made });
    } else steps.push({ ...step, others: link.inputs.slice(1).map((input) => need(slot(input))) });
  }
  const { extent } = node;
  return { source: head ? need(slot(head)) : undefined, steps, extent, first, count: extent.batch };
}

function need(slot: Slot | undefined): Slot {
  if (!slot) throw new Error('a pass reads a node that was not made');
  return slot;
}
