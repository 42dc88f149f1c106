// Custom nodes next to chromask's, with lists, numbered inputs and sockets, alone and in workflows.
import { describe, expect, it } from 'vitest';
import { core, node, nodes, objectInfo, pack, registry, runNode, runWorkflow } from '../../src/comfy/index.js';
import { MaskBatch, open } from '../../src/index.js';

const device = await open({ device: 'wasm' });
const mask = (...values: number[]) => device.mask(Float32Array.from(values), [1, 1, values.length]);
const common = { category: 'mine', module: 'custom_nodes.mine', about: 'For tests.' };
const maskInput = { type: 'MASK' } as const;
const number = { type: 'INT', default: 1, min: 0, max: 9 } as const;

const table = {
  Apart: node({
    ...common,
    title: 'Apart',
    inputs: { mask: maskInput },
    outputs: [
      ['MASK', 'masks', 'list'],
      ['INT', 'count'],
    ],
    run: ({ mask }) => [Array.from({ length: mask.shape[0] }, (_, b) => mask.at(b)), mask.shape[0]],
  }),
  Together: node({
    ...common,
    title: 'Together',
    inputs: { masks: maskInput, times: number },
    takesLists: true,
    outputs: [['MASK', 'mask']],
    run: ({ masks, times }) => [
      MaskBatch.cat(times.flatMap((many) => Array.from({ length: many }, () => masks).flat())),
    ],
  }),
  Numbers: node({
    ...common,
    title: 'Numbers',
    inputs: {},
    outputs: [['INT', 'numbers', 'list']],
    run: () => [[1, 2, 3]],
  }),
  Batch: node({
    ...common,
    title: 'Batch',
    inputs: { mask_1: maskInput },
    more: { prefix: 'mask_', input: { type: 'MASK', optional: true } },
    outputs: [['MASK', 'mask']],
    run: (_, { more }) => [MaskBatch.cat([...more.values()].filter((one) => one !== undefined))],
  }),
  Times: node({
    ...common,
    title: 'Times',
    also: ['Old Times'],
    inputs: { mask: maskInput, times: number, label: { type: 'STRING', default: 'x', forceInput: true } },
    outputs: [
      ['MASK', 'mask'],
      ['STRING', 'label'],
    ],
    run: ({ mask, times, label }) => [MaskBatch.cat(Array.from({ length: times }, () => mask)), `${label}${times}`],
  }),
};
const mine = registry(core, pack('mine', table));
const run = (name: string, inputs: Record<string, unknown>) => runNode(device, name, inputs, { registry: mine });
const values = async (one: unknown): Promise<number[]> => [...(await (one as MaskBatch).data())];

describe('registry(core, mine)', () => {
  it('has both, each node by all its names', async () => {
    expect(Object.keys(await nodes({ registry: mine, pack: 'mine' }))).toEqual(Object.keys(table));
    expect(Object.keys(await nodes({ registry: mine }))).toEqual([
      ...Object.keys(await nodes()),
      ...Object.keys(table),
    ]);
    expect(await mine.has('Old Times')).toBe(true);
    expect(await core.has('Times')).toBe(false);
    const [made, label] = await run('Old Times', { mask: mask(0.5), times: 2, label: 'y' });
    expect(await values(made)).toEqual([0.5, 0.5]);
    expect(label).toBe('y2');
    await expect(runNode(device, 'Times' as string, {})).rejects.toMatchObject({ code: 'unknown-node' });
  });

  it('loads a pack when one of its names is first asked for, and again where loading failed', async () => {
    const loads: string[] = [];
    const load = async () => {
      loads.push('once');
      if (loads.length === 1) throw new Error('the network');
      return { nodes: table };
    };
    const late = registry(core, pack('late', Object.keys(table), load));
    await runNode(device, 'InvertMask', { mask: mask(1) }, { registry: late });
    expect(loads).toEqual([]);
    const call = () => runNode(device, 'Numbers' as string, {}, { registry: late });
    await expect(call()).rejects.toThrow('the network');
    expect(await Promise.all([call(), call()])).toEqual([[[1, 2, 3]], [[1, 2, 3]]]);
    expect(loads.length).toBe(2);
  });

  it('is described as a server would', async () => {
    const info = await objectInfo({ registry: mine, pack: 'mine' });
    expect(info.Apart.output_is_list).toEqual([true, false]);
    expect(info.Together.input_is_list).toBe(true);
    expect(info.Times.input.required.label).toEqual(['STRING', { default: 'x', forceInput: true }]);
  });

  it('refuses what is no pack, no node, no registry, and a name twice', async () => {
    const wrong = (...given: unknown[]) => (pack as (...given: unknown[]) => unknown)(...given);
    expect(() => wrong('', {})).toThrow('pack: name must be a string');
    expect(() => wrong('a', 5)).toThrow('pack: nodes must be an object of nodes by name, or a list of names, got 5');
    expect(() => wrong('a', { B: {} })).toThrow('pack: node "B" must be what node() gives, got an object');
    for (const also of [null, 5, [5], 'B'])
      expect(() => wrong('a', { B: { ...table.Apart, also } })).toThrow('pack: node "B" must be what node() gives');
    expect(() => wrong('a', ['B'])).toThrow('pack: load must be a function, got undefined');
    expect(() => registry(core, {} as never)).toThrow('registry: packs must be what pack() or registry() gives');
    const twice = { InvertMask: table.Apart };
    const once = 'registry: names must be in one pack alone, got "InvertMask"';
    expect(() => registry(pack('once', twice), pack('twice', twice))).toThrow(once);
    const both = registry(core, pack('twice', twice));
    await expect(both.has('InvertMask')).rejects.toThrow(once);
    await expect(runNode(device, 'InvertMask', { mask: mask(1) }, { registry: both })).rejects.toThrow(once);
    for (const call of [
      () => nodes({ registry: {} as never }),
      () => objectInfo({ registry: {} as never }),
      () => runWorkflow(device, {}, { registry: {} as never }),
      () => runNode(device, 'InvertMask', { mask: mask(1) }, { registry: 5 as never }),
    ]) {
      await expect(call()).rejects.toThrow('registry must be what registry() gives');
    }
  });
});

describe('lists', () => {
  it('come from runNode as arrays, and go into nodes that take them', async () => {
    const [masks, count] = await run('Apart', { mask: MaskBatch.cat([mask(0), mask(1)]) });
    expect(count).toBe(2);
    expect(Array.isArray(masks)).toBe(true);
    const [joined] = await run('Together', { masks });
    expect(await values(joined)).toEqual([0, 1]);
    const [one] = await run('Together', { masks: mask(0.5), times: [2, 1] });
    expect(await values(one)).toEqual([0.5, 0.5, 0.5]);
  });

  const solid = (value: number) => ({ class_type: 'SolidMask', inputs: { value, width: 1, height: 1 } });

  it('run a node once for each element in a workflow, of a shorter one the last again', async () => {
    const graph = {
      a: solid(0),
      b: solid(0.5),
      batch: { class_type: 'Batch', inputs: { mask_1: ['a', 0], mask_2: ['b', 0] } },
      apart: { class_type: 'Apart', inputs: { mask: ['batch', 0] } },
      invert: { class_type: 'InvertMask', inputs: { mask: ['apart', 0] } },
      numbers: { class_type: 'Numbers', inputs: {} },
      text: { class_type: 'PrimitiveString', inputs: { value: 'z' } },
      times: { class_type: 'Times', inputs: { mask: ['invert', 0], times: ['numbers', 0], label: ['text', 0] } },
      all: { class_type: 'Together', inputs: { masks: ['times', 0] } },
    };
    const { masks, values: given } = await runWorkflow(device, graph, { registry: mine });
    expect(given.times[1]).toEqual(['z1', 'z2', 'z3']);
    expect((given.times[0] as MaskBatch[]).map(({ shape }) => shape[0])).toEqual([1, 2, 3]);
    expect(masks.map(({ id }) => id)).toEqual(['all']);
    expect(await values(masks[0].mask)).toEqual([1, 0.5, 0.5, 0.5, 0.5, 0.5]);
  });

  it('end in as many masks and pictures as they have', async () => {
    const graph = {
      a: solid(0.25),
      apart: { class_type: 'Apart', inputs: { mask: ['batch', 0] } },
      batch: { class_type: 'Batch', inputs: { mask_1: ['a', 0], mask_3: ['a', 0] } },
      shown: { class_type: 'MaskPreview', inputs: { mask: ['apart', 0] } },
    };
    const { masks, outputs } = await runWorkflow(device, graph, { registry: mine });
    expect(masks.map(({ id, slot }) => [id, slot])).toEqual([
      ['apart', 0],
      ['apart', 0],
    ]);
    expect(outputs.shown.images.length).toBe(2);
    expect(outputs.shown.image).toBe(outputs.shown.images[0]);
  });
});

describe('sockets', () => {
  const take = node({
    ...common,
    title: 'Take',
    inputs: {
      segs: { type: 'SEGS', optional: true },
      box: { type: 'BOX', optional: true },
      any: { type: '*', optional: true },
    },
    outputs: [
      ['SEGS', 'segs'],
      ['BOX', 'box'],
      ['*', 'any'],
    ],
    run: ({ segs, box, any }) => [segs, box, any],
  });
  const own = registry(core, pack('take', { Take: take }));
  const call = (inputs: Record<string, unknown>) => runNode(device, 'Take' as string, inputs, { registry: own });

  it('check what comes', async () => {
    const seg = { label: 'A', confidence: 1, crop_region: [0, 0, 2, 1], bbox: [0, 0, 1, 1] };
    const segs = { size: [1, 2], segs: [{ ...seg, mask: { data: new Float32Array(2), shape: [1, 1, 2] } }] };
    const [given, box, any] = await call({ segs, box: [1, 2, 3, 4], any: 'x' });
    expect(given).toMatchObject({ size: [1, 2], segs: [seg] });
    expect((given as { segs: { mask: unknown }[] }).segs[0].mask).toBeInstanceOf(MaskBatch);
    expect([box, any]).toEqual([[1, 2, 3, 4], 'x']);
    await expect(call({ box: [1, 2] })).rejects.toThrow('Take: box must be four numbers: left, top, right, bottom');
    await expect(call({ segs: {} })).rejects.toThrow('Take: segs must be SEGS');
    await expect(call({ segs: { size: [1, 2], segs: [{ ...seg, mask: 5 }] } })).rejects.toThrow(
      'Take: segs.mask must be a mask',
    );
    await expect(call({ segs: { size: [1, 2], segs: [5] } })).rejects.toThrow('Take: segs must be SEGS, each of them');
  });

  it('are linked as a server links them: `*` to everything, others to their own', async () => {
    const graph = {
      1: { class_type: 'SolidMask', inputs: {} },
      2: { class_type: 'Take', inputs: { any: ['1', 0] } },
      3: { class_type: 'InvertMask', inputs: { mask: ['2', 2] } },
      4: { class_type: 'Take', inputs: { box: ['1', 0] } },
    };
    await expect(runWorkflow(device, graph, { registry: own, strict: true, only: ['4'] })).rejects.toThrow(
      'must be BOX, but output 0 of node 1 (SolidMask) is MASK',
    );
    const { masks } = await runWorkflow(device, graph, { registry: own, only: ['3'] });
    expect(masks[0].id).toBe('3');
  });
});
