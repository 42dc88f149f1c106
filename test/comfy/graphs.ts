// Workflows as people draw them, written once and turned into both file formats.
import type { Device, ImageBatch, MaskBatch } from 'chromask';
import { nodes, runWorkflow, type WorkflowOptions, type WorkflowResult } from 'chromask/comfy';

/** A value, or `['id', slot]` of another node. */
export type Sketch = Record<string, { type: string; in?: Record<string, unknown>; mode?: number }>;

const sockets = ['IMAGE', 'MASK', 'LATENT'];

export const isLink = (value: unknown): value is [string, number] =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number';

export function toApi(sketch: Sketch) {
  return Object.fromEntries(
    Object.entries(sketch).map(([id, { type, in: inputs = {} }]) => [id, { class_type: type, inputs }]),
  );
}

/** As the front end saves it: widgets by order, every input listed, links apart. */
export function toSaved(sketch: Sketch, style: 'lists' | 'objects' = 'lists') {
  const links: unknown[] = [];
  const saved = Object.entries(sketch).map(([id, { type, in: given = {}, mode = 0 }], order) => {
    const known = nodes[type]?.inputs;
    const kinds = known ? Object.entries(known).map(([name, input]) => [name, input.type] as const) : [];
    const names = known ? kinds : Object.keys(given).map((name) => [name, '*'] as const);
    const inputs = names.map(([name, kind], slot) => {
      const value = given[name];
      const widget = known && !sockets.includes(kind) ? { widget: { name } } : {};
      if (!isLink(value)) return { name, type: kind, link: null, ...widget };
      const link = links.length + 1;
      const parts = [link, ...ids(value, id, slot), kind];
      links.push(style === 'lists' ? parts : linkObject(parts));
      return { name, type: kind, link, ...widget };
    });
    const values = names.flatMap(([name, kind]) => {
      if (known && sockets.includes(kind)) return [];
      if (isLink(given[name])) return known ? [null] : [];
      return [given[name] ?? null];
    });
    const outputs = (nodes[type]?.outputs ?? []).map(([kind, name]) => ({ name, type: kind, links: [] }));
    return { id: number(id), type, mode, order, pos: [0, 0], inputs, outputs, properties: {}, widgets_values: values };
  });
  return {
    last_node_id: 99,
    nodes: saved,
    links,
    groups: [],
    config: {},
    extra: {},
    version: style === 'lists' ? 0.4 : 1,
  };
}

const number = (id: string): number | string => (/^\d+$/.test(id) ? Number(id) : id);
const ids = ([from, slot]: [string, number], to: string, at: number) => [number(from), slot, number(to), at];

export function linkObject([id, origin_id, origin_slot, target_id, target_slot, type]: unknown[]) {
  return { id, origin_id, origin_slot, target_id, target_slot, type };
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

/** The one mask in which a workflow ends, in every format. */
export async function endings(device: Device, sketch: Sketch, options: WorkflowOptions = {}): Promise<Float32Array[]> {
  const graphs = [toApi(sketch), toSaved(sketch), toSaved(sketch, 'objects'), JSON.stringify(toSaved(sketch))];
  return Promise.all(
    graphs.map(async (graph) => {
      const { masks } = await runWorkflow(device, graph, options);
      if (masks.length !== 1) throw new Error(`${masks.length} masks`);
      return masks[0].mask.data();
    }),
  );
}
