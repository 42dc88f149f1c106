// What a caller asked for, beside the graph that answers it. The graph holds what the sizes at hand made of a call (a crop
// that was cut, a batch that was repeated); a trace holds the call itself, so that it can be asked again of other sizes.

import { ChromaskError, refusal } from '../base/errors.js';
import { checkOptions, isPlain, type Value } from '../base/params.js';
import { FORMAT, type InputData, MOST, type RecipeData, type StepData } from './format.js';
import type { Shaped } from './held.js';

type Params = Readonly<Record<string, Value>>;

/** A call of the public face; without `op`, numbers from outside. */
interface Trace {
  readonly op?: string;
  readonly params: Params;
  readonly inputs: readonly Trace[];
  /** Only of numbers from outside. */
  readonly input?: Omit<InputData, 'name'> & Shaped;
  /** Only of numbers from outside: the batch itself, for `sources`. Disposing it frees its memory all the same. */
  readonly batch?: Shaped;
}

const traces = new WeakMap<object, Trace>();

/** Note that `batch` is what `op` gives. */
export function traced<B>(batch: B, op: string, inputs: readonly Shaped[], params: Params = {}): B {
  traces.set(batch as object, { op, params, inputs: inputs.map(traceOf) });
  return batch;
}

function traceOf(batch: Shaped): Trace {
  const known = traces.get(batch);
  if (known) return known;
  const trace: Trace = { params: {}, inputs: [], input: inputOf(batch), batch };
  traces.set(batch, trace);
  return trace;
}

const inputOf = ({ shape, dtype }: Shaped): Omit<InputData, 'name'> & Shaped => ({
  kind: shape.length === 4 ? 'image' : 'mask',
  dtype,
  shape: [...shape],
});

export interface RecipeOptions<B> {
  /** Batches where the recipe begins, by the names they get in it. It must be made from each of them. */
  inputs?: Readonly<Record<string, B>> | undefined;
}

/** What `recipe` and `sources` of a batch give. */
interface Recorded {
  recipe: RecipeData;
  sources: { name: string; batch: Shaped }[];
}

/** The calls behind a batch, each once, in an order in which they can be made. Runs without recursion. */
export function record(
  operation: string,
  batch: Shaped,
  options: RecipeOptions<Shaped>,
  isBatch: (one: unknown) => boolean,
): Recorded {
  checkOptions(operation, options, 'inputs');
  const { inputs: named = {} } = options;
  if (!isPlain(named) || !Object.values(named).every(isBatch)) {
    throw refusal(operation, 'inputs', 'an object of batches by name', named);
  }
  const inputs: InputData[] = [];
  const sources: Recorded['sources'] = [];
  const given = new Map<Trace, number>();
  for (const [name, one] of Object.entries(named)) {
    sources.push({ name, batch: one });
    given.set(traceOf(one), inputs.push({ name: checkName('inputs', name), ...inputOf(one) }) - 1);
  }
  const order = inOrder(traceOf(batch), given);
  const read = new Set([traceOf(batch), ...order.flatMap((trace) => trace.inputs)]);
  const used = new Set([...given].flatMap(([trace, place]) => (read.has(trace) ? [place] : [])));
  const extra = inputs.find((_, place) => !used.has(place));
  if (extra) throw refusal(operation, 'inputs', 'batches this is made from, each under one name', extra.name);
  const counts = { image: 0, mask: 0 };
  for (const trace of order) {
    if (!trace.input || !trace.batch) continue;
    const { kind, shape } = trace.input;
    let name: string;
    do name = `${kind}${counts[kind]++ ? counts[kind] : ''}`;
    while (inputs.some((one) => one.name === name));
    sources.push({ name, batch: trace.batch });
    given.set(trace, inputs.push({ name, ...trace.input, shape: [...shape] }) - 1);
  }
  const places = new Map(given);
  const steps: StepData[] = [];
  const same = new Map<string, number>();
  for (const trace of order) {
    const { op, params } = trace;
    if (op === undefined) continue;
    const step = { op, params: { ...params }, inputs: trace.inputs.map((input) => places.get(input) ?? 0) };
    const key = JSON.stringify(step);
    const place = same.get(key) ?? inputs.length + steps.push(step) - 1;
    same.set(key, place);
    places.set(trace, place);
  }
  const most = Math.max(inputs.length, steps.length);
  if (most > MOST)
    throw new ChromaskError('limit', `${operation}: inputs and steps must be at most ${MOST}, got ${most}`);
  const output = places.get(traceOf(batch)) ?? 0;
  return { recipe: { chromask: FORMAT, inputs, steps, output }, sources };
}

function inOrder(target: Trace, given: ReadonlyMap<Trace, number>): Trace[] {
  const order: Trace[] = [];
  const seen = new Set<Trace>(given.keys());
  const stack: { trace: Trace; next: number }[] = seen.has(target) ? [] : [{ trace: target, next: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    if (top.next < top.trace.inputs.length) {
      const trace = top.trace.inputs[top.next++];
      if (!seen.has(trace)) stack.push({ trace, next: 0 });
      seen.add(trace);
    } else {
      order.push(top.trace);
      stack.pop();
    }
  }
  return order;
}

/** Names of inputs must not be the prototype's. */
export function checkName(where: string, name: unknown): string {
  if (typeof name === 'string' && name.length > 0 && name.length <= 200 && name !== '__proto__') return name;
  throw new ChromaskError('bad-argument', `recipe: ${where} must be a name of 1 to 200 characters, not __proto__`);
}
