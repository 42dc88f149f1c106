// Decides which inputs a switch takes. Loaded by workflows that have a switch.
import { List } from '../evaluate.js';
import { isLazy } from '../inputs.js';
import { inputOf } from '../node.js';
import type { GraphNode, Source } from './graph.js';
import { literal } from './literal.js';
import { lazyLinks, type Nodes } from './switches.js';

/** Sets the switches that depend on plain values only, and leaves the others open. */
export function openSwitches(graph: Nodes): void {
  for (const node of [...graph.values()]) {
    const lazy = lazyLinks(node);
    if (!lazy.length) continue;
    graph.set(node.id, withTaken(node, [], true));
    if (eagerOf(node).every(([, { kind }]) => kind !== 'link')) setSwitch(graph, node.id, () => undefined);
  }
}

/** Sets an open switch after running the nodes that it depends on. */
export async function decide(
  graph: Nodes,
  open: GraphNode,
  run: (nodes: GraphNode[]) => Promise<void>,
  read: (source: Source) => Promise<unknown>,
): Promise<void> {
  const sources = eagerOf(open).map(([, source]) => source);
  await run(sources.flatMap((source) => (source.kind === 'link' ? (graph.get(source.from) ?? []) : [])));
  const values = new Map<Source, unknown>();
  for (const source of sources) values.set(source, await read(source));
  setSwitch(graph, open.id, (source) => values.get(source));
}

/**
 * Sets a switch. `linked` returns the value of a link. If that is a list, inputs that any of its elements takes are
 * taken.
 */
export function setSwitch(graph: Nodes, id: string, linked: (source: Source) => unknown): void {
  const node = graph.get(id);
  const { known } = node ?? {};
  if (!node || !known?.takes) return;
  const values: Record<string, unknown> = {};
  for (const [name, input] of Object.entries(known.inputs)) if ('default' in input) values[name] = input.default;
  let most = 1;
  for (const [name, source] of eagerOf(node)) {
    const input = inputOf(known, name);
    const read = source.kind === 'value' && input ? literal(input, source.value) : undefined;
    const value = read ? ('value' in read ? read.value : undefined) : linked(source);
    if (value !== undefined) values[name] = value;
    if (value instanceof List) most = Math.max(most, value.all.length);
  }
  const order = Object.keys(known.inputs);
  const given = [...node.inputs].flatMap(([name, { kind }]) =>
    isLazy(inputOf(known, name)) && kind !== 'off' && kind !== 'broken' ? [name] : [],
  );
  given.sort((a, b) => place(order, a) - place(order, b));
  const taken = new Set<string>();
  for (let i = 0; i < most; i++) {
    const one = Object.entries(values).map(([name, value]) => [
      name,
      value instanceof List ? last(value.all, i) : value,
    ]);
    for (const name of known.takes(Object.fromEntries(one), given)) taken.add(name);
  }
  graph.set(id, withTaken(node, [...taken], false));
}

const last = (all: readonly unknown[], i: number): unknown => all[Math.min(i, all.length - 1)];

/** Sorts inputs of the node's table first, in order, then numbered inputs by number. */
function place(order: readonly string[], name: string): number {
  const at = order.indexOf(name);
  return at >= 0 ? at : order.length + Number(/\d*$/.exec(name)?.[0]);
}

function withTaken(node: GraphNode, taken: readonly string[], open: boolean): GraphNode {
  const inputs = new Map(node.inputs);
  for (const [name, { from, slot }] of lazyLinks(node)) {
    inputs.set(name, taken.includes(name) ? { kind: 'link', from, slot } : { kind: 'untaken', from, slot, open });
  }
  return { ...node, inputs };
}

/** The inputs that decide which lazy inputs are taken. */
const eagerOf = ({ known, inputs }: GraphNode): [string, Source][] =>
  [...inputs].filter(([name]) => known && inputOf(known, name) && !isLazy(inputOf(known, name)));
