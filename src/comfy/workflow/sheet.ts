// One sheet of the front end's saved format: the nodes and links of a workflow or of one of its subgraphs.
import { show } from '../../base/errors.js';
import { isPlain } from '../../base/params.js';
import { MOST } from './graph.js';
import { own } from './json.js';
import { invalid } from './problem.js';
import { isSetter } from './virtual.js';

export interface SavedInput {
  readonly name: string;
  readonly type: unknown;
  readonly link: string | undefined;
  readonly widget: boolean;
  /** The name on screen if it differs from its own name. */
  readonly label: string | undefined;
}

export interface SavedNode {
  readonly id: string;
  readonly type: string;
  readonly title: unknown;
  readonly mode: number;
  readonly inputs: readonly SavedInput[];
  readonly outputTypes: readonly unknown[];
  readonly widgets: unknown;
  /** For a subgraph: [node, widget] inside it for each of its own widgets. */
  readonly proxies: readonly (readonly [id: string, widget: string])[];
  /** The node as it is in the file. */
  readonly given: Readonly<Record<string, unknown>>;
}

export interface SavedLink {
  readonly from: string;
  readonly slot: number;
  readonly type: unknown;
}

/** Values of a group node for an inner node: by name, or as many of the list as the node has widgets. */
export type GroupValues = { readonly id: string; readonly type: string } & (
  | { readonly names: readonly string[]; readonly count: number | undefined }
  | { readonly names: undefined; readonly count: number }
);

export interface Sheet {
  /** Nodes that others refer to by name instead of a link; the first of each name. */
  readonly setters: ReadonlyMap<string, SavedNode>;
  /** For a group node: the inner nodes that its widgets belong to, in order. */
  readonly group?: readonly GroupValues[];
  readonly nodes: ReadonlyMap<string, SavedNode>;
  readonly links: ReadonlyMap<string, SavedLink>;
  /** For a subgraph: the names of its inputs, and the links to its outputs. */
  readonly inputs: readonly string[];
  readonly exits: ReadonlyMap<number, string>;
}

/** The ids that links of a subgraph's inputs start from, and that links to its outputs end at. */
export const ENTRANCE = '-10';
const EXIT = '-20';

export function readSheet(json: Record<string, unknown>): Sheet {
  const nodes = numbered(json);
  const links = new Map<string, SavedLink>();
  const exits = new Map<number, string>();
  for (const given of list('links', own(json, 'links'))) {
    if (isHole(given)) continue;
    const { id, to, toSlot, ...link } = readLink(given);
    links.set(id, link);
    if (to === EXIT) exits.set(toSlot, id);
  }
  const inputs = list('inputs', own(json, 'inputs')).map((input) => (isPlain(input) ? String(own(input, 'name')) : ''));
  return { nodes, links, inputs, exits, setters: settersOf(nodes.values()) };
}

/**
 * The nodes by their ids. If two have the same id, the front end gives the second the next free number; links from
 * that id belong to the first.
 */
function numbered(json: Record<string, unknown>): Map<string, SavedNode> {
  const all = list('nodes', own(json, 'nodes')).map((given) => readNode(given));
  const last = own(json, 'last_node_id');
  let next = typeof last === 'number' && Number.isSafeInteger(last) ? last : 0;
  for (const { id } of all) if (/^\d{1,15}$/.test(id)) next = Math.max(next, Number(id));
  const nodes = new Map<string, SavedNode>();
  for (const node of all) {
    const id = nodes.has(node.id) ? String(++next) : node.id;
    nodes.set(id, id === node.id ? node : { ...node, id });
  }
  return nodes;
}

/** Old front ends leave holes in the list of links, or links that hold only nulls. */
const isHole = (given: unknown): boolean =>
  given === null || (Array.isArray(given) && given.length > 0 && given.every((one) => one === null));

function settersOf(nodes: Iterable<SavedNode>): Map<string, SavedNode> {
  const setters = new Map<string, SavedNode>();
  for (const node of nodes) {
    const key = isSetter(node.type) ? setterKey(node.type, node) : undefined;
    if (key !== undefined && !setters.has(key)) setters.set(key, node);
  }
  return setters;
}

/** The key of a sheet's setter: its type, and the name that it or its getter has as first value. */
export function setterKey(type: string, { widgets }: SavedNode): string | undefined {
  const name: unknown = Array.isArray(widgets) ? widgets[0] : undefined;
  return typeof name === 'string' && name ? `${type}\n${name}` : undefined;
}

/** A list that the file may leave out. */
export function list(name: string, given: unknown, at: { id?: string; class_type?: string } = {}): unknown[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw invalid(`${name} must be a list, got ${show(given)}`, at);
  if (given.length > MOST) throw invalid(`${name} must be at most ${MOST}, got ${given.length}`, at);
  return [...given]; // turns holes into undefined
}

const isId = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
const isSlot = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);

export function readNode(given: unknown): SavedNode {
  if (!isPlain(given)) throw invalid(`a node must be an object with id and type, got ${show(given)}`);
  const id = own(given, 'id');
  if (!isId(id)) throw invalid(`the id of a node must be a number or a string, got ${show(id)}`);
  const type = own(given, 'type');
  if (typeof type !== 'string') throw invalid(`type must be a string, got ${show(type)}`, { id: String(id) });
  const at = { id: String(id), class_type: type };
  const mode = own(given, 'mode') ?? 0;
  if (typeof mode !== 'number') throw invalid(`mode must be a number, got ${show(mode)}`, at);
  const outputs = list('outputs', own(given, 'outputs'), at);
  return {
    id: at.id,
    type,
    title: own(given, 'title'),
    mode,
    inputs: list('inputs', own(given, 'inputs'), at).map((input) => readInput(input, at)),
    outputTypes: outputs.map((output) => (isPlain(output) ? own(output, 'type') : undefined)),
    widgets: own(given, 'widgets_values'),
    proxies: readProxies(own(given, 'properties')),
    given,
  };
}

function readInput(given: unknown, at: { id: string; class_type: string }): SavedInput {
  if (!isPlain(given)) throw invalid(`an input must be an object, got ${show(given)}`, at);
  const name = own(given, 'name');
  if (typeof name !== 'string') throw invalid(`the name of an input must be a string, got ${show(name)}`, at);
  const link = own(given, 'link') ?? undefined;
  if (link !== undefined && !isId(link)) {
    throw invalid(`a link must be a number or null, got ${show(link)}`, { ...at, input: name });
  }
  const widget = isPlain(own(given, 'widget'));
  const label = own(given, 'label');
  return {
    ...{ name, type: own(given, 'type'), link: link === undefined ? undefined : String(link), widget },
    label: typeof label === 'string' && label ? label : undefined,
  };
}

function readProxies(properties: unknown): [string, string][] {
  const proxies = isPlain(properties) ? own(properties, 'proxyWidgets') : undefined;
  if (!Array.isArray(proxies)) return [];
  return [...proxies].map((proxy: unknown) => (Array.isArray(proxy) ? [String(proxy[0]), String(proxy[1])] : ['', '']));
}

/** Reads a link: a list [id, origin, slot, target, slot, type], or an object with names for these. */
function readLink(given: unknown): SavedLink & { id: string; to: string; toSlot: number } {
  const names = ['id', 'origin_id', 'origin_slot', 'target_id', 'target_slot', 'type'];
  const parts: unknown[] | undefined = Array.isArray(given)
    ? given
    : isPlain(given)
      ? names.map((name) => own(given, name))
      : undefined;
  if (!parts) throw invalid(`a link must be a list or an object, got ${show(given)}`);
  const [id, from, slot, to, toSlot, type] = parts;
  if (isId(id) && isId(from) && isSlot(slot) && isId(to) && isSlot(toSlot)) {
    return { id: String(id), from: String(from), slot, to: String(to), toSlot, type };
  }
  throw invalid(`a link must have id, origin, slot, target, slot, got ${show(parts.slice(0, 5))}`);
}
