import { open } from 'chromask';
import { runWorkflow } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { linkObject } from './graphs.js';

const device = await open({ device: 'wasm' });

const mask = (id: number, value: number) => ({
  ...{ id, type: 'SolidMask', mode: 0, inputs: [], widgets_values: [value, 2, 1] },
  outputs: [{ name: 'MASK', type: 'MASK', links: [] }],
});
const node = (
  id: number,
  type: string,
  links: [name: string, type: string, link: number | null][],
  widgets: unknown,
  mode = 0,
) => ({
  ...{ id, type, mode, widgets_values: widgets },
  inputs: links.map(([name, type, link]) => ({ name, type, link })),
  outputs: [{ name: 'MASK', type: 'MASK' }],
});
const invert = (id: number, link: number | null, mode = 0) =>
  node(id, 'InvertMask', [['mask', 'MASK', link]], [], mode);

/** Values of the masks in which it ends, by node. */
async function ends(graph: object): Promise<Record<string, number[]>> {
  const { masks } = await runWorkflow(device, graph);
  const read = masks.map(async ({ id, mask }): Promise<[string, number[]]> => [id, [...(await mask.data())]]);
  return Object.fromEntries(await Promise.all(read));
}

const quarter = [0.25, 0.25];
const rest = [0.75, 0.75];

describe('the saved format is read as the front end reads it', () => {
  it('reroutes pass on what they are linked to, notes are notes', async () => {
    const nodes = [
      mask(1, 0.25),
      { ...node(2, 'Reroute', [['', '*', 1]], undefined), outputs: [{ name: '', type: '*' }] },
      { ...node(3, 'Reroute', [['', '*', 2]], undefined), outputs: [{ name: '', type: '*' }] },
      invert(4, 3),
      { id: 5, type: 'Note', widgets_values: ['do not run'] },
      { id: 6, type: 'MarkdownNote', widgets_values: ['# nor this'] },
    ];
    const links = [null, [1, 1, 0, 2, 0, '*'], [2, 2, 0, 3, 0, '*'], [3, 3, 0, 4, 0, 'MASK']];
    expect(await ends({ nodes, links })).toEqual({ 4: rest });
  });

  it('a primitive gives its value to the widget that was turned into an input', async () => {
    const threshold = {
      ...node(3, 'ThresholdMask', [['mask', 'MASK', 1]], [0.9]),
      inputs: [
        { name: 'mask', type: 'MASK', link: 1 },
        { name: 'value', type: 'FLOAT', link: 2, widget: { name: 'value' } },
      ],
    };
    const primitive = {
      id: 2,
      type: 'PrimitiveNode',
      outputs: [{ name: 'FLOAT', type: 'FLOAT' }],
      widgets_values: [0.2, 'fixed'],
    };
    const links = [
      [1, 1, 0, 3, 0, 'MASK'],
      [2, 2, 0, 3, 1, 'FLOAT'],
    ];
    expect(await ends({ nodes: [mask(1, 0.25), primitive, threshold], links })).toEqual({ 3: [1, 1] });
    expect(await ends({ nodes: [mask(1, 0.25), { ...threshold, inputs: [threshold.inputs[0]] }], links })).toEqual({
      3: [0, 0],
    });
  });

  it('what happens to a number after a run is not the next value', async () => {
    const crop = node(2, 'CropMask', [['mask', 'MASK', 1]], [1, 'randomize', 0, 1, 'fixed', 1]);
    expect(await ends({ nodes: [mask(1, 0.25), crop], links: [[1, 1, 0, 2, 0, 'MASK']] })).toEqual({ 2: [0.25] });
  });

  it('widgets may be saved by name, and values that are missing are the defaults', async () => {
    const links = [[1, 1, 0, 2, 0, 'MASK']];
    const threshold = (widgets: unknown) => node(2, 'ThresholdMask', [['mask', 'MASK', 1]], widgets);
    expect(await ends({ nodes: [mask(1, 0.25), threshold({ value: 0.2 })], links })).toEqual({ 2: [1, 1] });
    for (const widgets of [undefined, null, [], [null]]) {
      expect(await ends({ nodes: [mask(1, 0.25), threshold(widgets)], links })).toEqual({ 2: [0, 0] });
    }
  });

  it('a bypassed node passes on its input of the same type, a muted one nothing', async () => {
    const links = [
      [1, 1, 0, 2, 0, 'MASK'],
      [2, 2, 0, 3, 0, 'MASK'],
    ];
    expect(await ends({ nodes: [mask(1, 0.25), invert(2, 1), invert(3, 2)], links })).toEqual({ 3: quarter });
    expect(await ends({ nodes: [mask(1, 0.25), invert(2, 1, 4), invert(3, 2)], links })).toEqual({ 3: rest });
    const muted = { nodes: [mask(1, 0.25), invert(2, 1, 2), invert(3, 2), mask(4, 0.5)], links };
    const { masks, skipped } = await runWorkflow(device, muted);
    expect(masks.map(({ id }) => id)).toEqual(['1', '4']);
    expect(skipped).toEqual([{ id: '3', class_type: 'InvertMask', title: 'Invert Mask', why: 'muted' }]);
    await expect(
      runWorkflow(device, { nodes: [mask(1, 0.25), invert(2, 1, 2), invert(3, 2)], links }, { only: ['3'] }),
    ).rejects.toThrow('node 3 (InvertMask): it depends on something that is switched off');
  });

  it('what is left of a bypassed source is nothing', async () => {
    const nodes = [{ ...mask(1, 0.25), mode: 4 }, invert(2, 1)];
    await expect(runWorkflow(device, { nodes, links: [[1, 1, 0, 2, 0, 'MASK']] })).rejects.toThrow('switched off');
  });
});

describe('a subgraph', () => {
  const definition = (id: string, inner: object[], links: unknown[][], inputs: string[] = ['mask']) => ({
    ...{ id, name: id, inputNode: { id: -10 }, outputNode: { id: -20 }, widgets: [], groups: [] },
    inputs: inputs.map((name) => ({ name, type: 'MASK' })),
    outputs: [{ name: 'MASK', type: 'MASK' }],
    nodes: inner,
    links: links.map(linkObject),
  });
  const twice = definition(
    'twice',
    [invert(1, 1), node(2, 'ThresholdMask', [['mask', 'MASK', 2]], [0.5])],
    [
      [1, -10, 0, 1, 0, 'MASK'],
      [2, 1, 0, 2, 0, 'MASK'],
      [3, 2, 0, -20, 0, 'MASK'],
    ],
  );
  const links = [
    [1, 1, 0, 2, 0, 'MASK'],
    [2, 2, 0, 3, 0, 'MASK'],
  ];
  const outer = (type: string, widgets: unknown = [], mode = 0) => node(2, type, [['mask', 'MASK', 1]], widgets, mode);

  it('stands for its nodes, which are named by both', async () => {
    const graph = { nodes: [mask(1, 0.25), outer('twice'), invert(3, 2)], links, definitions: { subgraphs: [twice] } };
    const { values } = await runWorkflow(device, graph);
    expect(Object.keys(values).sort()).toEqual(['1', '2:1', '2:2', '3']);
    expect(await ends(graph)).toEqual({ 3: [0, 0] });
  });

  it('is refused where one of its nodes has the id of another node', async () => {
    const graph = (id: string) => ({
      nodes: [mask(1, 0.25), outer('twice'), invert(3, 2), { ...mask(4, 0.5), id }],
      links,
      definitions: { subgraphs: [twice] },
    });
    expect(await ends(graph('2:9'))).toEqual({ 3: [0, 0], '2:9': [0.5, 0.5] });
    const { problems } = await runWorkflow(device, graph('2:1')).catch((error) => error);
    expect(problems).toEqual([
      { type: 'invalid_prompt', message: 'another node has the same id', id: '2:1', class_type: 'InvertMask' },
    ]);
  });

  it('may hold another, and be used more than once', async () => {
    const holder = definition(
      'holder',
      [node(7, 'twice', [['mask', 'MASK', 1]], []), invert(8, 2)],
      [
        [1, -10, 0, 7, 0, 'MASK'],
        [2, 7, 0, 8, 0, 'MASK'],
        [3, 8, 0, -20, 0, 'MASK'],
      ],
    );
    const again = node(3, 'holder', [['mask', 'MASK', 2]], []);
    const graph = {
      nodes: [mask(1, 0.25), outer('holder'), again],
      links,
      definitions: { subgraphs: [twice, holder] },
    };
    const { values } = await runWorkflow(device, graph);
    expect(Object.keys(values).sort()).toEqual(['1', '2:7:1', '2:7:2', '2:8', '3:7:1', '3:7:2', '3:8']);
    expect(await ends(graph)).toEqual({ '3:8': [0, 0] });
  });

  it('has widgets of its own, of nodes inside it or of its inputs', async () => {
    const nodes = (subgraph: object) => ({
      nodes: [mask(1, 0.25), subgraph],
      links,
      definitions: { subgraphs: [twice] },
    });
    const proxied = { ...outer('twice', [0.8]), properties: { proxyWidgets: [['2', 'value']] } };
    expect(await ends(nodes(outer('twice')))).toEqual({ '2:2': [1, 1] });
    expect(await ends(nodes(proxied))).toEqual({ '2:2': [0, 0] });

    const limit = {
      ...node(2, 'ThresholdMask', [], [0.5]),
      inputs: [
        { name: 'mask', type: 'MASK', link: 2 },
        { name: 'value', type: 'FLOAT', link: 4, widget: { name: 'value' } },
      ],
    };
    const open = {
      ...twice,
      inputs: [...twice.inputs, { name: 'limit', type: 'FLOAT' }],
      nodes: [invert(1, 1), limit],
      links: [...twice.links, linkObject([4, -10, 1, 2, 1, 'FLOAT'])],
    };
    const given = (widgets: unknown[]) => ({
      nodes: [
        mask(1, 0.25),
        {
          ...outer('twice', widgets),
          inputs: [
            { name: 'mask', type: 'MASK', link: 1 },
            { name: 'limit', type: 'FLOAT', link: null, widget: { name: 'limit' } },
          ],
        },
      ],
      links,
      definitions: { subgraphs: [open] },
    });
    expect(await ends(given([]))).toEqual({ '2:2': [1, 1] });
    expect(await ends(given([0.9]))).toEqual({ '2:2': [0, 0] });
  });

  it('that is bypassed passes its input on', async () => {
    const graph = {
      nodes: [mask(1, 0.25), outer('twice', [], 4), invert(3, 2)],
      links,
      definitions: { subgraphs: [twice] },
    };
    expect(await ends(graph)).toEqual({ 3: rest });
  });

  it('cannot hold itself, nor billions of nodes', async () => {
    const self = definition('self', [node(1, 'self', [['mask', 'MASK', 1]], [])], []);
    const graph = (subgraphs: object[], type: string) => ({
      nodes: [mask(1, 0.25), outer(type)],
      links,
      definitions: { subgraphs },
    });
    await expect(runWorkflow(device, graph([self], 'self'))).rejects.toThrow('a subgraph must not contain itself');
    const levels = Array.from({ length: 20 }, (_, i) =>
      definition(
        `s${i}`,
        Array.from({ length: 10 }, (_, k) => node(k, `s${i + 1}`, [], [])),
        [],
      ),
    );
    await expect(runWorkflow(device, graph(levels, 's0'))).rejects.toThrow('at most 100000 nodes');
  });
});
