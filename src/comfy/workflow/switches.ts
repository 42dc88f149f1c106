// Switches: nodes that take some of their inputs, and say which by the values of the others. What is not taken is not made,
// as a server makes lazy inputs only when a node asks for them.
import { isLazy } from '../inputs.js';
import { inputOf } from '../node.js';
import type { GraphNode, Source } from './graph.js';

/** The nodes of a graph, which change as its switches are set. */
export type Nodes = Map<string, GraphNode>;

/** What comes by its lazy inputs, taken or not. */
export const lazyLinks = ({ known, inputs }: GraphNode): [string, Extract<Source, { kind: 'link' | 'untaken' }>][] =>
  [...inputs].flatMap(([name, source]) =>
    known?.takes && isLazy(inputOf(known, name)) && (source.kind === 'link' || source.kind === 'untaken')
      ? [[name, source]]
      : [],
  );

/** Whether it is not yet known what it takes. */
export const isOpen = (node: GraphNode): boolean =>
  lazyLinks(node).some(([, source]) => source.kind === 'untaken' && source.open);

/** Nodes of which a switch that is set leaves something: they are no ends, though nothing else may read them. */
export function leftOf(graph: ReadonlyMap<string, GraphNode>): Set<string> {
  const left = new Set<string>();
  for (const node of graph.values()) {
    for (const [, source] of lazyLinks(node)) if (source.kind === 'untaken' && !source.open) left.add(source.from);
  }
  return left;
}
