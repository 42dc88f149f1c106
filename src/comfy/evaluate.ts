// One call of a node, on single values and on lists, as a server maps nodes over lists.
import { refusal } from '../base/errors.js';
import { type Input, isLazy, isNeeded } from './inputs.js';
import { type Call, inputOf, type Node, numberOf } from './node.js';

/** Several values in the place of one: what an output that is a list gives. */
export class List {
  constructor(readonly all: readonly unknown[]) {}
}

/** In the place of an output that stops all that reads it, as a server's ExecutionBlocker does. */
export const BLOCKED = Symbol('blocked');

/** A list as an array, nothing for what is blocked, everything else as it is. */
export function plain(value: unknown): unknown {
  if (value === BLOCKED) return undefined;
  if (!(value instanceof List)) return value;
  return value.all.includes(BLOCKED) ? value.all.map(plain) : value.all;
}

const isBlocked = (value: unknown): boolean =>
  value === BLOCKED || (value instanceof List && value.all.includes(BLOCKED));

/** Checks one value for one input. */
type Take = (name: string, input: Input, value: unknown) => unknown;

/**
 * A node takes lists whole, or runs once for each element: of a shorter list the last again. Its outputs are then lists too.
 * `values` has what was given, by input; `take` is asked for every input, given or not.
 */
export async function evaluate(
  node: Node,
  values: ReadonlyMap<string, unknown>,
  take: Take,
  call: Omit<Call, 'more'>,
): Promise<readonly unknown[]> {
  const names = new Set([...Object.keys(node.inputs), ...values.keys()]);
  const wanted = [...names].flatMap((name) => {
    const input = inputOf(node, name);
    return input ? [{ name, input, value: values.get(name) }] : [];
  });
  // of nodes that show something, the picture
  const blocked = Array.from({ length: Math.max(node.outputs.length, 1) }, () => BLOCKED);
  if (wanted.some(({ value }) => value === BLOCKED || (node.takesLists && isBlocked(value)))) return blocked;
  const lists = wanted.flatMap(({ name, value }) => {
    if (!(value instanceof List)) return [];
    if (value.all.length || node.takesLists) return [value.all];
    throw refusal(call.node, name, 'a list with something in it', value.all);
  });
  const run = (pick: (name: string, input: Input, value: unknown) => unknown): Promise<readonly unknown[]> => {
    const given: Record<string, unknown> = {};
    const more: [number, unknown][] = [];
    for (const { name, input, value } of wanted) {
      const taken = pick(name, input, value);
      given[name] = taken;
      const number = numberOf(node, name);
      if (number !== undefined && taken !== undefined) more.push([number, taken]);
    }
    more.sort(([a], [b]) => a - b);
    for (const name of missingOf(node, given))
      throw refusal(call.node, name, 'linked, since it is taken', undefined, 'missing');
    return Promise.resolve(node.run(given as never, { ...call, more: new Map(more) as never }));
  };
  const listed = (outputs: readonly unknown[]): unknown[] =>
    outputs.map((one, slot) => (node.outputs[slot]?.[2] ? new List(one as readonly unknown[]) : one));
  if (node.takesLists) {
    return listed(
      await run((name, input, value) =>
        (value instanceof List ? value.all : [value]).map((one) => take(name, input, one)),
      ),
    );
  }
  if (!lists.length) return listed(await run(take));
  const rounds: unknown[][] = [];
  for (let i = 0; i < Math.max(...lists.map(({ length }) => length)); i++) {
    call.signal?.throwIfAborted();
    const nth = (value: unknown): unknown =>
      value instanceof List ? value.all[Math.min(i, value.all.length - 1)] : value;
    const stopped = wanted.some(({ value }) => nth(value) === BLOCKED);
    rounds.push(stopped ? blocked : listed(await run((name, input, value) => take(name, input, nth(value)))));
  }
  // what shows pictures gives one output that its table does not name
  return rounds[0].map((_, slot) => {
    const all = rounds.map((outputs) => outputs[slot]);
    return new List(all.flatMap((one) => (one instanceof List ? one.all : [one])));
  });
}

/** What a switch takes and was not given, though it must be. */
function missingOf(node: Node, given: Readonly<Record<string, unknown>>): string[] {
  const lazy = Object.keys(given).filter((name) => given[name] !== undefined && isLazy(inputOf(node, name)));
  return [...(node.takes?.(given, lazy) ?? [])].filter((name) => {
    const input = inputOf(node, name);
    return input !== undefined && isNeeded(input) && given[name] === undefined;
  });
}
