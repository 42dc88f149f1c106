// What a front end removes or adds before it sends a workflow to a server. The graphs are written by hand after the
// behaviour of the front end (1.18 to 1.27), KJNodes, Easy-Use, rgthree and cg-use-everywhere.
import { open } from 'chromask';
import { runWorkflow } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';

const device = await open({ device: 'wasm' });

type Socket = [name: string, type: string, link: number | null];
const node = (id: number, type: string, inputs: Socket[], widgets: unknown = [], more: object = {}) => ({
  ...{ id, type, mode: 0, widgets_values: widgets, outputs: [{ name: 'MASK', type: 'MASK' }] },
  inputs: inputs.map(([name, kind, link]) => ({ name, type: kind, link })),
  ...more,
});
const mask = (id: number, value: number) => node(id, 'SolidMask', [], [value, 2, 1]);
const invert = (id: number, link: number | null, more: object = {}) =>
  node(id, 'InvertMask', [['mask', 'MASK', link]], [], more);

/** Values of the masks in which it ends, by node. */
async function ends(graph: object): Promise<Record<string, number[]>> {
  const { masks } = await runWorkflow(device, graph);
  const read = masks.map(async ({ id, mask }): Promise<[string, number[]]> => [id, [...(await mask.data())]]);
  return Object.fromEntries(await Promise.all(read));
}

const rest = [0.75, 0.75];
const twice = [0.25, 0.25];

describe('what is set by name is got by name', () => {
  for (const [set, get] of [
    ['SetNode', 'GetNode'],
    ['easy setNode', 'easy getNode'],
  ]) {
    const setter = (id: number, link: number | null, name: string, mode = 0) =>
      node(id, set, [['MASK', 'MASK', link]], [name], { mode });
    const getter = (id: number, name: string, mode = 0) => node(id, get, [], [name], { mode });
    const links = [
      [1, 1, 0, 2, 0, 'MASK'],
      [2, 3, 0, 4, 0, 'MASK'],
    ];

    it(`${set} and ${get}`, async () => {
      const nodes = [mask(1, 0.25), setter(2, 1, 'm'), getter(3, 'm'), invert(4, 2)];
      expect(await ends({ nodes, links })).toEqual({ 4: rest });
    });

    it(`${set} passes on what it was given, too, and either works while it is muted`, async () => {
      const nodes = [mask(1, 0.25), setter(2, 1, 'm', 2), getter(3, 'm', 2), invert(4, 2), invert(5, 3)];
      expect(await ends({ nodes, links: [...links, [3, 2, 0, 5, 0, 'MASK']] })).toEqual({ 4: rest, 5: rest });
    });

    it(`${get} of what was never set, or of the other family, is not linked`, async () => {
      const other = set === 'SetNode' ? 'easy setNode' : 'SetNode';
      for (const first of [setter(2, 1, 'n'), node(2, other, [['MASK', 'MASK', 1]], ['m'])]) {
        const nodes = [mask(1, 0.25), first, getter(3, 'm'), invert(4, 2)];
        await expect(runWorkflow(device, { nodes, links }, { only: ['4'] })).rejects.toThrow(
          'node 4 (InvertMask), mask: required input is missing',
        );
      }
    });

    it(`${get} of a name that is set by what it sets runs in a circle`, async () => {
      const nodes = [setter(2, 1, 'm'), getter(3, 'm'), invert(4, 2)];
      const circle = [
        [1, 3, 0, 2, 0, 'MASK'],
        [2, 3, 0, 4, 0, 'MASK'],
      ];
      await expect(runWorkflow(device, { nodes, links: circle })).rejects.toThrow('its reroutes run in a circle');
    });
  }

  it('inside a subgraph, where it is set outside', async () => {
    const inner = {
      ...{ id: 'inner', name: 'inner', inputs: [], outputs: [{ name: 'MASK', type: 'MASK' }] },
      nodes: [node(1, 'GetNode', [], ['m']), invert(2, 1)],
      links: [
        { id: 1, origin_id: 1, origin_slot: 0, target_id: 2, target_slot: 0, type: 'MASK' },
        { id: 2, origin_id: 2, origin_slot: 0, target_id: -20, target_slot: 0, type: 'MASK' },
      ],
    };
    const nodes = [mask(1, 0.25), node(2, 'SetNode', [['MASK', 'MASK', 1]], ['m']), node(3, 'inner', []), invert(4, 2)];
    const links = [
      [1, 1, 0, 2, 0, 'MASK'],
      [2, 3, 0, 4, 0, 'MASK'],
    ];
    expect(await ends({ nodes, links, definitions: { subgraphs: [inner] } })).toEqual({ 4: twice });
  });
});

describe('what is muted or bypassed', () => {
  const chain = (more: object) => ({
    nodes: [mask(1, 0.25), node(2, 'Reroute', [['', '*', 1]], undefined, more), invert(3, 2)],
    links: [
      [1, 1, 0, 2, 0, 'MASK'],
      [2, 2, 0, 3, 0, 'MASK'],
    ],
  });

  it('passes its link on where it is a reroute', async () => {
    for (const mode of [0, 2, 4]) expect(await ends(chain({ mode }))).toEqual({ 3: rest });
  });

  it('passes on what the input that asks can take: the opposite one first, else the first of its type', async () => {
    const bypassed = (inputs: Socket[], outputs: string[]) => ({
      nodes: [
        mask(1, 0.25),
        mask(2, 0.5),
        node(3, 'Any', inputs, [], { mode: 4, outputs: outputs.map((type) => ({ name: type, type })) }),
        invert(4, 3),
      ],
      links: [
        [1, 1, 0, 3, 0, 'MASK'],
        [2, 2, 0, 3, 1, 'MASK'],
        [3, 3, outputs.length - 1, 4, 0, 'MASK'],
      ],
    });
    const passed = async (inputs: Socket[], outputs: string[]) => (await ends(bypassed(inputs, outputs)))[4];
    const half = [0.5, 0.5];
    expect(
      await passed(
        [
          ['a', 'MASK', 1],
          ['b', 'MASK', 2],
        ],
        ['MASK'],
      ),
    ).toEqual(rest);
    expect(
      await passed(
        [
          ['a', 'MASK', 1],
          ['b', 'MASK', 2],
        ],
        ['IMAGE', 'MASK'],
      ),
    ).toEqual(half);
    expect(
      await passed(
        [
          ['a', 'IMAGE', 1],
          ['b', 'MASK', 2],
        ],
        ['MASK'],
      ),
    ).toEqual(half);
    expect(
      await passed(
        [
          ['a', 'IMAGE,MASK', 1],
          ['b', 'MASK', 2],
        ],
        ['*'],
      ),
    ).toEqual(rest);
    expect(
      await passed(
        [
          ['a', 'IMAGE', 1],
          ['b', '*', 2],
        ],
        ['*'],
      ),
    ).toEqual(half);
  });
});

describe('what is only on the screen', () => {
  const screen = [
    ...['Note', 'MarkdownNote', 'Label (rgthree)', 'Bookmark (rgthree)', 'Fast Groups Muter (rgthree)'],
    ...['Fast Groups Bypasser (rgthree)', 'Anything Everywhere', 'PreviewAny'],
  ];
  const linked = ['PreviewAny', 'Display Any (rgthree)', 'Fast Muter (rgthree)'];

  it('is no unknown node, in either format', async () => {
    const nodes = [...screen.map((type, i) => node(10 + i, type, [], ['text'])), invert(4, null)];
    const api = Object.fromEntries(screen.map((class_type, i) => [10 + i, { class_type, inputs: {} }]));
    for (const graph of [
      { nodes, links: [] },
      { ...api, 4: { class_type: 'InvertMask', inputs: {} } },
    ]) {
      const { problems } = await runWorkflow(device, graph).catch((error) => error);
      expect(problems.map(({ type }: { type: string }) => type)).toEqual(['required_input_missing']);
    }
  });

  it('reads nothing: what it shows is an end', async () => {
    for (const type of linked) {
      const nodes = [mask(1, 0.25), invert(2, 1), node(3, type, [['source', '*', 2]])];
      const links = [
        [1, 1, 0, 2, 0, 'MASK'],
        [2, 2, 0, 3, 0, 'MASK'],
      ];
      expect(await ends({ nodes, links })).toEqual({ 2: rest });
      const api = {
        1: { class_type: 'SolidMask', inputs: { value: 0.25, width: 2, height: 1 } },
        2: { class_type: 'InvertMask', inputs: { mask: ['1', 0] } },
        3: { class_type: type, inputs: { source: ['2', 0] } },
      };
      expect(await ends(api)).toEqual({ 2: rest });
    }
  });
});

describe('Anything Everywhere', () => {
  const sender = (id: number, link: number, more: object = {}) =>
    node(id, 'Anything Everywhere', [['anything', '*', link]], [], more);
  const links = [[1, 1, 0, 2, 0, 'MASK']];

  it('is linked to every open input of its type', async () => {
    const nodes = [mask(1, 0.25), sender(2, 1), invert(3, null), invert(4, null), mask(5, 0.5)];
    expect(await ends({ nodes, links })).toEqual({ 3: rest, 4: rest, 5: [0.5, 0.5] });
  });

  it('leaves alone what is linked, other types, and what will not have it', async () => {
    const closed = invert(6, null, { properties: { rejects_ue_links: true } });
    const shut = invert(7, null, { properties: { ue_properties: { input_ue_unconnectable: { mask: true } } } });
    const drawn = [...links, [2, 5, 0, 3, 0, 'MASK']];
    const picture = node(8, 'ImageToMask', [['image', 'IMAGE', null]], ['red']);
    const nodes = [mask(1, 0.25), sender(2, 1), invert(3, 2), mask(5, 0.5), invert(9, null), closed, shut, picture];
    const { masks, skipped } = await runWorkflow(device, { nodes, links: drawn });
    expect(masks.map(({ id }) => id)).toEqual(['3', '9']);
    expect(skipped.map(({ id }) => id)).toEqual(['6', '7', '8']);
  });

  it('of several, the one with the most say is linked, and none where two have as much', async () => {
    const senders = (first: object, second: object) => ({
      nodes: [
        ...[mask(1, 0.25), mask(5, 0.5), sender(2, 1, { properties: { ue_properties: { version: '7.0', ...first } } })],
        sender(6, 2, { properties: { ue_properties: { version: '7.0', ...second } } }),
        invert(3, null, { title: 'take the half' }),
        invert(4, null),
      ],
      links: [...links, [2, 5, 0, 6, 0, 'MASK']],
    });
    const half = [0.5, 0.5];
    const linked = async (first: object, second: object) => {
      const { 3: three, 4: four } = await ends(senders(first, second));
      return [three, four];
    };
    expect(await linked({ priority: 5 }, { priority: 6 })).toEqual([half, half]);
    expect(await linked({}, { title_regex: 'half$' })).toEqual([half, rest]);
    expect(await linked({}, { title_regex: 'half$', title_regex_invert: true })).toEqual([rest, half]);
    const { skipped } = await runWorkflow(device, senders({}, {}));
    expect(skipped.map(({ id, why }) => [id, why])).toEqual([
      ['3', 'invalid'],
      ['4', 'invalid'],
    ]);
  });

  it('goes by group and colour where it says so', async () => {
    const place = (x: number) => ({ pos: [x, 0], size: { 0: 40, 1: 20 } });
    const inGroup = (group_restricted: number) => ({
      nodes: [
        ...[
          mask(1, 0.25),
          sender(2, 1, { ...place(10), properties: { ue_properties: { version: '7.0', group_restricted } } }),
        ],
        ...[invert(3, null, place(20)), invert(4, null, place(90))],
      ],
      links,
      groups: [{ title: 'masks', bounding: [0, -40, 80, 100] }],
    });
    expect(Object.keys(await ends(inGroup(0)))).toEqual(['3', '4']);
    expect(Object.keys(await ends(inGroup(1)))).toEqual(['3']);
    expect(Object.keys(await ends(inGroup(2)))).toEqual(['4']);
    const coloured = [
      ...[
        mask(1, 0.25),
        sender(2, 1, { color: '#232', properties: { ue_properties: { version: '7.0', color_restricted: 1 } } }),
      ],
      ...[invert(3, null, { color: '#232' }), invert(4, null)],
    ];
    expect(Object.keys(await ends({ nodes: coloured, links }))).toEqual(['3']);
  });

  it('of several of one type on one node, each goes where the input has its name', async () => {
    const two = node(2, 'Anything Everywhere3', [], [], {
      inputs: [
        { name: 'anything', label: 'mask', type: '*', link: 1 },
        { name: 'anything2', label: 'destination', type: '*', link: 2 },
      ],
    });
    const nodes = [mask(1, 0.25), mask(5, 0.5), two, invert(3, null)];
    expect(await ends({ nodes, links: [...links, [2, 5, 0, 2, 1, 'MASK']] })).toEqual({ 3: rest, 5: [0.5, 0.5] });
  });

  it('with patterns that would never end sends nothing', async () => {
    for (const title_regex of ['(a+)+$', '(.*)*b', '(', 'a*a*a*a*a*b', String.raw`(a)\1`, 'x'.repeat(300)]) {
      const one = sender(2, 1, { properties: { ue_properties: { version: '7.0', title_regex } } });
      const nodes = [mask(1, 0.25), one, invert(3, null, { title: 'a'.repeat(5000) }), mask(4, 0.5)];
      expect(await ends({ nodes, links })).toEqual({ 1: [0.25, 0.25], 4: [0.5, 0.5] });
    }
  });
});

describe('what front ends have left behind', () => {
  it('a second node of one id gets the next free number, and links from that id are the first one’s', async () => {
    const nodes = [mask(1, 0.25), invert(2, 1), invert(2, 2), invert(7, 3)];
    const links = [
      [1, 1, 0, 2, 0, 'MASK'],
      [2, 2, 0, 2, 0, 'MASK'],
      [3, 2, 0, 7, 0, 'MASK'],
    ];
    expect(await ends({ nodes, links, last_node_id: 11 })).toEqual({ 12: twice, 7: twice });
    expect(await ends({ nodes, links })).toEqual({ 8: twice, 7: twice });
  });

  it('links of nothing but nulls, and links that were removed, are none', async () => {
    const nodes = [mask(1, 0.25), node(2, 'LayerMask: ImageToMask', []), invert(3, 1), mask(4, 0.5)];
    const links = [null, [null, null, null, null, null, null], [1, 1, 0, 3, 0, 'MASK']];
    expect(await ends({ nodes: [nodes[0], nodes[2]], links })).toEqual({ 3: rest });
    const removed = { nodes: [mask(1, 0.25), invert(3, 9)], links };
    await expect(runWorkflow(device, removed, { only: ['3'] })).rejects.toThrow('required input is missing (MASK)');
  });
});
