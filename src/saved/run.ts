// Runs a recipe by making its calls: what a recipe gives is what they give, checks and all.
import { Batch } from '../api/batch.js';
import type { Device, RunOptions } from '../api/device.js';
import { ImageBatch } from '../api/image.js';
import { MaskBatch } from '../api/mask.js';
import { ChromaskError, refusal, show } from '../base/errors.js';
import { checkOptions, isPlain } from '../base/params.js';
import type { InputData, StepData } from '../graph/format.js';
import { homeOf } from '../graph/held.js';
import type { Home } from '../graph/home.js';
import type { OpName } from '../ops/index.js';
import { measures } from '../ops/measures.js';
import { read } from './read.js';

type Any = ImageBatch | MaskBatch;

export async function run(device: Device, home: Home, given: unknown, batches: unknown, options: RunOptions) {
  checkOptions('run', options, 'gives signal');
  const { gives, signal } = options;
  if (gives !== undefined && gives !== 'image' && gives !== 'mask')
    throw refusal('run', 'gives', "'image' or 'mask'", gives);
  const { inputs, steps, output } = read(given);
  if (!isPlain(batches)) throw refusal('run', 'inputs', 'an object of batches by name', batches);
  const known = inputs.map(({ name }) => name);
  const extra = Object.keys(batches).find((name) => !known.includes(name));
  if (extra !== undefined) {
    const wanted = known.length ? `it has ${known.map(show).join(', ')}` : 'it has none';
    throw new ChromaskError('bad-argument', `run: the recipe has no input ${show(extra)}; ${wanted}`);
  }
  const made: Any[] = inputs.map((input) =>
    bound(home, input, Object.hasOwn(batches, input.name) ? batches[input.name] : undefined),
  );
  for (const [i, step] of steps.entries()) {
    signal?.throwIfAborted();
    const one = await apply(
      device,
      step,
      step.inputs.map((at) => made[at]),
      signal,
    );
    if (!Number.isSafeInteger(one.size))
      throw refusal('run', `steps[${i}] (${step.op})`, 'a batch that could fit', one, 'limit');
    made.push(one);
  }
  const result = made[output];
  if (gives && gives !== (result instanceof MaskBatch ? 'mask' : 'image'))
    throw refusal('run', 'recipe', `one that makes ${gives === 'mask' ? 'a mask' : 'an image'}`, result);
  return result;
}

function bound(home: Home, { name, kind, dtype }: InputData, given: unknown): Any {
  const fits = kind === 'image' ? given instanceof ImageBatch : given instanceof MaskBatch;
  if (!fits || !(given instanceof Batch)) {
    throw refusal(
      'run',
      `input ${show(name)}`,
      kind === 'image' ? 'an image' : 'a mask',
      given,
      given === undefined ? 'missing' : undefined,
    );
  }
  if (homeOf(given, 'run') !== home)
    throw refusal('run', `input ${show(name)}`, 'of this device', `${given} of another`);
  return dtype === undefined || given.dtype === dtype ? (given as Any) : (given as Any).as(dtype);
}

async function apply(device: Device, { op, params }: StepData, from: Any[], signal?: AbortSignal): Promise<Any> {
  const [first, ...more] = from;
  switch (op) {
    case 'cat':
      return first instanceof MaskBatch ? MaskBatch.cat(from as MaskBatch[]) : ImageBatch.cat(from as ImageBatch[]);
    case 'colorMap':
      return (await (first as ImageBatch).colorMap({ ...params, signal })).masks;
    case 'channel':
      return method(first, op, [params?.name]);
    case 'as':
      return method(first, op, [params?.dtype]);
    case 'at':
      return method(first, op, [params?.b]);
    case 'slice':
      return method(first, op, [params?.start, params?.end === Number.MAX_SAFE_INTEGER ? undefined : params?.end]);
    default:
      if (!first) return device.make(op as OpName, params ?? {});
      if (Object.hasOwn(measures, op)) return found(op, method(first, op, [{ ...params, signal }]));
      // a row of the table, or composite: the other operand first, then the options
      return method(first, op, Object.keys(params ?? {}).length ? [...more, params] : more);
  }
}

/** The masks that a measure gives. */
async function found(op: string, asked: unknown): Promise<MaskBatch> {
  const { masks } = (await asked) as { masks?: MaskBatch };
  if (masks) return masks;
  throw new ChromaskError('missing', `run: ${op} found nothing in this picture`);
}

/** The name was looked up in the table: it is a method. */
function method(first: Any, name: string, given: unknown[]) {
  const call: unknown = Reflect.get(first, name);
  if (typeof call !== 'function') throw new Error(`${name} is no method`);
  return call.apply(first, given);
}
