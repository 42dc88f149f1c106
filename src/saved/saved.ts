// Writes documents and opens them. A document is checked completely, its fingerprint last, before a mask is made.
import { Batch } from '../api/batch.js';
import { Device } from '../api/device.js';
import type { ImageBatch } from '../api/image.js';
import { MaskBatch } from '../api/mask.js';
import { ChromaskError, refusal, show } from '../base/errors.js';
import { checkOptions, isPlain } from '../base/params.js';
import { pausing, walked } from '../base/pause.js';
import type { InputData, RecipeData } from '../graph/format.js';
import type { DocumentData, DocumentOptions } from './document.js';
import { canonical, read } from './read.js';
import { base64Of, bytesFrom, checkBase64, checkRuns, floatsFrom, type MaskText, MOST, runsOf, wrong } from './runs.js';
import { hashing } from './sha256.js';

const VERSION = 1;
const KEYS = ['document', 'recipe', 'masks', 'fingerprint'];

type Masks = Record<string, MaskText>;

export async function save(batch: unknown, options: DocumentOptions): Promise<DocumentData> {
  if (!(batch instanceof Batch)) throw refusal('saveDocument', 'batch', 'a mask or an image', batch);
  checkOptions('saveDocument', options, 'inputs signal');
  const { inputs = {}, signal } = options;
  const recipe = batch.recipe({ inputs });
  const within = batch.sources({ inputs }).flatMap(({ name, batch: one }) => {
    return one instanceof MaskBatch && !Object.hasOwn(inputs, name) ? [{ name, mask: one }] : [];
  });
  const room = roomFor('saveDocument');
  for (const { name, mask } of within) room(name, mask);
  const pause = signal && pausing(() => signal.throwIfAborted());
  const masks: Masks = {};
  let most: number = MOST.runs;
  for (const { name, mask } of within) {
    signal?.throwIfAborted();
    if (mask.dtype === 'float32') {
      masks[name] = { base64: await base64Of(await mask.data({ signal }), pause) };
      continue;
    }
    const runs = runsOf(await mask.bytes({ signal }), most);
    if (!runs) throw tooLarge('saveDocument', name, `${MOST.runs} runs of one value`);
    most -= runs.length;
    masks[name] = { runs };
  }
  return { document: VERSION, recipe, masks, fingerprint: await mark(recipe, masks, signal) };
}

export async function reopen(
  device: Device,
  given: unknown,
  options: DocumentOptions,
): Promise<ImageBatch | MaskBatch> {
  if (!(device instanceof Device)) throw refusal('openDocument', 'device', 'what open gives', device);
  if (device.home.closed) throw new ChromaskError('closed', 'openDocument: this device was closed');
  checkOptions('openDocument', options, 'inputs signal');
  const { inputs = {}, signal } = options;
  signal?.throwIfAborted();
  if (!isPlain(inputs)) throw refusal('openDocument', 'inputs', 'an object of batches by name', inputs);
  const { recipe, masks } = await checked(given, signal);
  const twice = Object.keys(inputs).find((name) => Object.hasOwn(masks, name));
  if (twice !== undefined) throw refusal('openDocument', 'inputs', 'batches that are not in the document', twice);
  const made: Record<string, MaskBatch> = {};
  try {
    for (const { name, shape = [], dtype } of recipe.inputs) {
      if (!Object.hasOwn(masks, name)) continue;
      const { runs = [], base64 = '' } = masks[name];
      made[name] = device.mask(dtype === 'uint8' ? bytesFrom(runs, sizeOf(shape)) : floatsFrom(base64), shape);
    }
    return await device.run(recipe, { ...inputs, ...made }, { signal });
  } catch (error) {
    for (const mask of Object.values(made)) mask.dispose();
    throw error;
  }
}

async function checked(given: unknown, signal?: AbortSignal): Promise<{ recipe: RecipeData; masks: Masks }> {
  if (!isPlain(given)) throw wrong('document', 'what saveDocument gives', given);
  const { document, recipe: told, masks: texts, fingerprint } = given;
  if (document !== VERSION) throw wrong('document', `${VERSION}, the version of documents`, document);
  const extra = Object.keys(given).find((key) => !KEYS.includes(key));
  if (extra !== undefined) throw wrong('document', `an object of ${KEYS.join(', ')}`, extra);
  if (typeof fingerprint !== 'string') throw wrong('fingerprint', 'a text', fingerprint);
  const recipe = read(told);
  if (!isPlain(texts)) throw wrong('masks', 'an object of masks by name', texts);
  const known = new Map(recipe.inputs.map((input) => [input.name, input]));
  const room = roomFor('openDocument');
  const masks: Masks = {};
  let most: number = MOST.runs;
  for (const [name, text] of Object.entries(texts)) {
    const { kind, shape, dtype } = known.get(name) ?? ({} as Partial<InputData>);
    if (kind !== 'mask' || !shape || !dtype)
      throw wrong('masks', 'of inputs that are masks of a shape and dtype', name);
    room(name, { shape, dtype });
    const where = `masks.${name.slice(0, 40)}`;
    if (dtype === 'float32') {
      masks[name] = { base64: checkBase64(where, text, sizeOf(shape)) };
      continue;
    }
    const runs = checkRuns(where, text, sizeOf(shape), most);
    most -= runs.length;
    masks[name] = { runs };
  }
  const expected = await mark(recipe, masks, signal);
  if (fingerprint !== expected)
    throw wrong('fingerprint', `${expected.slice(0, 12)}…, that of what is in it`, fingerprint);
  return { recipe, masks };
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Counts how much memory the masks of a document take, and refuses too much. */
function roomFor(operation: string) {
  const left = { uint8: MOST.bytes as number, float32: MOST.floats as number };
  return (name: string, { shape, dtype }: { shape: readonly number[]; dtype: keyof typeof left }): void => {
    left[dtype] -= sizeOf(shape);
    if (left[dtype] >= 0) return;
    throw tooLarge(operation, name, dtype === 'uint8' ? `${MOST.bytes} bytes` : `${MOST.floats} floats`);
  };
}

const tooLarge = (operation: string, name: string, most: string): ChromaskError =>
  new ChromaskError(
    'limit',
    `${operation}: masks of a document must be at most ${most} in all, and ${show(name)} is more; name it in inputs`,
  );

/** The fingerprint of a document: of the recipe's canonical form, and of its masks as they are written, in the order of the inputs. */
function mark(recipe: RecipeData, masks: Masks, signal?: AbortSignal): Promise<string> {
  const texts = recipe.inputs.flatMap(({ name, shape }) => {
    return Object.hasOwn(masks, name) ? [[name, shape, masks[name].runs ?? masks[name].base64]] : [];
  });
  const whole = JSON.stringify(['chromask document', VERSION, canonical(recipe), texts]);
  return walked(hashing(new TextEncoder().encode(whole)), signal);
}
