// The connected parts of a mask: a kernel counts, measures and ranks them; their masks are made when they are asked for.

import type { MaskBatch } from '../api/mask.js';
import { refusal } from '../base/errors.js';
import type { Values } from '../base/params.js';
import { derive } from '../graph/node.js';
import { componentParams } from '../ops/measureOptions.js';
import type { Bounds } from './cover.js';
import { answer } from './kernel.js';
import { type Measured, reach } from './measure.js';

export type Components = {
  /** One mask for each part, [K, H, W], with the values that it has; undefined if nothing was found. */
  masks: MaskBatch | undefined;
  /** Pixels of each. */
  areas: number[];
  /** The smallest rectangle around each. */
  boxes: Bounds[];
};

export async function components(call: Measured<Values<typeof componentParams>>): Promise<Components> {
  const { node, evaluator, values, signal, maskOf } = call;
  const { batch } = node.extent;
  if (batch !== 1) throw refusal('components', 'batch', '1 (take one with at(b))', batch, 'bad-shape');
  const { threshold, connectivity, minArea, max } = values;
  const words = await reach(
    evaluator,
    node,
    'regions',
    (reached) => answer(reached, 'components', componentParams, values, 1 + 5 * max),
    signal,
  );
  const [count] = words;
  const areas: number[] = [];
  const boxes: Bounds[] = [];
  for (let i = 0; i < count; i++) {
    const [area, x, y, width, height] = words.subarray(1 + 5 * i);
    areas.push(area);
    boxes.push({ x, y, width, height });
  }
  const masks = count
    ? maskOf(derive('parts', { threshold, connectivity, minArea, count }, node), evaluator)
    : undefined;
  return { masks, areas, boxes };
}
