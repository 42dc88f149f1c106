// Runs a recipe by making its calls, with all their checks.
import { Batch } from '../api/batch.js';
import type { Device, RunOptions } from '../api/device.js';
import { ImageBatch } from '../api/image.js';
import { MaskBatch } from '../api/mask.js';
import { ChromaskError, refusal, show } from '../base/errors.js';
import { checkOptions, isPlain } from '../base/params.js';
import type { InputData } from '../graph/format.js';
import { homeOf } from '../graph/held.js';
import type { Home } from '../graph/home.js';
import type { AnyBatch } from './callRow.js';
import { callRow } from './calls.js';
import { read } from './read.js';

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
  const made: AnyBatch[] = inputs.map((input) =>
    bound(home, input, Object.hasOwn(batches, input.name) ? batches[input.name] : undefined),
  );
  for (const [i, step] of steps.entries()) {
    signal?.throwIfAborted();
    const { op, params = {}, inputs } = step;
    const from = inputs.map((at) => made[at]);
    const one = await callRow(`steps[${i}]`, op).make({ op, params, from, device, signal });
    if (!Number.isSafeInteger(one.size))
      throw refusal('run', `steps[${i}] (${op})`, 'a batch that could fit', one, 'limit');
    made.push(one);
  }
  const result = made[output];
  if (gives && gives !== (result instanceof MaskBatch ? 'mask' : 'image'))
    throw refusal('run', 'recipe', `one that makes ${gives === 'mask' ? 'a mask' : 'an image'}`, result);
  return result;
}

function bound(home: Home, { name, kind, dtype }: InputData, given: unknown): AnyBatch {
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
  return dtype === undefined || given.dtype === dtype ? (given as AnyBatch) : (given as AnyBatch).as(dtype);
}
