// Builds workflows in the server's API format, and runs them. Nothing here needs Node.
import type { ImageBatch, MaskBatch } from 'chromask';
import type { WorkflowResult } from 'chromask/comfy';

/** A value, or `['id', slot]` of another node. */
export type Sketch = Record<string, { type: string; in?: Record<string, unknown>; mode?: number }>;

export const isLink = (value: unknown): value is [string, number] =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number';

export function toApi(sketch: Sketch) {
  return Object.fromEntries(
    Object.entries(sketch).map(([id, { type, in: inputs = {} }]) => [id, { class_type: type, inputs }]),
  );
}

/** All that a run gave, as numbers. */
export async function numbers(result: WorkflowResult): Promise<Record<string, Float32Array[]>> {
  const read: Record<string, Float32Array[]> = {};
  for (const [id, values] of Object.entries(result.values)) {
    read[id] = await Promise.all(values.filter(isBatch).map((one) => one.data()));
  }
  for (const { id, image } of Object.values(result.outputs)) read[id] = [await image.data()];
  return read;
}

export const isBatch = (value: unknown): value is ImageBatch | MaskBatch =>
  typeof value === 'object' && value !== null && 'data' in value && typeof value.data === 'function';
