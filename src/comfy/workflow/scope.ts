// Subgraphs opened up: a scope for the workflow itself and one for every place where a subgraph stands.
import { show } from '../../errors.js';
import { isPlain } from '../../params.js';
import { own } from './api.js';
import { MOST } from './graph.js';
import { invalid } from './problem.js';
import { list, readSheet, type SavedNode, type Sheet } from './sheet.js';

export interface Scope {
  /** What the ids of its nodes begin with: `12:` inside node 12. */
  readonly prefix: string;
  readonly sheet: Sheet;
  /** The node that stands for this subgraph. */
  readonly outer: { readonly scope: Scope; readonly node: SavedNode } | undefined;
  readonly inner: Map<string, Scope>;
  /** Values that node's own widgets give to inputs of the subgraph, by name. */
  readonly given: ReadonlyMap<string, unknown>;
  /** Values they give to widgets of nodes inside, by node, by name. */
  readonly proxied: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
}

export const MUTED = 2;
export const BYPASSED = 4;

/** All scopes, the workflow's own first. */
export function openScopes(json: Record<string, unknown>): Scope[] {
  const definitions = readDefinitions(json);
  const sheet = readSheet(json);
  const root: Scope = { prefix: '', sheet, outer: undefined, inner: new Map(), given: new Map(), proxied: new Map() };
  const scopes: Scope[] = [];
  let size = 0;
  for (const open = [root]; open.length; ) {
    const scope = open.pop() as Scope;
    scopes.push(scope);
    size += scope.sheet.nodes.size;
    if (size > MOST) throw invalid(`a workflow must have at most ${MOST} nodes with its subgraphs opened up`);
    for (const node of scope.sheet.nodes.values()) {
      const definition = definitions.get(node.type);
      if (!definition || node.mode === MUTED || node.mode === BYPASSED) continue;
      if (contains(scope, definition)) {
        throw invalid('a subgraph must not contain itself', { id: scope.prefix + node.id, class_type: node.type });
      }
      const outer = { scope, node };
      const inside = {
        prefix: `${scope.prefix}${node.id}:`,
        sheet: definition,
        outer,
        inner: new Map(),
        ...widgetsOf(outer),
      };
      scope.inner.set(node.id, inside);
      open.push(inside);
    }
  }
  return scopes;
}

function contains(scope: Scope, definition: Sheet): boolean {
  for (let at: Scope | undefined = scope; at; at = at.outer?.scope) if (at.sheet === definition) return true;
  return false;
}

function readDefinitions(json: Record<string, unknown>): Map<string, Sheet> {
  const definitions = own(json, 'definitions') ?? {};
  if (!isPlain(definitions)) throw invalid(`definitions must be an object, got ${show(definitions)}`);
  const sheets = new Map<string, Sheet>();
  for (const given of list('subgraphs', own(definitions, 'subgraphs'))) {
    if (!isPlain(given)) throw invalid(`a subgraph must be an object, got ${show(given)}`);
    const id = own(given, 'id');
    if (typeof id !== 'string') throw invalid(`the id of a subgraph must be a string, got ${show(id)}`);
    sheets.set(id, readSheet(given));
  }
  return sheets;
}

/**
 * The values of the widgets on a node that stands for a subgraph. They belong to what `proxyWidgets` lists (-1 is the
 * subgraph's own input), or without it to the inputs that are widgets, in order.
 */
function widgetsOf({ scope, node }: { scope: Scope; node: SavedNode }): Pick<Scope, 'given' | 'proxied'> {
  const values: unknown[] = Array.isArray(node.widgets) ? node.widgets : [];
  const given = new Map<string, unknown>();
  const proxied = new Map<string, Map<string, unknown>>();
  const set = (id: string, widget: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    if (id === '-1') given.set(widget, value);
    else proxied.set(id, (proxied.get(id) ?? new Map<string, unknown>()).set(widget, value));
  };
  const inputs = node.inputs.filter(({ widget }) => widget).map(({ name }) => ['-1', name] as const);
  const targets = node.proxies.length ? node.proxies : inputs;
  for (const [i, [id, widget]] of targets.entries()) set(id, widget, values[i]);
  if (isPlain(node.widgets)) for (const [name, value] of Object.entries(node.widgets)) set('-1', name, value);
  for (const [name, value] of scope.proxied.get(node.id) ?? []) set('-1', name, value);
  return { given, proxied };
}
