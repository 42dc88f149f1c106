// Decides which nodes to run: those that end in masks or shown pictures, unless something keeps them from running.
import type { Graph, GraphNode } from './graph.js';
import { type Circles, inOrder } from './order.js';
import { type Problem, WorkflowError } from './problem.js';
import { type Reader, type Readers, readersOf, type States } from './readers.js';
import { type Skipped, skippedOf, statesOf } from './state.js';
import { notTakenIn } from './switches.js';

export interface Plan {
  /** All nodes to run, each after what it needs. The caller is asked for those of unknown classes. */
  readonly order: readonly GraphNode[];
  /** Outputs with masks that no other node of the run reads. */
  readonly masks: readonly { readonly node: GraphNode; readonly slot: number }[];
  /** Outputs with pictures that only inputs of unknown nodes read. */
  readonly pictures: readonly { readonly node: GraphNode; readonly slot: number; readonly to: Reader }[];
  readonly skipped: readonly Skipped[];
}

export interface PlanOptions {
  readonly lacks: (node: GraphNode) => boolean;
  readonly problemsOf: (node: GraphNode) => readonly Problem[];
  readonly only: readonly string[] | undefined;
  /** Refuse the run if a known node cannot run, instead of leaving it out. */
  readonly strict: boolean;
}

export async function planOf(graph: Graph, { lacks, problemsOf, only, strict }: PlanOptions): Promise<Plan> {
  const circles: Circles = new Map();
  const all = inOrder(graph, graph.values(), undefined, circles);
  if (strict && circles.size) throw new WorkflowError([...circles.values()].slice(0, 100));
  const wrong: Problem[] = [];
  // a strict run checks only the nodes that it will run, just before it runs them
  const checks = { lacks, problemsOf: strict ? () => [] : problemsOf, circles };
  const states = statesOf(graph, all, checks, (problems) => wrong.push(...problems));
  const readers = readersOf(graph, all);
  const roots = only && (await import('./lacking.js')).rootsOf(graph, states, only);
  const scope = roots ? new Set(inOrder(graph, roots, undefined, new Map())) : undefined;
  const looked = scope ? all.filter((node) => scope.has(node)) : all;
  if ((strict || roots) && looked.some((node) => states.get(node)?.why === 'lacking')) {
    const lacking = (await import('./lacking.js')).lackingOf(looked, states, readers, roots ?? []);
    if (lacking.length) throw new WorkflowError(lacking);
  }
  if (roots?.some((node) => states.get(node)?.why === 'invalid')) {
    const ids = new Set(looked.map(({ id }) => id));
    throw new WorkflowError(wrong.filter(({ id }) => id !== undefined && ids.has(id)));
  }
  const { targets, masks, pictures } = endsOf(all, states, readers, notTakenIn(graph), roots && new Set(roots));
  const skipped = all.flatMap((node) => skippedOf(node, states.get(node)));
  if (!targets.length) {
    const { lackingOf, nothing } = await import('./lacking.js');
    const problems = [...lackingOf(looked, states, readers, []), ...wrong];
    throw problems.length ? new WorkflowError(problems) : nothing(all, states, skipped);
  }
  return { order: inOrder(graph, targets, ({ known }) => known !== undefined), masks, pictures, skipped };
}

/** Latents count because they may have a noise mask, and SEGS because of the masks in them. */
const masked = (node: GraphNode, slot: number): boolean =>
  ['MASK', 'LATENT', 'SEGS'].includes(node.known?.outputs[slot][0] ?? '');

/** A picture that was only loaded belongs to the caller. */
const pictured = ({ known }: GraphNode, slot: number): boolean =>
  known?.outputs[slot][0] === 'IMAGE' && !Object.values(known.inputs).some(({ type }) => type === 'FILE');

/** Whether it computes something from its inputs. A node that only shows them does not. */
const reads = ({ known }: GraphNode): boolean => known !== undefined && !(known.ends && !known.outputs.length);

/** Walks back from the last node. A node is an end if it shows something or no other node of the run reads it. */
function endsOf(
  all: readonly GraphNode[],
  states: States,
  readers: Readers,
  left: ReadonlySet<string>,
  only: ReadonlySet<GraphNode> | undefined,
): Pick<Plan, 'masks' | 'pictures'> & { readonly targets: readonly GraphNode[] } {
  const needed = new Set<GraphNode>();
  const targets: GraphNode[] = [];
  const masks: { node: GraphNode; slot: number }[] = [];
  const pictures: { node: GraphNode; slot: number; to: Reader }[] = [];
  // such a reader would need the output if nothing were wrong with it
  const wanting = ({ by }: Reader): boolean => states.get(by)?.why === 'invalid';
  for (const node of [...all].reverse()) {
    if (states.get(node)?.why !== 'ready') continue;
    const read = readers.get(node) ?? [];
    const chosen = only ? only.has(node) : node.known?.ends === true;
    const loose: { node: GraphNode; slot: number }[] = [];
    const shown: { node: GraphNode; slot: number; to: Reader }[] = [];
    for (const slot of (node.known?.outputs ?? []).keys()) {
      const by = read.filter((one) => one.slot === slot);
      if (by.some((one) => wanting(one) || (needed.has(one.by) && reads(one.by)))) continue;
      if (masked(node, slot)) {
        if (by.length || (slot === 0 && !read.length && !left.has(node.id)) || (only && chosen))
          loose.push({ node, slot });
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
