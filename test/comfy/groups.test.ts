// Group nodes, written by hand as the front end (1.2 to 1.27) stores `extra.groupNodes`: inside, a node's id is its
// position in the list, and the group has the sockets that nothing inside is linked to, in the order of its nodes.
import { open } from 'chromask';
import { runWorkflow, type UnknownNode } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';

const device = await open({ device: 'wasm' });

type Socket = [name: string, type: string, widget?: true];
const inner = (type: string, inputs: Socket[], widgets: unknown = [], more: object = {}) => ({
  ...{ type, mode: 0, widgets_values: widgets, outputs: [{ name: 'MASK', type: 'MASK', links: [] }], index: 0 },
  inputs: inputs.map(([name, kind, widget]) => ({
    ...{ name, type: kind, link: 77 },
    ...(widget ? { widget: { name } } : {}),
  })),
  ...more,
});
const mask = (id: number, value: number) => ({
  ...{ id, type: 'SolidMask', inputs: [], widgets_values: [value, 2, 1] },
  outputs: [{ name: 'MASK', type: 'MASK' }],
});
const outer = (
  id: number,
  type: string,
  inputs: [string, number | null][],
  widgets: unknown = [],
  more: object = {},
) => ({
  ...{ id, type, mode: 0, widgets_values: widgets, outputs: [{ name: 'MASK', type: 'MASK' }] },
  inputs: inputs.map(([name, link]) => ({ name, type: 'MASK', link })),
  ...more,
});
const invert = (id: number, link: number) => outer(id, 'InvertMask', [['mask', link]]);

async function ends(graph: object, options = {}): Promise<Record<string, number[]>> {
  const { masks } = await runWorkflow(device, graph, options);
  const read = masks.map(async ({ id, mask }): Promise<[string, number[]]> => [id, [...(await mask.data())]]);
  return Object.fromEntries(await Promise.all(read));
}

/** A mask into a group, and what it gives inverted. */
const around = (groupNodes: object, group: object) => ({
  nodes: [mask(1, 0.25), group, invert(3, 2)],
  links: [
    [1, 1, 0, 2, 0, 'MASK'],
    [2, 2, 0, 3, 0, 'MASK'],
  ],
  extra: { groupNodes },
});

const threshold = (widgets: unknown, more: object = {}) => inner('ThresholdMask', [['mask', 'MASK']], widgets, more);
const pair = {
  nodes: [inner('InvertMask', [['mask', 'MASK']]), threshold([0.5])],
  links: [
    [null, 0, 0, 0, 12, 'MASK'],
    [0, 0, 1, 0, 5, 'MASK'],
  ],
  external: [[1, 0, 'MASK']],
};

describe('a group node', () => {
  it('is opened, by the separator of either age; its nodes are named by both', async () => {
    for (const type of ['workflow>my pair', 'workflow/my pair']) {
      const graph = around({ 'my pair': pair }, outer(2, type, [['mask', 1]], [0.5]));
      const { values } = await runWorkflow(device, graph);
      expect(Object.keys(values).sort()).toEqual(['1', '2:0', '2:1', '3']);
      expect(await ends(graph)).toEqual({ 3: [0, 0] });
    }
  });

  it('has the values of the widgets in it, one node after another', async () => {
    const graph = (widgets: unknown) => around({ g: pair }, outer(2, 'workflow>g', [['mask', 1]], widgets));
    expect(await ends(graph([0.9]))).toEqual({ 3: [1, 1] });
    for (const widgets of [undefined, null, [], [null]]) expect(await ends(graph(widgets))).toEqual({ 3: [0, 0] });
    const two = {
      nodes: [inner('CropMask', [['mask', 'MASK']], [0, 0, 2, 1]), threshold([0.5])],
      links: [[0, 0, 1, 0, 5, 'MASK']],
    };
    const crop = (widgets: unknown[]) => around({ g: two }, outer(2, 'workflow>g', [['mask', 1]], widgets));
    expect(await ends(crop([1, 0, 1, 1, 0.1]))).toEqual({ 3: [0] });
    expect(await ends(crop([0, 0, 2, 1, 0.6]))).toEqual({ 3: [1, 1] });
  });

  it('steps over what it does not know, and gives it its own values', async () => {
    const sampler = inner('KSampler', [['mask', 'MASK']], [42, 'randomize', 20, 8], {
      outputs: [{ name: 'MASK', type: 'MASK' }],
    });
    const group = { nodes: [sampler, threshold([0.5])], links: [[0, 0, 1, 0, 5, 'MASK']] };
    const seen: unknown[] = [];
    const unsupported = async (node: UnknownNode): Promise<unknown[]> => {
      seen.push(node.id, node.widgets);
      return [await node.input('mask')];
    };
    const graph = around({ g: group }, outer(2, 'workflow>g', [['mask', 1]], [7, 'fixed', 30, 1.5, 0.1]));
    expect(await ends(graph, { unsupported })).toEqual({ 1: [0.25, 0.25], 3: [0, 0] });
    expect(seen).toEqual(['2:0', [7, 'fixed', 30, 1.5]]);
    const { problems } = await runWorkflow(device, graph, { only: ['3'] }).catch((error) => error);
    expect(problems).toMatchObject([{ id: '2:0', class_type: 'KSampler', type: 'missing_node_type' }]);
  });

  it('has widgets that were turned into inputs behind all others, linked or not', async () => {
    const turned = inner(
      'ThresholdMask',
      [
        ['mask', 'MASK'],
        ['value', 'FLOAT', true],
      ],
      [0.5],
    );
    const group = {
      nodes: [turned, inner('CropMask', [['mask', 'MASK']], [0, 0, 2, 1])],
      links: [[0, 0, 1, 0, 5, 'MASK']],
    };
    const value = { name: 'value', type: 'FLOAT', widget: { name: 'value' } };
    const graph = (link: number | null) => {
      const socket = { name: 'mask', type: 'MASK', link: 1 };
      const node = {
        ...outer(2, 'workflow>g', []),
        inputs: [socket, { ...value, link }],
        widgets_values: [1, 0, 1, 1, 0.1],
      };
      const made = around({ g: group }, node);
      const primitive = { id: 5, type: 'PrimitiveNode', widgets_values: [0.9, 'fixed'], outputs: [{ type: 'FLOAT' }] };
      return { ...made, nodes: [...made.nodes, primitive], links: [...made.links, [9, 5, 0, 2, 1, 'FLOAT']] };
    };
    expect(await ends(graph(null))).toEqual({ 3: [0] });
    expect(await ends(graph(9))).toEqual({ 3: [1] });
  });

  it('has a widget for a primitive in it', async () => {
    const turned = inner(
      'ThresholdMask',
      [
        ['mask', 'MASK'],
        ['value', 'FLOAT', true],
      ],
      [0.5],
    );
    const primitive = inner('PrimitiveNode', [], [0.1, 'fixed'], { outputs: [{ name: 'FLOAT', type: 'FLOAT' }] });
    const group = { nodes: [primitive, turned], links: [[0, 0, 1, 1, 5, 'FLOAT']] };
    const graph = (widgets: unknown) => around({ g: group }, outer(2, 'workflow>g', [['mask', 1]], widgets));
    expect(await ends(graph([0.9, 'fixed']))).toEqual({ 3: [1, 1] });
    expect(await ends(graph([]))).toEqual({ 3: [0, 0] });
  });

  it('has only the outputs that nothing in it reads, unless they are read outside, too', async () => {
    const graph = (external: unknown[], slot: number) => {
      const made = around({ g: { ...pair, external } }, outer(2, 'workflow>g', [['mask', 1]], [0.5]));
      return { ...made, links: [made.links[0], [2, 2, slot, 3, 0, 'MASK']] };
    };
    expect(await ends(graph([], 0))).toEqual({ 3: [0, 0] });
    expect(await ends(graph([[0, 0, 'MASK']], 0))).toEqual({ '2:1': [1, 1], 3: [0.25, 0.25] });
    expect(await ends(graph([[0, 0, 'MASK']], 1))).toEqual({ 3: [0, 0] });
  });

  it('hides what its owner hid, and calls things what they are called', async () => {
    const twin = {
      nodes: [
        inner('InvertMask', [['mask', 'MASK']]),
        inner('InvertMask', [['mask', 'MASK']], [], { title: 'second' }),
      ],
    };
    const given = async (config: object, inputs: [string, number | null][], slot: number) => {
      const graph = around({ g: { ...twin, links: [], config } }, outer(2, 'workflow>g', inputs));
      return ends({ ...graph, links: [graph.links[0], [2, 2, slot, 3, 0, 'MASK']] }, { only: ['3'] });
    };
    const first: [string, number | null] = ['mask', null];
    const named = { 1: { input: { mask: { name: 'under' } } } };
    const hidden = { 0: { input: { mask: { visible: false } }, output: { 0: { visible: false } } } };
    const quarter = { 3: [0.25, 0.25] };
    expect(await given({}, [['second mask', 1], first], 1)).toEqual(quarter);
    expect(await given(named, [first, ['under', 1]], 1)).toEqual(quarter);
    expect(await given(hidden, [['second mask', 1]], 0)).toEqual(quarter);
  });

  it('counts no reroute that is linked up inside, and no note', async () => {
    const reroute = inner('Reroute', [['', '*']], undefined, { outputs: [{ name: '', type: '*' }] });
    const group = {
      nodes: [inner('Note', [], ['mind']), inner('InvertMask', [['mask', 'MASK']]), reroute, threshold([0.5])],
      links: [
        [1, 0, 2, 0, 5, 'MASK'],
        [2, 0, 3, 0, 6, 'MASK'],
      ],
    };
    expect(await ends(around({ g: group }, outer(2, 'workflow>g', [['mask', 1]], [0.5])))).toEqual({ 3: [0, 0] });
  });

  it('may hold another, and one without a link inside makes no circle', async () => {
    const holder = {
      nodes: [inner('workflow>g', [['mask', 'MASK']], [0.5]), inner('InvertMask', [['mask', 'MASK']])],
      links: [],
    };
    const nodes = [
      mask(1, 0.25),
      outer(
        2,
        'workflow>h',
        [
          ['mask', 1],
          ['InvertMask mask', 2],
        ],
        [0.5],
      ),
      invert(3, 3),
    ];
    const links = [
      [1, 1, 0, 2, 0, 'MASK'],
      [2, 2, 0, 2, 1, 'MASK'],
      [3, 2, 1, 3, 0, 'MASK'],
    ];
    const graph = { nodes, links, extra: { groupNodes: { g: pair, h: holder } } };
    expect(await ends(graph)).toEqual({ 3: [1, 1] });
  });

  it('that is bypassed passes on, that is muted passes nothing', async () => {
    const graph = (mode: number) => around({ g: pair }, outer(2, 'workflow>g', [['mask', 1]], [0.5], { mode }));
    expect(await ends(graph(4))).toEqual({ 3: [0.75, 0.75] });
    expect(await ends(graph(2))).toEqual({ 1: [0.25, 0.25] });
  });

  it('without a definition is a class like any other that we do not know', async () => {
    const graph = around({}, outer(2, 'workflow>gone', [['mask', 1]]));
    await expect(runWorkflow(device, graph, { only: ['3'] })).rejects.toThrow(
      'node 2 (workflow>gone): this node is not known',
    );
  });

  it('is refused where it is none, or holds itself', async () => {
    const self = { nodes: [inner('workflow>g', [['mask', 'MASK']])], links: [] };
    const cases: [unknown, string][] = [
      [3, 'the group node "g" must be an object, got 3'],
      [{ nodes: 3 }, 'nodes must be a list'],
      [{ nodes: [null] }, 'a node must be an object'],
      [{ nodes: [{}] }, 'type must be a string'],
      [{ nodes: [], links: {} }, 'links must be a list'],
      [{ nodes: [], external: 3 }, 'external must be a list'],
      [self, 'a group node must not contain itself'],
    ];
    for (const [g, message] of cases) {
      const graph = around({ g }, outer(2, 'workflow>g', [['mask', 1]]));
      await expect(runWorkflow(device, graph)).rejects.toThrow(message);
    }
  });
});
