// What a batch stands for: its recipe, and the evaluator that answers for it. Both are kept apart from the batch, so that an
// object that only looks like one, a Proxy for example, stands for nothing.
import { ChromaskError, classOf } from '../base/errors.js';
import type { Dtype } from '../engine.js';
import type { Evaluator } from './evaluator.js';
import type { Home } from './home.js';
import { Recipe } from './node.js';

/** A batch, as far as the graph knows it: [B, H, W] of a mask, [B, H, W, C] of an image. */
export interface Shaped {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
}

interface Owner {
  readonly recipe: Recipe;
  readonly home: Home;
  /** Whether its memory is freed when this batch is disposed. */
  readonly first: boolean;
}

/** Batches that were disposed stay in it with nothing. */
const owners = new WeakMap<object, Owner | undefined>();

/** Whether a constructor made it: disposed or not, but no Proxy of it and no object with its prototype. */
export const isHeld = (one: unknown): one is Shaped => owners.has(Object(one));

/** Note what a new batch stands for. */
export function hold(batch: object, recipe: Recipe, home: Home): void {
  if (!(recipe instanceof Recipe) || !home) {
    // not the constructor's name, which bundlers shorten
    throw new ChromaskError(
      'bad-argument',
      `${classOf(batch)}: made by a device alone: device.mask, device.image, load`,
    );
  }
  owners.set(batch, { recipe, home, first: !recipe.owned });
  recipe.owned = true;
}

export const ownerOf = (batch: object): Owner | undefined => owners.get(batch);

/** The recipe behind a batch; refuses a disposed one before anything happens. */
export function recipeOf(batch: object, operation: string): Recipe {
  const owner = owners.get(batch);
  if (!owner) throw new ChromaskError('disposed', `${operation}: this batch was disposed`);
  if (owner.home.closed) throw new ChromaskError('closed', `${operation}: the device of this batch was closed`);
  return owner.recipe;
}

export function homeOf(batch: object, operation: string): Home {
  recipeOf(batch, operation);
  return (owners.get(batch) as Owner).home;
}

/** The evaluator behind a batch; refuses one of a worker, whose work is not done on this thread. */
export function evaluatorOf(batch: object, operation: string): Evaluator {
  const { here } = homeOf(batch, operation);
  if (here) return here;
  throw new ChromaskError('unsupported', `${operation}: the device works in a worker`);
}

/** Whether disposing this batch frees memory: it was the first of its recipe. */
export const ownsMemory = (batch: object): boolean => owners.get(batch)?.first === true;

/** Free the memory behind a batch, even if other batches share it. */
export function forget(batch: Shaped): void {
  const { recipe, home } = owners.get(batch) as Owner;
  if (recipe.hold) home.here?.store.drop(recipe.hold);
  if (recipe.op !== 'source') return;
  recipe.pixels = undefined;
  recipe.gone = `source: the ${batch.shape.length === 3 ? 'mask' : 'image'} [${batch.shape.join(', ')}] this is made from was disposed`;
}

/** A batch that was disposed stands for nothing more; the first of its recipe takes the memory with it. */
export function release(batch: Shaped): void {
  const owner = owners.get(batch);
  if (!owner) return;
  if (owner.first) forget(batch);
  owners.set(batch, undefined);
}
