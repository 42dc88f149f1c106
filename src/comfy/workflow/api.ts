// The API format: { id: { class_type, inputs } }, each input a value or [id, output].
import { show } from '../../base/errors.js';
import { isPlain } from '../../base/params.js';
import { type Find, type Graph, type GraphNode, graphNode, MOST, type Source } from './graph.js';
import { own } from './json.js';
import { invalid } from './problem.js';
import { isScreen } from './virtual.js';

export function readApi(json: Record<string, unknown>, find: Find): Graph {
  const graph = new Map<string, GraphNode>();
  const entries = Object.entries(json);
  if (entries.length > MOST) throw invalid(`a workflow must have at most ${MOST} nodes, got ${entries.length}`);
  for (const [id, node] of entries) {
    if (!isPlain(node)) throw invalid(`a node must be an object with class_type and inputs, got ${show(node)}`, { id });
    const class_type = own(node, 'class_type');
    if (typeof class_type !== 'string') throw invalid(`class_type must be a string, got ${show(class_type)}`, { id });
    if (isScreen(class_type)) continue;
    const inputs = own(node, 'inputs') ?? {};
    if (!isPlain(inputs)) throw invalid(`inputs must be an object, got ${show(inputs)}`, { id, class_type });
    const meta = own(node, '_meta');
    const title = isPlain(meta) ? own(meta, 'title') : undefined;
    graph.set(id, graphNode(find(class_type), id, class_type, title, sources(inputs)));
  }
  return graph;
}

function sources(inputs: Record<string, unknown>): Map<string, Source> {
  return new Map(Object.entries(inputs).map(([name, value]) => [name, sourceOf(value)]));
}

/**
 * Tells links from values as a server does: a list of two is a link if the second is a number. `__value__` wraps
 * lists of values.
 */
function sourceOf(value: unknown): Source {
  if (Array.isArray(value) && value.length === 2) {
    const [from, slot]: unknown[] = value;
    const id = typeof from === 'string' || typeof from === 'number';
    if (id && typeof slot === 'number') return { kind: 'link', from: String(from), slot };
  }
  const wrapped = isPlain(value) ? own(value, '__value__') : undefined;
  return { kind: 'value', value: wrapped ?? value };
}
