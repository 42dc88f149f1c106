// Switches: nodes that choose which of their inputs they take by the values of the others. Inputs that are not taken
// are not computed, as a server computes lazy inputs only when a node asks for them.
import { isLazy } from '../inputs.js';
import { inputOf } from '../node.js';
import type { GraphNode, Source } from './graph.js';

/** The nodes of a graph. A switch is replaced by another node once it is set. */
export type Nodes = Map<string, GraphNode>;

/** The links of its lazy inputs, taken or not. */
export const lazyLinks = ({ known, inputs }: GraphNode): [string, Extract<Source, { kind: 'link' | 'untaken' }>][] =>
  [...inputs].flatMap(([name, source]) =>
    known?.takes && isLazy(inputOf(known, name)) && (source.kind === 'link' || source.kind === 'untaken')
      ? [[name, source]]
      : [],
  );

/** Whether it is still undecided what it takes. */
export const isOpen = (node: GraphNode): boolean =>
  lazyLinks(node).some(([, source]) => source.kind === 'untaken' && source.open);

/** Nodes that a set switch does not take. They do not count as ends, even if nothing else reads them. */
export function notTakenIn(graph: ReadonlyMap<string, GraphNode>): Set<string> {
  const left = new Set<string>();
  for (const node of graph.values()) {
    for (const [, source] of lazyLinks(node)) if (source.kind === 'untaken' && !source.open) left.add(source.from);
  }
  return left;
}
