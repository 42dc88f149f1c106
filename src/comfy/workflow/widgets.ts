// The values of a saved node's widgets, by the names that its class has for them.
import { isPlain } from '../../base/params.js';
import { hasWidget, type Input, isForced } from '../inputs.js';
import type { Inputs, Node } from '../node.js';

/** What may happen to a number after a run; a widget of its own, behind the number's. */
export const CONTROLS: readonly unknown[] = ['fixed', 'increment', 'decrement', 'randomize'];

/** Values are in the order of the class's own inputs; a front end may put what happens to a number next behind it. */
export function widgetValues(known: Node<Inputs>, given: unknown): Map<string, unknown> {
  if (isPlain(given)) return new Map(Object.entries(given));
  if (!Array.isArray(given)) return new Map();
  const row: readonly unknown[] = known.older?.(given) ?? given;
  return withForced(known, row) ?? named(known, namesOf(known, hasWidget), row).values;
}

/**
 * Front ends before 1.16 had widgets for what only a link brings, and wrote their values too. As today's one reads it: a row that is as
 * long as with them has them.
 */
function withForced(known: Node<Inputs>, row: readonly unknown[]): Map<string, unknown> | undefined {
  const forced = namesOf(known, isForced);
  if (!forced.length) return undefined;
  const { values, taken } = named(
    known,
    namesOf(known, (input) => hasWidget(input) || isForced(input)),
    row,
  );
  if (taken !== row.length) return undefined;
  for (const name of forced) values.delete(name);
  return values;
}

const namesOf = ({ inputs }: Node<Inputs>, is: (input: Input) => boolean): string[] =>
  Object.entries(inputs).flatMap(([name, input]) => (is(input) ? [name] : []));

/** Values in a row by these names, and how many of the row they took. */
export function named(
  known: Node<Inputs> | undefined,
  names: readonly string[],
  row: readonly unknown[],
): { values: Map<string, unknown>; taken: number } {
  const values = new Map<string, unknown>();
  let next = 0;
  for (const [i, name] of names.entries()) {
    const value = row[next++];
    if (value !== undefined && value !== null) values.set(name, value);
    const control = row[next];
    if (CONTROLS.includes(control) && !couldBe(known?.inputs[names[i + 1]], control)) next++;
  }
  return { values, taken: next };
}

/** Whether what looks like a control is the next widget's own value. */
const couldBe = (input: Input | undefined, value: unknown): boolean =>
  input?.type === 'STRING' || (input?.type === 'COMBO' && input.options.some((one) => one === value));
