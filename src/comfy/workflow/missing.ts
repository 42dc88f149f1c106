// `missingNodes`: the classes that a workflow uses and chromask does not know.
import { checkOptions } from '../../base/params.js';
import { checkRegistry } from '../registry.js';
import { lackingOf } from './lacking.js';
import { type Circles, inOrder } from './order.js';
import { readersOf } from './readers.js';
import { readGraph } from './run.js';
import { statesOf } from './state.js';
import type { WorkflowOptions } from './types.js';

/** A class that a workflow uses and chromask does not know. */
export interface MissingNode {
  readonly class_type: string;
  /** The ids of the nodes of this class. */
  readonly ids: readonly string[];
  /** The ids of mask nodes that cannot run without them. */
  readonly needed_by: readonly string[];
}

export type MissingOptions = Pick<WorkflowOptions, 'from' | 'registry'>;

/**
 * The classes that a workflow uses and chromask does not know: those that masks depend on first, then in order of
 * appearance.
 */
export async function missingNodes(graph: unknown, options: MissingOptions = {}): Promise<MissingNode[]> {
  checkOptions('missingNodes', options, 'from registry');
  if (options.registry !== undefined) checkRegistry('missingNodes', options.registry);
  const nodes = await readGraph(graph, options);
  const circles: Circles = new Map();
  const all = inOrder(nodes, nodes.values(), undefined, circles);
  const states = statesOf(nodes, all, { lacks: () => true, problemsOf: () => [], circles }, () => {});
  const needed = new Map<string, Set<string>>();
  for (const { class_type = '', needed_by = [] } of lackingOf(all, states, readersOf(nodes, all), [])) {
    const found = needed.get(class_type) ?? new Set();
    needed.set(class_type, new Set([...found, ...needed_by]));
  }
  const ids = new Map<string, string[]>();
  for (const { known, id, class_type } of nodes.values()) {
    if (!known) ids.set(class_type, [...(ids.get(class_type) ?? []), id]);
  }
  const missing = [...ids].map(([class_type, own]): MissingNode => {
    return { class_type, ids: own, needed_by: [...(needed.get(class_type) ?? [])] };
  });
  return missing.sort((a, b) => Number(b.needed_by.length > 0) - Number(a.needed_by.length > 0));
}
