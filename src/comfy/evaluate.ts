// Runs one call of a node, on single values or on lists, as a server maps nodes over lists.
import { refusal } from '../base/errors.js';
import { type Input, isLazy, isNeeded } from './inputs.js';
import { type Call, inputOf, type Node, numberOf } from './node.js';

/** Several values in place of one: the value of an output that is a list. */
export class List {
  constructor(readonly all: readonly unknown[]) {}
}

/** The value of an output that stops every node reading it, like a server's ExecutionBlocker. */
export const BLOCKED = Symbol('blocked');

/** A list as an array, undefined for a blocked output, anything else unchanged. */
export function plain(value: unknown): unknown {
  if (value === BLOCKED) return undefined;
  if (!(value instanceof List)) return value;
  return value.all.includes(BLOCKED) ? value.all.map(plain) : value.all;
}

const isBlocked = (value: unknown): boolean =>
  value === BLOCKED || (value instanceof List && value.all.includes(BLOCKED));

/** Checks the value of one input and converts it. */
type Take = (name: string, input: Input, value: unknown) => unknown;

/**
 * A node either takes lists whole or runs once for each element of the longest list; shorter lists repeat their last
 * element. Its outputs are then lists too. `values` has the given values by input. `take` is called for every input,
 * given or not.
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
  // a node without outputs still shows one picture
  const blocked = Array.from({ length: Math.max(node.outputs.length, 1) }, () => BLOCKED);
  if (wanted.some(({ value }) => value === BLOCKED || (node.takesLists && isBlocked(value)))) return blocked;
  const lists = wanted.flatMap(({ name, value }) => {
    if (!(value instanceof List)) return [];
    if (value.all.length || node.takesLists) return [value.all];
    throw refusal(call.node, name, 'a list that is not empty', value.all);
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
      throw refusal(call.node, name, 'linked, because the switch takes it', undefined, 'missing');
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
  // a node that shows pictures returns one more output than its table names
  return rounds[0].map((_, slot) => {
    const all = rounds.map((outputs) => outputs[slot]);
    return new List(all.flatMap((one) => (one instanceof List ? one.all : [one])));
  });
}

/** Inputs that a switch takes and needs, but was not given. */
function missingOf(node: Node, given: Readonly<Record<string, unknown>>): string[] {
  const lazy = Object.keys(given).filter((name) => given[name] !== undefined && isLazy(inputOf(node, name)));
  return [...(node.takes?.(given, lazy) ?? [])].filter((name) => {
    const input = inputOf(node, name);
    return input !== undefined && isNeeded(input) && given[name] === undefined;
  });
}
