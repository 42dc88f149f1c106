// Measures of pixels that need no kernel of their own: counts of each value, counts of two masks together, and one pixel.
import { pausing } from '../base/pause.js';
import { applied } from '../graph/call.js';
import type { Evaluator } from '../graph/evaluator.js';
import { as, derive, type Node } from '../graph/node.js';
import type { Measured } from './measure.js';

/** 256 counts for each picture of a byte mask. They stay with its node: tables may need them again. */
async function countsOf(evaluator: Evaluator, node: Node, signal?: AbortSignal): Promise<readonly Uint32Array[]> {
  if (node.counts) return node.counts;
  const count = evaluator.lend(node, (slot, engine, pause) => engine.histogram(slot, pause), signal);
  node.counts = await count;
  return node.counts;
}

export async function histogram(call: Measured<object>): Promise<Uint32Array<ArrayBuffer>[]> {
  const { node: own, evaluator, signal } = call;
  const node = as('uint8', own);
  const counts = await evaluator.passing(node, own, countsOf(evaluator, node, signal));
  const pause = signal && pausing(() => signal.throwIfAborted());
  const copies: Uint32Array<ArrayBuffer>[] = [];
  for (const one of counts) {
    copies.push(one.slice() as Uint32Array<ArrayBuffer>);
    await pause?.();
  }
  return copies;
}

/** Intersection over union of each mask with the other; 0 where both are empty, as pycocotools says. */
export async function iou({
  node,
  evaluator,
  values,
  other,
  signal,
}: Measured<{ threshold: number }>): Promise<number[]> {
  const inside = (one: typeof node) => as('uint8', applied('threshold', { value: values.threshold }, as('uint8', one)));
  const [a, b] = [inside(node), inside(other ?? node)];
  const both = await countsOf(evaluator, derive('min', {}, a, b), signal);
  const either = await countsOf(evaluator, derive('max', {}, a, b), signal);
  return both.map((counts, i) => (either[i][255] ? counts[255] / either[i][255] : 0));
}

/** Whether each mask has the pixel at a place; outside the mask, false. */
export async function contains(call: Measured<{ x: number; y: number; threshold: number }>): Promise<boolean[]> {
  const { node, evaluator, values, signal } = call;
  const { batch, width, height } = node.extent;
  const [x, y] = [Math.floor(values.x), Math.floor(values.y)];
  if (x < 0 || y < 0 || x >= width || y >= height) return Array.from({ length: batch }, () => false);
  const pixel = applied('crop', { x, y, width: 1, height: 1 }, node);
  const white = as('uint8', applied('threshold', { value: values.threshold }, pixel));
  const bytes = new Uint8Array(batch);
  await evaluator.deliver(white, bytes, false, signal);
  return Array.from(bytes, (v) => v === 255);
}
