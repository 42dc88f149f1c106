// What a caller asked for, beside the graph that answers it. The graph holds what the sizes at hand made of a call (a crop
// that was cut, a batch that was repeated); a trace holds the call itself, so that it can be asked again of other sizes.
import type { Dtype } from '../engine.js';
import { ChromaskError } from '../errors.js';
import type { Value } from '../params.js';
import { FORMAT, type InputData, MOST, type RecipeData, type StepData } from './format.js';

type Params = Readonly<Record<string, Value>>;

/** A call of the public face; without `op`, numbers from outside. */
interface Trace {
  readonly op?: string;
  readonly params: Params;
  readonly inputs: readonly Trace[];
  /** Only of numbers from outside. */
  readonly input?: Omit<InputData, 'name'> & Shaped;
}

/** A batch, as far as a recipe says what it is. */
interface Shaped {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
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
  const trace: Trace = { params: {}, inputs: [], input: inputOf(batch) };
  traces.set(batch, trace);
  return trace;
}

const inputOf = ({ shape, dtype }: Shaped): Omit<InputData, 'name'> & Shaped => ({
  kind: shape.length === 4 ? 'image' : 'mask',
  dtype,
  shape: [...shape],
});

/** The calls behind a batch, each once, in an order in which they can be made. Runs without recursion. */
export function record(batch: Shaped, named: Readonly<Record<string, Shaped>>): RecipeData {
  const inputs: InputData[] = [];
  const given = new Map<Trace, number>();
  for (const [name, one] of Object.entries(named)) {
    given.set(traceOf(one), inputs.push({ name: checkName('inputs', name), ...inputOf(one) }) - 1);
  }
  const order = inOrder(traceOf(batch), given);
  const counts = { image: 0, mask: 0 };
  for (const trace of order) {
    if (!trace.input) continue;
    const { kind, shape } = trace.input;
    let name: string;
    do name = `${kind}${counts[kind]++ ? counts[kind] : ''}`;
    while (inputs.some((one) => one.name === name));
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
  if (most > MOST) throw new ChromaskError('limit', `recipe: inputs and steps must be at most ${MOST}, got ${most}`);
  return { chromask: FORMAT, inputs, steps, output: places.get(traceOf(batch)) ?? 0 };
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
