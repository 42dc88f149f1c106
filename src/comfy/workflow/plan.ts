// Which nodes to run: those that end in masks or in pictures to show, as far as they depend on nothing we lack.
import { ChromaskError, show } from '../../errors.js';
import { isOptional } from '../inputs.js';
import { inputOf } from '../node.js';
import { type Graph, type GraphNode, linksOf } from './graph.js';
import { inOrder } from './order.js';
import { named, type Problem, WorkflowError } from './problem.js';

export interface Plan {
  /** All that runs, each after what it needs. Nodes of classes we do not know are asked of the caller. */
  readonly order: readonly GraphNode[];
  /** Outputs with masks that nothing else of the run reads. */
  readonly masks: readonly { readonly node: GraphNode; readonly slot: number }[];
  readonly skipped: readonly Skipped[];
}

/** A node we know that does not run. */
export interface Skipped {
  readonly id: string;
  readonly class_type: string;
  readonly title: string;
  /** It depends on a class we do not know, or on something that is switched off. */
  readonly why: 'unknown' | 'muted';
}

/** `lacking` are nodes whose class nobody knows; `waiting` need their outputs. */
type State = 'ready' | 'lacking' | 'waiting' | 'off';
type Readers = ReadonlyMap<GraphNode, readonly { readonly by: GraphNode; readonly slot: number }[]>;

export function planOf(graph: Graph, lacks: (node: GraphNode) => boolean, only?: readonly string[]): Plan {
  const all = inOrder(graph, graph.values());
  const states = statesOf(graph, all, lacks);
  const readers = readersOf(graph, all);
  const roots = only?.map((id) => rootOf(graph, states, id));
  const scope = roots ? new Set(inOrder(graph, roots)) : undefined;
  refuseLacking(scope ? all.filter((node) => scope.has(node)) : all, states, readers, roots ?? []);
  const { targets, masks } = endsOf(all, states, readers, roots && new Set(roots));
  const skipped = all.flatMap((node) => skippedOf(node, states.get(node)));
  if (!targets.length) throw nothing(all, states, skipped);
  return { order: inOrder(graph, targets, ({ known }) => known !== undefined), masks, skipped };
}

function skippedOf({ known, id, class_type, title }: GraphNode, state: State | undefined): Skipped[] {
  if (!known || (state !== 'waiting' && state !== 'off')) return [];
  return [{ id, class_type, title, why: state === 'off' ? 'muted' : 'unknown' }];
}

function rootOf(graph: Graph, states: ReadonlyMap<GraphNode, State>, id: string): GraphNode {
  const node = graph.get(id);
  if (!node)
    throw new ChromaskError('bad-argument', `runWorkflow: only must name nodes of the workflow, got ${show(id)}`);
  if (states.get(node) !== 'off') return node;
  const { class_type } = node;
  const message = 'it depends on something that is switched off';
  throw new WorkflowError([{ type: 'required_input_missing', message, id, class_type }]);
}

function statesOf(graph: Graph, all: readonly GraphNode[], lacks: (node: GraphNode) => boolean): Map<GraphNode, State> {
  const states = new Map<GraphNode, State>();
  for (const node of all) states.set(node, stateOf(node));
  return states;

  function stateOf(node: GraphNode): State {
    const { known } = node;
    if (!known) return lacks(node) ? 'lacking' : 'ready';
    const off = [...node.inputs].some(([name, { kind }]) => {
      const input = kind === 'off' ? inputOf(known, name) : undefined;
      return input !== undefined && !isOptional(input);
    });
    const before = [...linksOf(node)].map(([, { from }]) => states.get(graph.get(from) as GraphNode));
    if (off || before.includes('off')) return 'off';
    return before.includes('lacking') || before.includes('waiting') ? 'waiting' : 'ready';
  }
}

function readersOf(graph: Graph, all: readonly GraphNode[]): Readers {
  const readers = new Map<GraphNode, { by: GraphNode; slot: number }[]>(all.map((node) => [node, []]));
  for (const by of all) {
    for (const [, { from, slot }] of linksOf(by)) readers.get(graph.get(from) as GraphNode)?.push({ by, slot });
  }
  return readers;
}

/** A latent counts: what sets its noise mask makes a mask. */
const masked = (node: GraphNode, slot: number): boolean =>
  ['MASK', 'LATENT'].includes(node.known?.outputs[slot][0] ?? '');

/** From the last node to the first: an end is what shows something, or a mask that nothing else of the run reads. */
function endsOf(
  all: readonly GraphNode[],
  states: ReadonlyMap<GraphNode, State>,
  readers: Readers,
  only: ReadonlySet<GraphNode> | undefined,
) {
  const needed = new Set<GraphNode>();
  const targets: GraphNode[] = [];
  const masks: { node: GraphNode; slot: number }[] = [];
  for (const node of [...all].reverse()) {
    if (states.get(node) !== 'ready') continue;
    const read = readers.get(node) ?? [];
    const chosen = only ? only.has(node) : node.known?.ends === true;
    const loose = (node.known?.outputs ?? []).flatMap((_, slot) => {
      if (!masked(node, slot)) return [];
      const by = read.filter((one) => one.slot === slot).map((one) => one.by);
      if (by.some((one) => needed.has(one) && one.known && !one.known.ends)) return [];
      return by.length || (slot === 0 && !read.length) || (only && chosen) ? [{ node, slot }] : [];
    });
    const end = chosen || (!only && loose.length > 0);
    if (end) targets.push(node);
    if (!end && !read.some(({ by }) => needed.has(by))) continue;
    needed.add(node);
    masks.push(...loose);
  }
  return { targets: targets.reverse(), masks: masks.reverse() };
}

/** Nodes we lack, with the mask nodes that depend on them. Pictures and latents that do are left out instead. */
function refuseLacking(
  nodes: readonly GraphNode[],
  states: ReadonlyMap<GraphNode, State>,
  readers: Readers,
  roots: readonly GraphNode[],
): void {
  const problems: Problem[] = [];
  for (const node of nodes) {
    if (states.get(node) !== 'lacking') continue;
    const dependants = new Set<GraphNode>(roots.includes(node) ? [node] : []);
    const seen = new Set([node]);
    for (const open = [node]; open.length; ) {
      for (const { by } of readers.get(open.pop() as GraphNode) ?? []) {
        if (seen.has(by)) continue;
        seen.add(by);
        if (roots.includes(by) || (states.get(by) === 'waiting' && makesMask(by, readers))) dependants.add(by);
        else open.push(by);
      }
    }
    if (!dependants.size) continue;
    const { id, class_type } = node;
    const needed_by = [...dependants].map((one) => one.id);
    const names = [...dependants].slice(0, 4).map((one) => named(one.id, one.class_type));
    const message = `this node is not known here, and ${names.join(', ')}${dependants.size > 4 ? ', …' : ''} depends on it`;
    problems.push({ type: 'missing_node_type', message, id, class_type, needed_by });
  }
  if (problems.length) throw new WorkflowError(problems);
}

function makesMask(node: GraphNode, readers: Readers): boolean {
  const slots = (node.known?.outputs ?? []).flatMap(([type], slot) => (type === 'MASK' ? [slot] : []));
  const read = readers.get(node) ?? [];
  return slots.some((slot) => slot === 0 || read.some((one) => one.slot === slot));
}

function nothing(
  all: readonly GraphNode[],
  states: ReadonlyMap<GraphNode, State>,
  skipped: readonly Skipped[],
): WorkflowError {
  const muted = skipped.some(({ why }) => why === 'muted') ? ': what it has is switched off' : '';
  const problems: Problem[] = [
    { type: 'prompt_no_outputs', message: `it has no masks to make and no pictures to show${muted}` },
  ];
  for (const node of all) {
    if (states.get(node) !== 'lacking') continue;
    const { id, class_type } = node;
    problems.push({ type: 'missing_node_type', message: 'this node is not known here', id, class_type });
  }
  return new WorkflowError(problems);
}
