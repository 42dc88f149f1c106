// What is said of pixels without kernels of its own: how many have each value, counts of joined masks, and a look at one pixel.
import { breathing } from '../base/pause.js';
import { applied } from '../graph/call.js';
import type { Evaluator } from '../graph/evaluator.js';
import { as, derive, type Recipe } from '../graph/node.js';
import type { Measured } from './measure.js';

/** 256 counts for each picture of a byte mask. They stay with its recipe: tables may need them again. */
async function countsOf(evaluator: Evaluator, recipe: Recipe, signal?: AbortSignal): Promise<readonly Uint32Array[]> {
  if (recipe.counts) return recipe.counts;
  const count = evaluator.lend(recipe, (slot, engine, breath) => engine.histogram(slot, breath), signal);
  recipe.counts = await count;
  return recipe.counts;
}

export async function histogram(call: Measured<object>): Promise<Uint32Array<ArrayBuffer>[]> {
  const { recipe: own, evaluator, signal } = call;
  const recipe = as('uint8', own);
  const counts = await evaluator.passing(recipe, own, countsOf(evaluator, recipe, signal));
  const breath = signal && breathing(() => signal.throwIfAborted());
  const copies: Uint32Array<ArrayBuffer>[] = [];
  for (const one of counts) {
    copies.push(one.slice() as Uint32Array<ArrayBuffer>);
    await breath?.();
  }
  return copies;
}

/** Intersection over union of each mask with the other; 0 where both are empty, as pycocotools says. */
export async function iou({
  recipe,
  evaluator,
  values,
  other,
  signal,
}: Measured<{ threshold: number }>): Promise<number[]> {
  const inside = (one: typeof recipe) =>
    as('uint8', applied('threshold', { value: values.threshold }, as('uint8', one)));
  const [a, b] = [inside(recipe), inside(other ?? recipe)];
  const both = await countsOf(evaluator, derive('min', {}, a, b), signal);
  const either = await countsOf(evaluator, derive('max', {}, a, b), signal);
  return both.map((counts, i) => (either[i][255] ? counts[255] / either[i][255] : 0));
}

/** Whether each mask has the pixel that a place lies in; outside the mask, none. */
export async function contains(call: Measured<{ x: number; y: number; threshold: number }>): Promise<boolean[]> {
  const { recipe, evaluator, values, signal } = call;
  const { batch, width, height } = recipe.extent;
  const [x, y] = [Math.floor(values.x), Math.floor(values.y)];
  if (x < 0 || y < 0 || x >= width || y >= height) return Array.from({ length: batch }, () => false);
  const pixel = applied('crop', { x, y, width: 1, height: 1 }, recipe);
  const white = as('uint8', applied('threshold', { value: values.threshold }, pixel));
  const bytes = new Uint8Array(batch);
  await evaluator.deliver(white, bytes, false, signal);
  return Array.from(bytes, (v) => v === 255);
}
