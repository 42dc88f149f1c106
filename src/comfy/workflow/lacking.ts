// Why something cannot run: nodes of unknown classes, and the masks that depend on them. Loaded only when it is
// needed.
import { ChromaskError, show } from '../../base/errors.js';
import type { Graph, GraphNode } from './graph.js';
import { named, type Problem, WorkflowError } from './problem.js';
import type { Readers, States } from './readers.js';
import type { Skipped } from './state.js';

/** At most so many dependent mask nodes are listed for one missing node. */
const TOLD = 100;

/**
 * Nodes of unknown classes, with the mask nodes that depend on them. Dependent pictures and latents are left out
 * instead.
 */
export function lackingOf(
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

/** A single set is shared instead of copied, since all nodes of a long chain have the same one. */
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

/** The error for a workflow in which nothing can run. */
export function nothing(all: readonly GraphNode[], states: States, skipped: readonly Skipped[]): WorkflowError {
  const muted = skipped.some(({ why }) => why === 'muted') ? ': everything in it is switched off' : '';
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

/** The nodes that a caller named in `only`. */
export function rootsOf(graph: Graph, states: States, only: readonly string[]): GraphNode[] {
  return only.map((id) => rootOf(graph, states, id));
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
