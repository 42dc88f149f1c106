// Turns a workflow into the front end's saved format and runs it in both formats.
import type { Device } from 'chromask';
import { nodes as all, runWorkflow, type WorkflowOptions } from 'chromask/comfy';
import { isLink, type Sketch, toApi } from './sketch.js';

const nodes = await all();
const pictures = ['IMAGE', 'MASK', 'LATENT', 'SEGS', 'STITCHER'];
const sockets = [...pictures, 'BOX', 'BBOX', 'CROP_DATA', 'MASK_MAPPING', 'NUMBER', '*'];

/** As the front end saves it: widgets by order, every input listed, links apart. */
export function toSaved(sketch: Sketch, style: 'lists' | 'objects' = 'lists') {
  const links: unknown[] = [];
  const saved = Object.entries(sketch).map(([id, { type, in: given = {}, mode = 0 }], order) => {
    const known = nodes[type]?.inputs;
    // a value that only a link brings has no widget, and no place among the widgets' values
    const linked = (name: string): boolean => {
      const input = known?.[name];
      return input !== undefined && 'forceInput' in input && input.forceInput === true;
    };
    const kinds = known ? Object.entries(known).map(([name, input]) => [name, input.type] as const) : [];
    const more = Object.keys(given).filter((name) => known && !Object.hasOwn(known, name));
    const names = known
      ? [...kinds, ...more.map((name) => [name, '*'] as const)]
      : Object.keys(given).map((name) => [name, '*'] as const);
    const inputs = names.map(([name, kind], slot) => {
      const value = given[name];
      const widget = known && !sockets.includes(kind) && !linked(name) ? { widget: { name } } : {};
      if (!isLink(value)) return { name, type: kind, link: null, ...widget };
      const link = links.length + 1;
      const parts = [link, ...ids(value, id, slot), kind];
      links.push(style === 'lists' ? parts : linkObject(parts));
      return { name, type: kind, link, ...widget };
    });
    const values = names.flatMap(([name, kind]) => {
      if (known && (sockets.includes(kind) || linked(name))) return [];
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
