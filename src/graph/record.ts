// Recipes are written from the calls that batches hold.

import { ChromaskError, refusal } from '../base/errors.js';
import { checkOptions, isPlain } from '../base/params.js';
import { FORMAT, type InputData, MOST, type RecipeData, type StepData } from './format.js';
import { type Call, callOf, type Shaped } from './held.js';
import { inOrder } from './node.js';

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

/** The calls behind a batch, each once, in an order in which they can be made. */
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
  const places = new Map<Call, number>();
  for (const [name, one] of Object.entries(named)) {
    sources.push({ name, batch: one });
    places.set(callOf(one), inputs.push({ name: checkName('inputs', name), ...inputOf(one) }) - 1);
  }
  const order = inOrder(callOf(batch), (call) => places.has(call)).filter((call) => !places.has(call));
  const read = new Set([callOf(batch), ...order.flatMap((call) => call.inputs)]);
  const used = new Set([...places].flatMap(([call, place]) => (read.has(call) ? [place] : [])));
  const extra = inputs.find((_, place) => !used.has(place));
  if (extra) throw refusal(operation, 'inputs', 'batches this is made from, each under one name', extra.name);
  const counts = { image: 0, mask: 0 };
  for (const call of order) {
    if (!call.batch) continue;
    const input = inputOf(call.batch);
    const { kind } = input;
    let name: string;
    do name = `${kind}${counts[kind]++ ? counts[kind] : ''}`;
    while (inputs.some((one) => one.name === name));
    sources.push({ name, batch: call.batch });
    places.set(call, inputs.push({ name, ...input }) - 1);
  }
  const steps: StepData[] = [];
  const same = new Map<string, number>();
  for (const call of order) {
    const { op, params } = call;
    if (op === undefined) continue;
    const step = { op, params: { ...params }, inputs: call.inputs.map((input) => places.get(input) ?? 0) };
    const key = JSON.stringify(step);
    const place = same.get(key) ?? inputs.length + steps.push(step) - 1;
    same.set(key, place);
    places.set(call, place);
  }
  const most = Math.max(inputs.length, steps.length);
  if (most > MOST)
    throw new ChromaskError('limit', `${operation}: inputs and steps must be at most ${MOST}, got ${most}`);
  const output = places.get(callOf(batch)) ?? 0;
  return { recipe: { chromask: FORMAT, inputs, steps, output }, sources };
}

/** Names of inputs must not be the prototype's. */
export function checkName(where: string, name: unknown): string {
  if (typeof name === 'string' && name.length > 0 && name.length <= 200 && name !== '__proto__') return name;
  throw new ChromaskError('bad-argument', `recipe: ${where} must be a name of 1 to 200 characters, not __proto__`);
}
