// The front end's saved format, as the front end itself turns it into the API format before it asks a server: without
// notes, reroutes, primitives and subgraphs, and with what is muted or bypassed taken out.
import { isPlain } from '../../params.js';
import type { Inputs, Node } from '../node.js';
import { type Graph, type GraphNode, graphNode, MOST, type Source } from './graph.js';
import { invalid } from './problem.js';
import { BYPASSED, MUTED, openScopes, type Scope } from './scope.js';
import { ENTRANCE, type SavedInput, type SavedNode } from './sheet.js';

const REROUTES = ['Reroute', 'Reroute (rgthree)'];
const PRIMITIVE = 'PrimitiveNode';
/** Nodes that exist on the screen only. */
const VIRTUAL = [...REROUTES, PRIMITIVE, 'Note', 'MarkdownNote'];
const CONTROLS = ['fixed', 'increment', 'decrement', 'randomize'];

export function readSaved(json: Record<string, unknown>): Graph {
  const graph = new Map<string, GraphNode>();
  for (const scope of openScopes(json)) {
    for (const node of scope.sheet.nodes.values()) {
      const off = node.mode === MUTED || node.mode === BYPASSED;
      if (off || VIRTUAL.includes(node.type) || scope.inner.has(node.id)) continue;
      const id = scope.prefix + node.id;
      // `12:5` may be a node's own id, too
      if (graph.has(id)) throw invalid('another node has the same id', { id, class_type: node.type });
      const read = graphNode(id, node.type, node.title, new Map());
      graph.set(id, { ...read, inputs: inputsOf(scope, node, read.known), widgets: node.widgets });
    }
  }
  return graph;
}

function inputsOf(scope: Scope, node: SavedNode, known: Node<Inputs> | undefined): Map<string, Source> {
  const inputs = new Map<string, Source>();
  const values = known ? widgetValues(known, node.widgets) : new Map<string, unknown>();
  for (const [name, value] of [...values, ...(scope.proxied.get(node.id) ?? [])]) {
    inputs.set(name, { kind: 'value', value });
  }
  for (const { name, link } of node.inputs) {
    const source = link === undefined ? undefined : sourceOf(scope, link);
    if (source) inputs.set(name, source);
  }
  return inputs;
}

/** Values are in the order of the class's own inputs; a front end may put what happens to a number next behind it. */
function widgetValues(known: Node<Inputs>, given: unknown): Map<string, unknown> {
  const values = new Map<string, unknown>();
  if (isPlain(given)) return new Map(Object.entries(given));
  if (!Array.isArray(given)) return values;
  const widgets = Object.entries(known.inputs).filter(([, { type }]) => !['IMAGE', 'MASK', 'LATENT'].includes(type));
  let next = 0;
  for (const [i, [name]] of widgets.entries()) {
    const value: unknown = given[next++];
    if (value !== undefined && value !== null) values.set(name, value);
    const control: unknown = given[next];
    const after = widgets[i + 1]?.[1];
    const wanted =
      after?.type === 'STRING' || (after?.type === 'COMBO' && after.options.some((one) => one === control));
    if (typeof control === 'string' && CONTROLS.includes(control) && !wanted) next++;
  }
  return values;
}

/** Follow a link back to a node that a server knows, or to a value. Nothing where it comes from nowhere. */
function sourceOf(scope: Scope, link: string): Source | undefined {
  let place: { scope: Scope; link: string } = { scope, link };
  for (let steps = 0; steps <= MOST; steps++) {
    const found = place.scope.sheet.links.get(place.link);
    if (!found)
      return { kind: 'broken', type: 'bad_linked_input', message: `link ${place.link} is not in the workflow` };
    const next =
      found.from === ENTRANCE ? outside(place.scope, found.slot) : through(place.scope, found.from, found.slot);
    if (!next || 'kind' in next) return next;
    place = next;
  }
  return { kind: 'broken', type: 'dependency_cycle', message: 'its reroutes run in a circle' };
}

type Step = Source | { scope: Scope; link: string } | undefined;

/** From inside a subgraph to what its input is linked to, or to the value of its widget. */
function outside(scope: Scope, slot: number): Step {
  if (!scope.outer) return { kind: 'link', from: ENTRANCE, slot };
  const name = scope.sheet.inputs[slot];
  const { inputs } = scope.outer.node;
  const input = inputs.find((one) => one.name === name) ?? inputs[slot];
  if (input?.link !== undefined) return { scope: scope.outer.scope, link: input.link };
  return scope.given.has(name) ? { kind: 'value', value: scope.given.get(name) } : undefined;
}

/** What the output of a node stands for. */
function through(scope: Scope, id: string, slot: number): Step {
  const node = scope.sheet.nodes.get(id);
  const from = scope.prefix + id;
  if (!node) return { kind: 'link', from, slot };
  if (node.mode === MUTED) return { kind: 'off', id: from };
  if (node.mode === BYPASSED) return before(scope, bypass(node, slot)) ?? { kind: 'off', id: from };
  if (REROUTES.includes(node.type)) return before(scope, node.inputs[0]);
  if (node.type === PRIMITIVE) {
    const value: unknown = Array.isArray(node.widgets) ? node.widgets[0] : undefined;
    return value === undefined ? undefined : { kind: 'value', value };
  }
  const inside = scope.inner.get(id);
  if (!inside) return { kind: 'link', from, slot };
  const link = inside.sheet.exits.get(slot);
  return link === undefined ? undefined : { scope: inside, link };
}

const before = (scope: Scope, input: SavedInput | undefined): Step =>
  input?.link === undefined ? undefined : { scope, link: input.link };

/** The input that a bypassed node passes on: the one opposite the output if it is of its type, else the first that is. */
function bypass(node: SavedNode, slot: number): SavedInput | undefined {
  const type = node.outputTypes[slot];
  const fits = (input: SavedInput | undefined): boolean =>
    input !== undefined && (input.type === type || input.type === '*' || type === '*');
  if (fits(node.inputs[slot])) return node.inputs[slot];
  return node.inputs.find((input) => input.type === type) ?? node.inputs.find(fits);
}
