// Which nodes can run, and what keeps the others from running.
import { isOptional } from '../inputs.js';
import { inputOf } from '../node.js';
import { type Graph, type GraphNode, linksOf } from './graph.js';
import type { Circles } from './order.js';
import type { Problem } from './problem.js';

/** A node of a known class that does not run. */
export interface Skipped {
  readonly id: string;
  readonly class_type: string;
  readonly title: string;
  /** It depends on an unknown class, on a node that is switched off, or on something that is wrong. */
  readonly why: 'unknown' | 'muted' | 'invalid';
  /** For `unknown`: the first node of an unknown class that it depends on. */
  readonly missing?: { readonly id: string; readonly class_type: string };
  /** For `invalid`: what is wrong with it, or with the first invalid node that it depends on. */
  readonly problems?: readonly Problem[];
}

/**
 * `lacking`: the outputs of an unknown node cannot be made. `unknown`: a known node depends on such a node, `first`.
 */
export type State =
  | { readonly why: 'ready' | 'muted' }
  | { readonly why: 'lacking' | 'unknown'; readonly first: GraphNode }
  | { readonly why: 'invalid'; readonly problems: readonly Problem[] };

export interface Checks {
  /** Whether the outputs of an unknown node cannot be made. */
  readonly lacks: (node: GraphNode) => boolean;
  /** The problems of a node of a known class. */
  readonly problemsOf: (node: GraphNode) => readonly Problem[];
  readonly circles: Circles;
}

const READY: State = { why: 'ready' };

/** The state of each node. Nodes must come after what they need. `wrong` receives every problem. */
export function statesOf(
  graph: Graph,
  all: readonly GraphNode[],
  { lacks, problemsOf, circles }: Checks,
  wrong: (problems: readonly Problem[]) => void,
): Map<GraphNode, State> {
  const states = new Map<GraphNode, State>();
  for (const node of all) states.set(node, stateOf(node));
  return states;

  function stateOf(node: GraphNode): State {
    const circle = circles.get(node);
    const before = [...linksOf(node)].map(([, { from }]) => states.get(graph.get(from) as GraphNode) ?? READY);
    if (!node.known) {
      if (lacks(node)) return { why: 'lacking', first: node };
      return circle ? refused([circle]) : READY;
    }
    if (isOff(node) || before.some(({ why }) => why === 'muted')) return { why: 'muted' };
    for (const one of before) {
      if (one.why === 'lacking' || one.why === 'unknown') return { why: 'unknown', first: one.first };
    }
    const problems = circle ? [circle] : problemsOf(node);
    if (problems.length) return refused(problems);
    return before.find(({ why }) => why === 'invalid') ?? READY;
  }

  function refused(problems: readonly Problem[]): State {
    wrong(problems);
    return { why: 'invalid', problems };
  }
}

/** Whether a required input is linked to a node that is switched off. */
function isOff({ known, inputs }: GraphNode): boolean {
  return [...inputs].some(([name, { kind }]) => {
    const input = kind === 'off' && known ? inputOf(known, name) : undefined;
    return input !== undefined && !isOptional(input);
  });
}

export function skippedOf({ known, id, class_type, title }: GraphNode, state: State | undefined): Skipped[] {
  if (!known || !state) return [];
  switch (state.why) {
    case 'unknown': {
      const { first } = state;
      return [{ id, class_type, title, why: 'unknown', missing: { id: first.id, class_type: first.class_type } }];
    }
    case 'muted':
      return [{ id, class_type, title, why: 'muted' }];
    case 'invalid':
      return [{ id, class_type, title, why: 'invalid', problems: state.problems }];
    default:
      return [];
  }
}
