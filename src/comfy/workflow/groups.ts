// Group nodes: several nodes drawn as one, from before there were subgraphs. A group is read into a sheet too.
// Inside it, a node's id is its position in the list. The group's inputs, outputs and widgets are those that its
// nodes leave unconnected.
import { show } from '../../base/errors.js';
import { isPlain } from '../../base/params.js';
import { hasWidget } from '../inputs.js';
import type { Find } from './graph.js';
import { own } from './json.js';
import { invalid } from './problem.js';
import type { Scope } from './scope.js';
import {
  ENTRANCE,
  type GroupValues,
  list,
  readNode,
  type SavedInput,
  type SavedLink,
  type SavedNode,
  type Sheet,
} from './sheet.js';
import { isPrimitive, isReroute, isScreen, isSetter, setterOf } from './virtual.js';
import { CONTROLS, named } from './widgets.js';

/** The group node's definition in the file. Widgets for which the group has no value keep the value inside. */
export function readGroup(json: Record<string, unknown>, name: string, find: Find): Sheet | undefined {
  const extra = own(json, 'extra');
  const groups = isPlain(extra) ? own(extra, 'groupNodes') : undefined;
  const given = isPlain(groups) ? own(groups, name) : undefined;
  if (given === undefined) return undefined;
  if (!isPlain(given)) throw invalid(`the group node ${show(name)} must be an object, got ${show(given)}`);
  return new Group(given, find).sheet();
}

interface Inner {
  readonly node: SavedNode;
  /** Links inside the group to its inputs, and from its outputs. */
  readonly arrives: Map<number, string>;
  readonly leaves: Map<number, readonly [to: number, slot: number]>;
}

class Group {
  readonly #inner: Inner[];
  readonly #links = new Map<string, SavedLink>();
  readonly #names: string[] = [];
  readonly #seen = new Map<string, number>();
  readonly #exits = new Map<number, string>();
  readonly #values: GroupValues[] = [];
  /** Outputs that are also read outside the group. */
  readonly #external: ReadonlySet<string>;

  constructor(
    readonly given: Record<string, unknown>,
    readonly find: Find,
  ) {
    const external = list('external', own(given, 'external'));
    this.#external = new Set(external.map((one) => (Array.isArray(one) ? `${one[0]} ${one[1]}` : '')));
    const nodes = list('nodes', own(given, 'nodes'));
    this.#inner = nodes.map((node, i) => ({
      // its id belongs to the workflow it was made in, or is missing
      node: readNode(isPlain(node) ? { ...node, id: i } : node),
      arrives: new Map(),
      leaves: new Map(),
    }));
  }

  sheet(): Sheet {
    this.#link();
    // widgets that were turned into inputs come after all others
    for (const one of this.#inner) if (this.#counts(one)) this.#open(one);
    for (const one of this.#inner) if (this.#counts(one)) this.#openTurned(one);
    for (const one of this.#inner) if (this.#counts(one)) this.#leave(one);
    const nodes = this.#inner.map(({ node, arrives }): [string, SavedNode] => [
      node.id,
      { ...node, inputs: node.inputs.map((input, slot) => ({ ...input, link: arrives.get(slot) })) },
    ]);
    return {
      nodes: new Map(nodes),
      links: this.#links,
      inputs: this.#names,
      exits: this.#exits,
      group: this.#values,
      setters: new Map(),
    };
  }

  #link(): void {
    for (const given of list('links', own(this.given, 'links'))) {
      const [from, slot, to, at, , type]: unknown[] = Array.isArray(given) ? given : [];
      const source = this.#inner[Number(from ?? Number.NaN)];
      const target = this.#inner[Number(to ?? Number.NaN)];
      // links from outside the group are listed too
      if (!source || !target || !isPlace(slot) || !isPlace(at)) continue;
      target.arrives.set(at, this.#add({ from: source.node.id, slot, type }));
      if (!source.leaves.has(slot)) source.leaves.set(slot, [Number(to), at]);
    }
  }

  #add(link: SavedLink): string {
    const id = String(this.#links.size);
    this.#links.set(id, link);
    return id;
  }

  /**
   * Some nodes contribute no sockets: those that exist on screen only, and reroutes linked on both sides inside the
   * group.
   */
  #counts({ node, arrives, leaves }: Inner): boolean {
    const { type, id } = node;
    if (isScreen(type) || isSetter(type) || setterOf(type) !== undefined) return false;
    if (isPrimitive(type)) return leaves.size > 0;
    return !isReroute(type) || !arrives.size || !leaves.size || this.#isExternal(id, 0);
  }

  #isExternal(id: string, slot: number): boolean {
    return this.#external.has(`${id} ${slot}`);
  }

  /** Adds its widget values and its unlinked sockets to the group. */
  #open(one: Inner): void {
    const { node, arrives } = one;
    const turned = node.inputs.filter(({ widget }) => widget).map(({ name }) => name);
    const known = this.find(node.type);
    const names = Object.entries(known?.inputs ?? {}).flatMap(([name, input]) => (hasWidget(input) ? [name] : []));
    const left = names.filter((name) => !turned.includes(name));
    for (const name of isPrimitive(node.type) ? ['value'] : left) this.#name(node, name);
    const row: unknown[] | undefined = Array.isArray(node.widgets) ? node.widgets : undefined;
    const controls = row && turned.some(isSeed) ? row.filter((value) => CONTROLS.includes(value)).length : 0;
    const count = row && Math.max(0, row.length - turned.length - controls);
    if (known) this.#values.push({ id: node.id, type: node.type, names: left, count });
    else if (count) this.#values.push({ id: node.id, type: node.type, names: undefined, count });
    for (const [slot, input] of node.inputs.entries()) {
      if (!input.widget && !arrives.has(slot)) this.#enter(one, slot, input);
    }
  }

  #openTurned(one: Inner): void {
    const turned = [...one.node.inputs.entries()].filter(([slot, { widget }]) => widget && !one.arrives.has(slot));
    // their positions are sorted as text
    for (const [slot, input] of turned.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))) {
      this.#values.push({ id: one.node.id, type: one.node.type, names: [input.name], count: undefined });
      this.#enter(one, slot, input);
    }
  }

  #enter({ node, arrives }: Inner, slot: number, input: SavedInput): void {
    const name = this.#name(node, input.name, input.label);
    if (this.#config(node, 'input', input.name)?.visible === false) return;
    arrives.set(slot, this.#add({ from: ENTRANCE, slot: this.#names.length, type: input.type }));
    this.#names.push(name);
  }

  #leave({ node, leaves }: Inner): void {
    for (const slot of node.outputTypes.keys()) {
      const inside = leaves.has(slot) && !this.#isExternal(node.id, slot);
      if (!(this.#config(node, 'output', String(slot))?.visible ?? !inside)) continue;
      this.#exits.set(this.#exits.size, this.#add({ from: node.id, slot, type: node.outputTypes[slot] }));
    }
  }

  /** The group's name for an input. A name that is taken gets the node's title in front, then a number. */
  #name(node: SavedNode, input: string, label?: string): string {
    const config = this.#config(node, 'input', input);
    let name = typeof config?.name === 'string' ? config.name : (label ?? input);
    let key = name;
    if (this.#seen.has(name) || (isPrimitive(node.type) && node.title)) {
      const prefix = `${node.title ?? node.type} `;
      key = `${prefix}${input}`;
      name = this.#seen.has(key) ? `${prefix}${this.#seen.get(key)} ${input}` : key;
    }
    this.#seen.set(key, (this.#seen.get(key) ?? 1) + 1);
    return name;
  }

  /** What the user configured for one input or output of an inner node. */
  #config(node: SavedNode, side: 'input' | 'output', name: string): Record<string, unknown> | undefined {
    let at: unknown = own(this.given, 'config');
    for (const key of [node.id, side, name]) at = isPlain(at) ? own(at, key) : undefined;
    return isPlain(at) ? at : undefined;
  }
}

const isPlace = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);
const isSeed = (name: string): boolean => name === 'seed' || name === 'noise_seed';

/** The values of a group node's widgets, one inner node after another. */
export function groupWidgets(
  { widgets }: SavedNode,
  parts: readonly GroupValues[],
  find: Find,
): Pick<Scope, 'given' | 'proxied' | 'rows'> {
  const row: unknown[] = Array.isArray(widgets) ? widgets : [];
  const proxied = new Map<string, Map<string, unknown>>();
  const rows = new Map<string, unknown[]>();
  let next = 0;
  for (const { id, type, names, count } of parts) {
    const rest = row.slice(next, count === undefined ? undefined : next + count);
    if (names) {
      const { values, taken } = named(find(type), names, rest);
      proxied.set(id, new Map([...(proxied.get(id) ?? []), ...values]));
      next += count ?? taken;
    } else {
      if (rest.length === count) rows.set(id, rest);
      next += count;
    }
  }
  return { given: new Map(), proxied, rows };
}
