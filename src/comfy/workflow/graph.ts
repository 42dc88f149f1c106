// Both file formats are read into this: nodes, and for each input a value or the output that it is linked to.
import { type Inputs, inputOf, type Node } from '../node.js';

export type Source =
  | { readonly kind: 'link'; readonly from: string; readonly slot: number }
  /** Written in the workflow, and parsed like a server does. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** Given by the caller; a workflow cannot contain such values. */
  | { readonly kind: 'given'; readonly value: unknown }
  /**
   * Linked to an output that a switch does not take, or, if `open`, that it may not take. It is not computed for
   * this input.
   */
  | { readonly kind: 'untaken'; readonly from: string; readonly slot: number; readonly open: boolean }
  /** Linked to a node that is muted, or bypassed without an input to pass on. */
  | { readonly kind: 'off'; readonly id: string }
  /** Linked to a node that cannot exist. */
  | { readonly kind: 'broken'; readonly type: 'bad_linked_input' | 'dependency_cycle'; readonly message: string };

export interface GraphNode {
  readonly id: string;
  readonly class_type: string;
  readonly title: string;
  /** The definition of its class, if chromask knows it. */
  readonly known: Node<Inputs> | undefined;
  readonly inputs: ReadonlyMap<string, Source>;
  /** For an unknown class in the saved format: the values of its widgets, whose names only the class knows. */
  readonly widgets: unknown;
}

export type Graph = ReadonlyMap<string, GraphNode>;

/** Finds the definition of a class by its name. */
export type Find = (class_type: string) => Node<Inputs> | undefined;

/** More nodes than a person or program would draw. A small file with nested subgraphs could ask for billions. */
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

/** The links that a node reads: those of its declared inputs, as on a server; all links if its class is unknown. */
export function* linksOf(
  node: GraphNode,
): Generator<readonly [input: string, link: Extract<Source, { kind: 'link' }>]> {
  for (const [input, source] of node.inputs) {
    if (source.kind !== 'link') continue;
    if (!node.known || inputOf(node.known, input)) yield [input, source];
  }
}
