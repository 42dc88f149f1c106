// What both file formats are read into: nodes, and for each input a value or the output it is linked to.
import { type Inputs, inputOf, type Node } from '../node.js';

export type Source =
  | { readonly kind: 'link'; readonly from: string; readonly slot: number }
  /** Written in the workflow, to be read as a server reads it. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** Given by the caller, and nothing that a workflow could write. */
  | { readonly kind: 'given'; readonly value: unknown }
  /** Linked to what a switch does not take, or of an open one: may not. It is not made for this. */
  | { readonly kind: 'untaken'; readonly from: string; readonly slot: number; readonly open: boolean }
  /** Linked to something that is muted, or bypassed with nothing to pass on. */
  | { readonly kind: 'off'; readonly id: string }
  /** Linked to nothing that could be. */
  | { readonly kind: 'broken'; readonly type: 'bad_linked_input' | 'dependency_cycle'; readonly message: string };

export interface GraphNode {
  readonly id: string;
  readonly class_type: string;
  readonly title: string;
  /** What we know of its class. */
  readonly known: Node<Inputs> | undefined;
  readonly inputs: ReadonlyMap<string, Source>;
  /** Of a class we do not know, in the saved format: its widgets' values, whose names only the class knows. */
  readonly widgets: unknown;
}

export type Graph = ReadonlyMap<string, GraphNode>;

/** What we know of a class, by its name. */
export type Find = (class_type: string) => Node<Inputs> | undefined;

/** More than any person or program draws; a small file with nested subgraphs could ask for billions. */
export const MOST = 100_000;

export function graphNode(
  known: Node<Inputs> | undefined,
  id: string,
  class_type: string,
  title: unknown,
  inputs: ReadonlyMap<string, Source>,
  widgets?: unknown,
): GraphNode {
  return {
    id,
    class_type,
    title: typeof title === 'string' && title ? title : (known?.title ?? class_type),
    known,
    inputs,
    widgets,
  };
}

/** The links a node reads: of a known class those of its own inputs, as a server does; of any other, all. */
export function* linksOf(
  node: GraphNode,
): Generator<readonly [input: string, link: Extract<Source, { kind: 'link' }>]> {
  for (const [input, source] of node.inputs) {
    if (source.kind !== 'link') continue;
    if (!node.known || inputOf(node.known, input)) yield [input, source];
  }
}
