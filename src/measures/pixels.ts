// What is said of pixels without kernels of its own: counts of joined masks, and a look at one pixel.
import { applied } from '../graph/call.js';
import { as, derive } from '../graph/node.js';
import type { Measured } from './measure.js';

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
  const both = await evaluator.counts(derive('min', {}, a, b), signal);
  const either = await evaluator.counts(derive('max', {}, a, b), signal);
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
