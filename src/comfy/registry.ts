// Packs of nodes, and the registry that finds a node by name and loads its pack when it is first needed.
import { refusal } from '../base/errors.js';
import { isPlain } from '../base/params.js';
import type { Node } from './node.js';

export type Table = Readonly<Record<string, Node>>;

/** Nodes that load together. `names` lists every name that finds one, other spellings included. */
export interface Pack {
  readonly name: string;
  readonly names: readonly string[];
  load(): Promise<{ readonly nodes: Table }>;
}

export interface Registry {
  /** The packs, without loading their nodes. */
  packs(): Promise<readonly Pack[]>;
  /** Whether a node has this name. */
  has(name: string): Promise<boolean>;
  /** Load the packs that contain these names. Unknown names are ignored. */
  load(names: Iterable<string>): Promise<void>;
  /** A node of a loaded pack, by its name or another spelling. */
  get(name: string): Node | undefined;
  /** All nodes by their names, or those of one pack. */
  nodes(pack?: string): Promise<Table>;
}

/** Loaded packs, shared by all registries. A load in progress is awaited, a failed one is tried again. */
const loaded = new WeakMap<Pack, Table>();
const loading = new WeakMap<Pack, Promise<Table>>();

async function tableOf(pack: Pack): Promise<Table> {
  const known = loaded.get(pack) ?? loading.get(pack);
  if (known) return known;
  const table = pack.load().then(({ nodes }) => nodes);
  loading.set(pack, table);
  try {
    loaded.set(pack, await table);
  } finally {
    loading.delete(pack);
  }
  return table;
}

/**
 * Your own nodes by name, for `registry`: a table, or a list of names and a function that loads the table when one
 * is first needed.
 */
export function pack(name: string, nodes: Table): Pack;
export function pack(name: string, names: readonly string[], load: () => Promise<{ readonly nodes: Table }>): Pack;
export function pack(
  name: string,
  nodes: Table | readonly string[],
  load?: () => Promise<{ readonly nodes: Table }>,
): Pack {
  if (typeof name !== 'string' || !name) throw refusal('pack', 'name', 'a string', name);
  if (Array.isArray(nodes)) {
    if (!nodes.every((one) => typeof one === 'string')) throw refusal('pack', 'names', 'strings', nodes);
    if (typeof load !== 'function') throw refusal('pack', 'load', 'a function', load);
    return Object.freeze({ name, names: Object.freeze([...nodes]), load });
  }
  if (!isPlain(nodes)) throw refusal('pack', 'nodes', 'an object of nodes by name, or a list of names', nodes);
  const table = nodes as Table;
  for (const [key, one] of Object.entries(table)) {
    const whole = isPlain(one) && isPlain(one.inputs) && Array.isArray(one.outputs) && typeof one.run === 'function';
    const { also = [] } = Object(one) as { readonly also?: unknown };
    if (!whole || !Array.isArray(also) || !also.every((name) => typeof name === 'string'))
      throw refusal('pack', `node ${JSON.stringify(key)}`, 'what node() gives', one);
  }
  const names = Object.entries(table).flatMap(([key, { also = [] }]) => [key, ...also]);
  const given = { nodes: Object.freeze({ ...table }) };
  return Object.freeze({ name, names: Object.freeze(names), load: async () => given });
}

/**
 * All nodes of these packs and registries. Refuses a name that two of them have: for packs at once, for registries
 * when names are first needed.
 */
export function registry(...parts: readonly (Pack | Registry)[]): Registry {
  ownersOf(parts.filter(isPack));
  for (const part of parts)
    if (!isPack(part) && !isRegistry(part)) throw refusal('registry', 'packs', 'what pack() or registry() gives', part);
  return registryOf(async () => {
    const packs = await Promise.all(parts.map((part) => (isPack(part) ? [part] : part.packs())));
    return packs.flat();
  });
}

/** All nodes of packs, whose list loads at the first lookup. */
export function registryOf(listed: () => Promise<readonly Pack[]>): Registry {
  let packs: readonly Pack[] = [];
  let owners: ReadonlyMap<string, Pack> | undefined;

  async function known(): Promise<ReadonlyMap<string, Pack>> {
    if (owners) return owners;
    const all = await listed();
    owners = ownersOf(all);
    packs = Object.freeze([...all]);
    return owners;
  }

  async function load(names: Iterable<string>): Promise<void> {
    const wanted = new Set<Pack>();
    const owners = await known();
    for (const name of names) {
      const owner = owners.get(name);
      if (owner) wanted.add(owner);
    }
    await Promise.all(Array.from(wanted, tableOf));
  }

  function get(name: string): Node | undefined {
    const owner = owners?.get(name);
    const table = owner && loaded.get(owner);
    if (!table) return undefined;
    return Object.hasOwn(table, name) ? table[name] : Object.values(table).find(({ also }) => also?.includes(name));
  }

  async function nodes(pack?: string): Promise<Table> {
    await known();
    const names = new Set(packs.map(({ name }) => name));
    if (pack !== undefined && !names.has(pack)) {
      throw refusal('nodes', 'pack', `one of ${[...names].join(', ')}`, pack);
    }
    const tables = await Promise.all(packs.filter(({ name }) => pack === undefined || name === pack).map(tableOf));
    return Object.freeze(Object.assign({}, ...tables) as Table);
  }

  return Object.freeze({
    packs: async () => known().then(() => packs),
    has: async (name: string) => (await known()).has(name),
    load,
    get,
    nodes,
  });
}

/** The pack of each name. */
function ownersOf(packs: readonly Pack[]): ReadonlyMap<string, Pack> {
  const owners = new Map<string, Pack>();
  for (const one of packs) {
    for (const name of one.names) {
      if (owners.has(name) && owners.get(name) !== one) throw refusal('registry', 'names', 'in one pack alone', name);
      owners.set(name, one);
    }
  }
  return owners;
}

function isPack(part: unknown): part is Pack {
  const { names, load } = Object(part) as Partial<Pack>;
  return Array.isArray(names) && typeof load === 'function';
}

function isRegistry(given: unknown): given is Registry {
  const { packs, get, load, nodes } = Object(given) as Partial<Registry>;
  return [packs, get, load, nodes].every((one) => typeof one === 'function');
}

/** Refuses anything but a registry. */
export function checkRegistry(operation: string, given: unknown): asserts given is Registry {
  if (!isRegistry(given)) throw refusal(operation, 'registry', 'what registry() gives', given);
}
