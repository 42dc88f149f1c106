// Reads the front end's saved format into a graph like the API format, as the front end does for a server: drops
// nodes that exist on screen only, opens subgraphs and group nodes, and takes out muted and bypassed nodes.
import type { Inputs, Node } from '../node.js';
import { type Find, type Graph, type GraphNode, graphNode, MOST, type Source } from './graph.js';
import { invalid } from './problem.js';
import { openScopes, type Scope } from './scope.js';
import type { Seldom } from './seldom.js';
import { ENTRANCE, type SavedInput, type SavedNode, setterKey } from './sheet.js';
import { BYPASSED, isPrimitive, isReroute, isSetter, isVirtual, MUTED, setterOf } from './virtual.js';
import { widgetValues } from './widgets.js';

export function readSaved(json: Record<string, unknown>, find: Find, seldom: Seldom): Graph {
  const graph = new Map<string, GraphNode>();
  const found: Found = new Map();
  for (const scope of openScopes(json, find, seldom)) {
    for (const node of scope.sheet.nodes.values()) {
      const off = node.mode === MUTED || node.mode === BYPASSED;
      if (off || isVirtual(node.type) || scope.inner.has(node.id)) continue;
      const id = scope.prefix + node.id;
      // `12:5` may also be the id of an ordinary node
      if (graph.has(id)) throw invalid('another node has the same id', { id, class_type: node.type });
      const known = find(node.type);
      const widgets = scope.rows.get(node.id) ?? node.widgets;
      graph.set(id, graphNode(known, id, node.type, node.title, inputsOf(scope, node, known, found), widgets));
    }
  }
  return graph;
}

function inputsOf(scope: Scope, node: SavedNode, known: Node<Inputs> | undefined, found: Found): Map<string, Source> {
  const inputs = new Map<string, Source>();
  const values = known ? widgetValues(known, node.widgets) : new Map<string, unknown>();
  for (const [name, value] of [...values, ...(scope.proxied.get(node.id) ?? [])]) {
    inputs.set(name, { kind: 'value', value });
  }
  for (const { name, link, type } of node.inputs) {
    const source = link === undefined ? undefined : sourceOf({ scope, link, type }, found);
    if (source) inputs.set(name, source);
  }
  return inputs;
}

/** A link in a scope, and the type of the input that it is followed for. */
interface Place {
  readonly scope: Scope;
  readonly link: string;
  readonly type: unknown;
}

type Step = Source | Place | undefined;

/** Sources of links that were followed before, since many links may lead into one long chain. */
type Found = Map<Scope, Map<string, Source | undefined>>;

/** Follows a link back to a node that a server knows, or to a value. Undefined if it leads nowhere. */
function sourceOf(start: Place, found: Found): Source | undefined {
  const seen: [Map<string, Source | undefined>, string][] = [];
  let place: Step = start;
  for (let steps = 0; place && !('kind' in place) && steps <= MOST; steps++) {
    const known: Map<string, Source | undefined> = found.get(place.scope) ?? new Map();
    found.set(place.scope, known);
    const key: string = `${place.link} ${String(place.type)}`;
    seen.push([known, key]);
    place = known.has(key) ? known.get(key) : follow(place);
  }
  if (place && !('kind' in place)) {
    place = { kind: 'broken', type: 'dependency_cycle', message: 'its reroutes run in a circle' };
  }
  for (const [known, key] of seen) known.set(key, place);
  return place;
}

function follow(place: Place): Step {
  const link = place.scope.sheet.links.get(place.link);
  if (!link) return undefined; // removed, though an input still names it
  return link.from === ENTRANCE ? outside(place, link.slot) : through(place, link.from, link.slot);
}

/** From a subgraph's input to what it is linked to outside, or to the value of its widget. */
function outside({ scope }: Place, slot: number): Step {
  if (!scope.outer) return { kind: 'link', from: ENTRANCE, slot };
  const name = scope.sheet.inputs[slot];
  const input = scope.outer.inputs.get(name) ?? scope.outer.node.inputs[slot];
  if (input?.link !== undefined) return before(scope.outer.scope, input);
  return scope.given.has(name) ? { kind: 'value', value: scope.given.get(name) } : undefined;
}

/** What the output of a node stands for. Virtual nodes pass values on even if they are muted. */
function through({ scope, type }: Place, id: string, slot: number): Step {
  const node = scope.sheet.nodes.get(id);
  const from = scope.prefix + id;
  if (!node) return { kind: 'link', from, slot };
  if (isReroute(node.type) || isSetter(node.type)) return before(scope, node.inputs[0], type);
  if (isPrimitive(node.type)) {
    const row = scope.rows.get(id) ?? node.widgets;
    const value: unknown = scope.proxied.get(id)?.get('value') ?? (Array.isArray(row) ? row[0] : undefined);
    return value === undefined ? undefined : { kind: 'value', value };
  }
  const off = { kind: 'off', id: from } as const;
  if (node.mode === BYPASSED) return before(scope, scope.seldom.bypass?.(node, slot, type)) ?? off;
  const setter = setterOf(node.type);
  if (setter !== undefined) return setterNamed(scope, setterKey(setter, node), type);
  if (node.mode === MUTED) return off;
  const inside = scope.inner.get(id);
  if (!inside) return { kind: 'link', from, slot };
  const link = inside.sheet.exits.get(slot);
  return link === undefined ? undefined : { scope: inside, link, type };
}

const before = (scope: Scope, input: SavedInput | undefined, type: unknown = input?.type): Place | undefined =>
  input?.link === undefined ? undefined : { scope, link: input.link, type };

/** The input of the setter with this name, on the getter's own sheet or on a surrounding one. */
function setterNamed(scope: Scope, key: string | undefined, type: unknown): Step {
  for (let at: Scope | undefined = scope; at && key !== undefined; at = at.outer?.scope) {
    const setter = at.sheet.setters.get(key);
    // looked up again, because links may have been added to it since
    if (setter) return before(at, at.sheet.nodes.get(setter.id)?.inputs[0], type);
  }
  return undefined;
}
