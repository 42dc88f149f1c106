// Which nodes to run: those that end in masks or in pictures to show, as far as nothing keeps them from it.
import { ChromaskError, show } from '../../errors.js';
import { type Graph, type GraphNode, linksOf } from './graph.js';
import { type Circles, inOrder } from './order.js';
import { named, type Problem, WorkflowError } from './problem.js';
import { type Skipped, type State, skippedOf, statesOf } from './state.js';

export interface Plan {
  /** All that runs, each after what it needs. Nodes of classes we do not know are asked of the caller. */
  readonly order: readonly GraphNode[];
  /** Outputs with masks that nothing else of the run reads. */
  readonly masks: readonly { readonly node: GraphNode; readonly slot: number }[];
  /** Outputs with pictures that end in an input of a node we do not know. */
  readonly pictures: readonly { readonly node: GraphNode; readonly slot: number; readonly to: Reader }[];
  readonly skipped: readonly Skipped[];
}

export interface PlanOptions {
  readonly lacks: (node: GraphNode) => boolean;
  readonly problemsOf: (node: GraphNode) => readonly Problem[];
  readonly only: readonly string[] | undefined;
  /** Refuse where something we know cannot run, rather than leave it out. */
  readonly strict: boolean;
}

interface Reader {
  readonly by: GraphNode;
  readonly input: string;
  readonly slot: number;
}

type States = ReadonlyMap<GraphNode, State>;
type Readers = ReadonlyMap<GraphNode, readonly Reader[]>;

export function planOf(graph: Graph, { lacks, problemsOf, only, strict }: PlanOptions): Plan {
  const circles: Circles = new Map();
  const all = inOrder(graph, graph.values(), undefined, circles);
  if (strict && circles.size) throw new WorkflowError([...circles.values()].slice(0, 100));
  const wrong: Problem[] = [];
  // a strict run is told what is wrong with the nodes it would run, before it runs one
  const checks = { lacks, problemsOf: strict ? () => [] : problemsOf, circles };
  const states = statesOf(graph, all, checks, (problems) => wrong.push(...problems));
  const readers = readersOf(graph, all);
  const roots = only?.map((id) => rootOf(graph, states, id));
  const scope = roots ? new Set(inOrder(graph, roots, undefined, new Map())) : undefined;
  const looked = scope ? all.filter((node) => scope.has(node)) : all;
  const lacking = strict || roots ? lackingOf(looked, states, readers, roots ?? []) : [];
  if (lacking.length) throw new WorkflowError(lacking);
  if (roots?.some((node) => states.get(node)?.why === 'invalid')) {
    const ids = new Set(looked.map(({ id }) => id));
    throw new WorkflowError(wrong.filter(({ id }) => id !== undefined && ids.has(id)));
  }
  const { targets, masks, pictures } = endsOf(all, states, readers, roots && new Set(roots));
  const skipped = all.flatMap((node) => skippedOf(node, states.get(node)));
  if (!targets.length) {
    const problems = [...lackingOf(looked, states, readers, []), ...wrong];
    throw problems.length ? new WorkflowError(problems) : nothing(all, states, skipped);
  }
  return { order: inOrder(graph, targets, ({ known }) => known !== undefined), masks, pictures, skipped };
}

function rootOf(graph: Graph, states: States, id: string): GraphNode {
  const node = graph.get(id);
  if (!node)
    throw new ChromaskError('bad-argument', `runWorkflow: only must name nodes of the workflow, got ${show(id)}`);
  if (states.get(node)?.why !== 'muted') return node;
  const { class_type } = node;
  const message = 'it depends on something that is switched off';
  throw new WorkflowError([{ type: 'required_input_missing', message, id, class_type }]);
}

function readersOf(graph: Graph, all: readonly GraphNode[]): Readers {
  const readers = new Map<GraphNode, Reader[]>(all.map((node) => [node, []]));
  for (const by of all) {
    for (const [input, { from, slot }] of linksOf(by)) {
      readers.get(graph.get(from) as GraphNode)?.push({ by, input, slot });
    }
  }
  return readers;
}

/** A latent counts: what sets its noise mask makes a mask. So do regions that a detector's successors would be given. */
const masked = (node: GraphNode, slot: number): boolean =>
  ['MASK', 'LATENT', 'SEGS'].includes(node.known?.outputs[slot][0] ?? '');

/** A picture that was only loaded is the caller's own. */
const pictured = ({ known }: GraphNode, slot: number): boolean =>
  known?.outputs[slot][0] === 'IMAGE' && !Object.values(known.inputs).some(({ type }) => type === 'FILE');

/** From the last node to the first: an end is what shows something, or what nothing else of the run reads. */
function endsOf(
  all: readonly GraphNode[],
  states: States,
  readers: Readers,
  only: ReadonlySet<GraphNode> | undefined,
): Pick<Plan, 'masks' | 'pictures'> & { readonly targets: readonly GraphNode[] } {
  const needed = new Set<GraphNode>();
  const targets: GraphNode[] = [];
  const masks: { node: GraphNode; slot: number }[] = [];
  const pictures: { node: GraphNode; slot: number; to: Reader }[] = [];
  // it would be read, were not something wrong
  const wanting = ({ by }: Reader): boolean => states.get(by)?.why === 'invalid';
  for (const node of [...all].reverse()) {
    if (states.get(node)?.why !== 'ready') continue;
    const read = readers.get(node) ?? [];
    const chosen = only ? only.has(node) : node.known?.ends === true;
    const loose: { node: GraphNode; slot: number }[] = [];
    const shown: { node: GraphNode; slot: number; to: Reader }[] = [];
    for (const slot of (node.known?.outputs ?? []).keys()) {
      const by = read.filter((one) => one.slot === slot);
      if (by.some((one) => wanting(one) || (needed.has(one.by) && one.by.known && !one.by.known.ends))) continue;
      if (masked(node, slot)) {
        if (by.length || (slot === 0 && !read.length) || (only && chosen)) loose.push({ node, slot });
      } else if (pictured(node, slot) && !only && !by.some((one) => needed.has(one.by))) {
        for (const to of by) if (!to.by.known) shown.push({ node, slot, to });
      }
    }
    const end = chosen || (!only && loose.length + shown.length > 0);
    if (end) targets.push(node);
    if (!end && !read.some(({ by }) => needed.has(by))) continue;
    needed.add(node);
    masks.push(...loose);
    pictures.push(...shown);
  }
  return { targets: targets.reverse(), masks: masks.reverse(), pictures: pictures.reverse() };
}

/** More mask nodes than these are not told of one node they depend on. */
const TOLD = 100;

/** Nodes we lack, with the mask nodes that depend on them. Pictures and latents that do are left out instead. */
function lackingOf(
  nodes: readonly GraphNode[],
  states: States,
  readers: Readers,
  roots: readonly GraphNode[],
): Problem[] {
  const problems: Problem[] = [];
  const asked = new Set(roots);
  const dependants = new Map<GraphNode, ReadonlySet<GraphNode>>();
  const isOne = (by: GraphNode): boolean =>
    asked.has(by) || (states.get(by)?.why === 'unknown' && makesMask(by, readers));
  for (const node of [...nodes].reverse()) {
    const parts = (readers.get(node) ?? []).map(({ by }) => (isOne(by) ? new Set([by]) : dependants.get(by)));
    if (asked.has(node)) parts.unshift(new Set([node]));
    const found = union(parts.flatMap((part) => (part?.size ? [part] : [])));
    dependants.set(node, found);
    if (states.get(node)?.why !== 'lacking' || !found.size) continue;
    const { id, class_type } = node;
    const needed_by = [...found].map((one) => one.id);
    const names = [...found].slice(0, 4).map((one) => named(one.id, one.class_type));
    const message = `this node is not known here, and ${names.join(', ')}${found.size > 4 ? ', …' : ''} depends on it`;
    problems.push({ type: 'missing_node_type', message, id, class_type, needed_by });
  }
  return problems.reverse();
}

/** In a long chain they are all the same set. */
function union<T>(parts: readonly ReadonlySet<T>[]): ReadonlySet<T> {
  if (parts.length === 1) return parts[0];
  const all = new Set<T>();
  for (const part of parts) {
    for (const one of part) {
      if (all.size === TOLD) return all;
      all.add(one);
    }
  }
  return all;
}

function makesMask(node: GraphNode, readers: Readers): boolean {
  const slots = (node.known?.outputs ?? []).flatMap(([type], slot) => (type === 'MASK' ? [slot] : []));
  const read = readers.get(node) ?? [];
  return slots.some((slot) => slot === 0 || read.some((one) => one.slot === slot));
}

function nothing(all: readonly GraphNode[], states: States, skipped: readonly Skipped[]): WorkflowError {
  const muted = skipped.some(({ why }) => why === 'muted') ? ': what it has is switched off' : '';
  const problems: Problem[] = [
    { type: 'prompt_no_outputs', message: `it has no masks to make and no pictures to show${muted}` },
  ];
  for (const node of all) {
    if (states.get(node)?.why !== 'lacking') continue;
    const { id, class_type } = node;
    problems.push({ type: 'missing_node_type', message: 'this node is not known here', id, class_type });
  }
  return new WorkflowError(problems);
}
