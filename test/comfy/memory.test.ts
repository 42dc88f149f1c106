// The memory of a run: arrays are copied once, pictures move out of the device while memory is short, and a signal
// gets one listener.
import { open } from 'chromask';
import { runWorkflow, type UnknownNode } from 'chromask/comfy';
import { encode } from 'chromask/png';
import { describe, expect, it } from 'vitest';
import { type Sketch, toApi } from './sketch.js';

const side = 256;
const bytes = side * side * 3 * 4;
/** A picture of one value, as a host would give it. */
const flat = (value: number) => ({ data: new Float32Array(side * side * 3).fill(value), shape: [1, side, side, 3] });

describe('arrays that the caller gives', () => {
  const readers: Sketch = { 1: { type: 'Decode' }, 2: { type: 'Decode' } };
  for (let i = 0; i < 20; i++) {
    readers[`m${i}`] = { type: 'ImageToMask', in: { image: [String(1 + (i % 2)), 0], channel: 'red' } };
  }

  it('are taken in once, however many nodes read them, and though they are given twice', async () => {
    const device = await open({ device: 'wasm' });
    const picture = flat(0.5);
    const { masks } = await runWorkflow(device, toApi(readers), { unsupported: () => [picture] });
    expect(masks.length).toBe(20);
    expect(device.stats().heldBytes).toBe(bytes);
    expect((await masks[7].mask.data())[0]).toBe(0.5);
    device.close();
  });

  it('are read anew where the caller has filled one again', async () => {
    const device = await open({ device: 'wasm' });
    const picture = flat(0);
    const unsupported = async (node: UnknownNode): Promise<unknown[]> => {
      if (node.id === '3') await node.input('mask');
      picture.data.fill(node.id === '1' ? 0.25 : 0.75);
      return [picture];
    };
    const sketch: Sketch = {
      1: { type: 'Decode' },
      2: { type: 'ImageToMask', in: { image: ['1', 0], channel: 'red' } },
      3: { type: 'Decode', in: { mask: ['2', 0] } },
      4: { type: 'ImageToMask', in: { image: ['3', 0], channel: 'red' } },
    };
    const { values } = await runWorkflow(device, toApi(sketch), { unsupported, only: ['2', '4'] });
    for (const [id, value] of [
      ['2', 0.25],
      ['4', 0.75],
    ] as const) {
      const [mask] = values[id] as [{ data(): Promise<Float32Array> }];
      expect((await mask.data())[0]).toBe(value);
    }
    device.close();
  });
});

describe('a device with little memory', () => {
  it('runs a workflow whose pictures are more than it holds, and gives every mask of it', async () => {
    const device = await open({ device: 'wasm', limits: { memory: 4 * bytes } });
    const sketch: Sketch = {};
    for (let i = 0; i < 12; i++) {
      sketch[`d${i}`] = { type: 'Decode' };
      sketch[`m${i}`] = { type: 'ImageToMask', in: { image: [`d${i}`, 0], channel: 'red' } };
    }
    const unsupported = ({ id }: UnknownNode) => [flat(Number(id.slice(1)) / 16)];
    const { masks } = await runWorkflow(device, toApi(sketch), { unsupported });
    for (const { id, mask } of [...masks, ...masks]) expect((await mask.data())[5]).toBe(Number(id.slice(1)) / 16);
    expect(device.stats().heldBytes).toBeLessThanOrEqual(4 * bytes);
    device.close();
  });

  it('runs a workflow whose nodes make more than it holds, by the host or by themselves', async () => {
    const device = await open({ device: 'wasm', limits: { memory: 2 ** 20 } });
    const sketch: Sketch = {};
    for (let i = 0; i < 24; i++) {
      sketch[`d${i}`] = { type: 'Decode' };
      // measures what it is given, and makes a mask of numbers
      sketch[`n${i}`] = { type: 'CreateShapeMask', in: { frame_width: side, frame_height: side, location_x: i } };
      sketch[`e${i}`] = {
        type: 'MaskComposite',
        in: { destination: [`d${i}`, 0], source: [`n${i}`, 0], operation: 'or' },
      };
    }
    // batches of the host's own, which it keeps no hold of
    const unsupported = ({ id }: UnknownNode) => {
      const mask = new Uint8Array(side * side);
      mask[Number(id.slice(1))] = 255;
      return [device.mask(mask, [1, side, side])];
    };
    const { masks } = await runWorkflow(device, toApi(sketch), { unsupported });
    expect(masks.length).toBe(24);
    for (const { id, mask } of masks) {
      const [first] = [...(await mask.bytes()).entries()].find(([, value]) => value === 255) ?? [];
      expect(first).toBe(Number(id.slice(1)));
    }
    expect(device.stats().heldBytes).toBeLessThanOrEqual(2 ** 20);
    device.close();
  });

  it('runs one workflow after another, though its host never yields', async () => {
    const device = await open({ device: 'wasm', limits: { memory: 2 ** 20 } });
    const file = await encode({
      width: side,
      height: side,
      channels: 4,
      data: new Uint8Array(side * side * 4).fill(9),
    });
    const graph = toApi({
      1: { type: 'LoadImage', in: { image: 'a.png' } },
      2: { type: 'ImageToMask', in: { image: ['1', 0], channel: 'red' } },
    });
    const kept = [];
    for (let i = 0; i < 20; i++) {
      const { masks } = await runWorkflow(device, graph, { files: { 'a.png': file } });
      kept.push(masks[0].mask);
    }
    for (const mask of kept) expect((await mask.bytes())[3]).toBe(9);
    device.close();
  });

  it('refuses what the caller takes in by hand, as before', async () => {
    const device = await open({ device: 'wasm', limits: { memory: 2 ** 20 } });
    const made = Array.from({ length: 4 }, () => device.mask(new Uint8Array(2 ** 18), [512, 512]));
    expect(() => device.mask(new Uint8Array(1), [1, 1])).toThrow('limits.memory');
    expect((await made[3].bytes())[0]).toBe(0);
    device.close();
  });
});

describe('a signal', () => {
  it('has one listener, however many wait for it, and none afterwards', async () => {
    const { signal } = new AbortController();
    let now = 0;
    let most = 0;
    const { addEventListener, removeEventListener } = signal;
    const all = new Set<unknown>();
    const count = (): void => {
      now = all.size;
      most = Math.max(most, now);
    };
    signal.addEventListener = (...given: Parameters<typeof addEventListener>) => {
      all.add(given[1]);
      count();
      addEventListener.apply(signal, given);
    };
    signal.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
      all.delete(given[1]);
      count();
      removeEventListener.apply(signal, given);
    };
    const sketch: Sketch = { n0: { type: 'Start' } };
    for (let i = 1; i < 300; i++) sketch[`n${i}`] = { type: 'Pass', in: { on: [`n${i - 1}`, 0] } };
    sketch.end = { type: 'ImageToMask', in: { image: ['n299', 0], channel: 'blue' } };
    const device = await open({ device: 'wasm' });
    const picture = flat(0.5);
    const unsupported = async (node: UnknownNode) => [node.class_type === 'Start' ? picture : await node.input('on')];
    const { masks } = await runWorkflow(device, toApi(sketch), { unsupported, signal });
    await Promise.all(Array.from({ length: 30 }, () => masks[0].mask.data({ signal })));
    expect([most, now]).toEqual([1, 0]);
    device.close();
  });
});
