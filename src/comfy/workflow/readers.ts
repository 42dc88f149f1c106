// Which nodes read a node's outputs.
import { type Graph, type GraphNode, linksOf } from './graph.js';
import type { State } from './state.js';

export interface Reader {
  readonly by: GraphNode;
  readonly input: string;
  readonly slot: number;
}

export type States = ReadonlyMap<GraphNode, State>;
export type Readers = ReadonlyMap<GraphNode, readonly Reader[]>;

export function readersOf(graph: Graph, all: readonly GraphNode[]): Readers {
  const readers = new Map<GraphNode, Reader[]>(all.map((node) => [node, []]));
  for (const by of all) {
    for (const [input, { from, slot }] of linksOf(by)) {
      readers.get(graph.get(from) as GraphNode)?.push({ by, input, slot });
    }
  }
  return readers;
}
