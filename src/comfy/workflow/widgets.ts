// The values of a saved node's widgets by name.
import { isPlain } from '../../base/params.js';
import { hasWidget, type Input, isForced } from '../inputs.js';
import type { Inputs, Node } from '../node.js';

/** What the front end does to a number after a run. This is a widget of its own, after the number's. */
export const CONTROLS: readonly unknown[] = ['fixed', 'increment', 'decrement', 'randomize'];

/** Values are in the order of the class's inputs. A front end may add a control widget after a number. */
export function widgetValues(known: Node<Inputs>, given: unknown): Map<string, unknown> {
  if (isPlain(given)) return new Map(Object.entries(given));
  if (!Array.isArray(given)) return new Map();
  const row: readonly unknown[] = known.older?.(given) ?? given;
  return withForced(known, row) ?? named(known, namesOf(known, hasWidget), row).values;
}

/**
 * Front ends before 1.16 also had widgets for inputs that only take links, and saved their values. Like today's
 * front end, this assumes that a row has these values if its length fits.
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

/** Values of a row by these names, and how many elements of the row were used. */
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

/** Whether a value that looks like a control is really the next widget's value. */
const couldBe = (input: Input | undefined, value: unknown): boolean =>
  input?.type === 'STRING' || (input?.type === 'COMBO' && input.options.some((one) => one === value));
