// Opens subgraphs and group nodes: one scope for the workflow itself, and one for every place where such a node
// stands.
import { show } from '../../base/errors.js';
import { isPlain } from '../../base/params.js';
import { type Find, MOST } from './graph.js';
import { own } from './json.js';
import { invalid } from './problem.js';
import type { Seldom } from './seldom.js';
import { list, readSheet, type SavedInput, type SavedNode, type Sheet } from './sheet.js';
import { BYPASSED, groupName, MUTED } from './virtual.js';

export interface Outer {
  readonly scope: Scope;
  readonly node: SavedNode;
  /** The inputs of the outer node, by name. */
  readonly inputs: ReadonlyMap<string, SavedInput>;
}

export interface Scope {
  /** The prefix of the ids of its nodes: `12:` inside node 12. */
  readonly prefix: string;
  readonly sheet: Sheet;
  /** The optional parts of the reader that this workflow needs. */
  readonly seldom: Seldom;
  /** The node that stands for this scope. */
  readonly outer: Outer | undefined;
  readonly inner: Map<string, Scope>;
  /** Values of the outer node's widgets for inputs of the subgraph, by name. */
  readonly given: ReadonlyMap<string, unknown>;
  /** Values of the outer node's widgets for widgets of inner nodes, by node and name. */
  readonly proxied: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  /** Widget values of a group node for inner nodes of unknown classes. */
  readonly rows: ReadonlyMap<string, readonly unknown[]>;
}

/** All scopes, the workflow's own one first. */
export function openScopes(json: Record<string, unknown>, find: Find, seldom: Seldom): Scope[] {
  const defined = definitionsOf(json, find, seldom);
  const none = { given: new Map(), proxied: new Map(), rows: new Map() };
  const root: Scope = {
    prefix: '',
    sheet: sheetOf(json, seldom),
    seldom,
    outer: undefined,
    inner: new Map(),
    ...none,
  };
  const scopes: Scope[] = [];
  let size = 0;
  for (const open = [root]; open.length; ) {
    const scope = open.pop() as Scope;
    scopes.push(scope);
    size += scope.sheet.nodes.size;
    if (size > MOST) throw invalid(`a workflow must have at most ${MOST} nodes with its subgraphs opened up`);
    for (const node of scope.sheet.nodes.values()) {
      if (node.mode === MUTED || node.mode === BYPASSED) continue;
      const definition = defined(node.type);
      if (!definition) continue;
      if (contains(scope, definition)) {
        throw invalid(`a ${definition.group ? 'group node' : 'subgraph'} must not contain itself`, {
          id: scope.prefix + node.id,
          class_type: node.type,
        });
      }
      const outer = { scope, node, inputs: new Map(node.inputs.map((input) => [input.name, input])) };
      const inside = {
        prefix: `${scope.prefix}${node.id}:`,
        sheet: definition,
        seldom,
        outer,
        inner: new Map(),
        ...(seldom.groupWidgets && definition.group
          ? seldom.groupWidgets(node, definition.group, find)
          : widgetsOf(outer)),
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

const sheetOf = (json: Record<string, unknown>, { everywhere }: Seldom): Sheet => {
  const sheet = readSheet(json);
  return everywhere ? everywhere(sheet, json) : sheet;
};

/** Finds the definition of a subgraph or group node. Each is read when it is first needed. */
function definitionsOf(json: Record<string, unknown>, find: Find, seldom: Seldom): (type: string) => Sheet | undefined {
  const definitions = own(json, 'definitions') ?? {};
  if (!isPlain(definitions)) throw invalid(`definitions must be an object, got ${show(definitions)}`);
  const sheets = new Map<string, Sheet | undefined>();
  for (const given of list('subgraphs', own(definitions, 'subgraphs'))) {
    if (!isPlain(given)) throw invalid(`a subgraph must be an object, got ${show(given)}`);
    const id = own(given, 'id');
    if (typeof id !== 'string') throw invalid(`the id of a subgraph must be a string, got ${show(id)}`);
    sheets.set(id, sheetOf(given, seldom));
  }
  return (type) => {
    const name = groupName(type);
    if (name !== undefined && !sheets.has(type)) sheets.set(type, seldom.readGroup?.(json, name, find));
    return sheets.get(type);
  };
}

/**
 * The values of the widgets on a node that stands for a subgraph. They belong to the widgets that `proxyWidgets`
 * lists (-1 is an input of the subgraph) or, without that list, to the inputs with widgets, in order.
 */
function widgetsOf({ scope, node }: { scope: Scope; node: SavedNode }): Pick<Scope, 'given' | 'proxied' | 'rows'> {
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
  return { given, proxied, rows: new Map() };
}
