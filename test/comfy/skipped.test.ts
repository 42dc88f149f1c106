// Which parts of a workflow run, and which are left out and why. A server checks output nodes one by one and runs
// the valid ones; chromask also treats masks that nothing reads as outputs.
import { open } from 'chromask';
import { runWorkflow, type Skipped, type WorkflowError } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { toSaved } from './graphs.js';
import { type Sketch, toApi } from './sketch.js';

const device = await open({ device: 'wasm' });
const image = device.image(
  Uint8Array.from({ length: 12 }, (_, i) => i * 20),
  [1, 2, 2, 3],
);
const files = { 'a.png': image };
const formats = (sketch: Sketch) => [toApi(sketch), toSaved(sketch)];

const mask: Sketch = {
  1: { type: 'LoadImage', in: { image: 'a.png' } },
  2: { type: 'ImageToMask', in: { image: ['1', 0], channel: 'red' } },
  3: { type: 'InvertMask', in: { mask: ['2', 0] } },
};
const brief = (skipped: readonly Skipped[]) => skipped.map(({ id, why, missing }) => [id, why, missing?.id]).sort();

describe('one node that is not known', () => {
  const sketch: Sketch = {
    ...mask,
    4: { type: 'SAMLoader' },
    5: { type: 'SAMSegment', in: { sam: ['4', 0], image: ['1', 0] } },
    6: { type: 'GrowMask', in: { mask: ['5', 0], expand: 1 } },
    7: { type: 'MaskComposite', in: { destination: ['3', 0], source: ['6', 0] } },
    8: { type: 'MaskPreview', in: { mask: ['7', 0] } },
    9: { type: 'MaskPreview', in: { mask: ['3', 0] } },
  };

  it('stops nothing but what depends on it, and is named there', async () => {
    for (const graph of formats(sketch)) {
      const { masks, outputs, skipped } = await runWorkflow(device, graph, { files });
      expect(masks.map(({ id }) => id)).toEqual(['3']);
      expect(Object.keys(outputs)).toEqual(['9']);
      expect(brief(skipped)).toEqual(['6', '7', '8'].map((id) => [id, 'unknown', '5']));
      expect(skipped[0]).toEqual({
        ...{ id: '6', class_type: 'GrowMask', title: 'Grow Mask', why: 'unknown' },
        missing: { id: '5', class_type: 'SAMSegment' },
      });
    }
  });

  it('stops all of it where all of it is wanted', async () => {
    for (const graph of formats(sketch)) {
      await expect(runWorkflow(device, graph, { files, strict: true })).rejects.toThrow(
        'node 5 (SAMSegment): this node is not known here, and node 6 (GrowMask) depends on it',
      );
      await expect(runWorkflow(device, graph, { files, only: ['9', '7'] })).rejects.toThrow('(SAMSegment)');
      expect(Object.keys((await runWorkflow(device, graph, { files, only: ['9'] })).outputs)).toEqual(['9']);
    }
  });

  it('is told where it stops everything', async () => {
    const { 1: load, 4: loader, 5: segment, 6: grow } = sketch;
    for (const graph of formats({ 1: load, 4: loader, 5: segment, 6: grow })) {
      const error: WorkflowError = await runWorkflow(device, graph, { files }).catch((error) => error);
      expect(error.problems.map(({ id, type }) => [id, type])).toEqual([
        ['4', 'missing_node_type'],
        ['5', 'missing_node_type'],
      ]);
    }
  });
});

describe('what is wrong', () => {
  const sketch: Sketch = {
    ...mask,
    4: { type: 'PreviewImage' },
    5: { type: 'GrowMask', in: { mask: ['2', 0], expand: 1e6 } },
    6: { type: 'MaskPreview', in: { mask: ['5', 0] } },
    7: { type: 'LoadImageMask', in: { image: 'gone.png', channel: 'red' } },
  };

  it('is left out with what depends on it: an output that nothing is linked to, a value, a file', async () => {
    for (const graph of formats(sketch)) {
      const { masks, skipped } = await runWorkflow(device, graph, { files });
      expect(masks.map(({ id }) => id)).toEqual(['3']);
      expect(brief(skipped)).toEqual(['4', '5', '6', '7'].map((id) => [id, 'invalid', undefined]));
      const wrong = skipped.map(({ id, problems = [] }) => [id, problems[0].id, problems[0].input, problems[0].type]);
      expect(wrong.sort()).toEqual([
        ['4', '4', 'images', 'required_input_missing'],
        ['5', '5', 'expand', 'value_bigger_than_max'],
        ['6', '5', 'expand', 'value_bigger_than_max'],
        ['7', '7', 'image', 'custom_validation_failed'],
      ]);
    }
  });

  it('refuses the workflow where all of it is wanted, or where nothing is left of it', async () => {
    for (const graph of formats(sketch)) {
      const error: WorkflowError = await runWorkflow(device, graph, { files, strict: true }).catch((error) => error);
      expect(error.problems.map(({ id }) => id).sort()).toEqual(['4', '5', '7']);
    }
    const { 1: load, 2: red, 5: grow } = sketch;
    for (const graph of formats({ 1: load, 2: red, 5: grow })) {
      await expect(runWorkflow(device, graph, { files })).rejects.toThrow('node 5 (GrowMask), expand: must be between');
    }
  });

  it('is the caller’s mistake where the caller gave it, and refused', async () => {
    for (const graph of formats(mask)) {
      const inputs = { 2: { channel: 'gray' } };
      const more = { ...graph, ...('nodes' in graph ? {} : { 9: { class_type: 'SolidMask', inputs: {} } }) };
      await expect(runWorkflow(device, more, { files, inputs })).rejects.toThrow('node 2 (ImageToMask), channel: ');
    }
  });

  it('may be a circle, which stops what is in it and behind it', async () => {
    const circle: Sketch = {
      ...mask,
      4: { type: 'InvertMask', in: { mask: ['5', 0] } },
      5: { type: 'InvertMask', in: { mask: ['4', 0] } },
      6: { type: 'InvertMask', in: { mask: ['5', 0] } },
    };
    for (const graph of formats(circle)) {
      const { masks, skipped } = await runWorkflow(device, graph, { files });
      expect(masks.map(({ id }) => id)).toEqual(['3']);
      expect(skipped.map(({ id, problems }) => [id, problems?.[0].type]).sort()).toEqual(
        ['4', '5', '6'].map((id) => [id, 'dependency_cycle']),
      );
      await expect(runWorkflow(device, graph, { files, strict: true })).rejects.toThrow('it depends on itself');
      await expect(runWorkflow(device, graph, { files, only: ['6'] })).rejects.toThrow('it depends on itself');
    }
  });

  it('in thousands of circles is found soon', async () => {
    const many: Sketch = { ...mask };
    for (let i = 0; i < 3000; i++) many[`c${i}`] = { type: 'Any', in: { a: [`c${i + 1}`, 0], b: ['c0', 0] } };
    for (let i = 0; i < 3000; i++) many[`d${i}`] = { type: 'InvertMask', in: { mask: [`c${i}`, 0] } };
    const start = performance.now();
    await expect(runWorkflow(device, toApi(many), { files, strict: true })).rejects.toThrow('depends on itself');
    await expect(runWorkflow(device, toApi(many), { files, only: ['d0'] })).rejects.toThrow('is not known');
    expect((await runWorkflow(device, toApi(many), { files })).masks.length).toBe(1);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('a picture that ends in a node that is not known', () => {
  const video: Sketch = {
    ...mask,
    4: { type: 'MaskToImage', in: { mask: ['3', 0] } },
    5: { type: 'VHS_VideoCombine', in: { images: ['4', 0] } },
  };

  it('is given as what that node would have been given', async () => {
    for (const graph of formats(video)) {
      const { masks, outputs, skipped } = await runWorkflow(device, graph, { files });
      expect(masks).toEqual([]);
      expect(skipped).toEqual([]);
      expect(outputs).toMatchObject({
        5: { id: '5', class_type: 'VHS_VideoCombine', title: 'VHS_VideoCombine', input: 'images' },
      });
      const expected = image.channel('red').as('float32').invert().as('uint8').toGray();
      expect(await outputs[5].image.bytes()).toEqual(await expected.bytes());
    }
  });

  it('is one for each input, and none where it leads on, or where it was only loaded', async () => {
    const two: Sketch = {
      ...video,
      5: { type: 'Stitch', in: { image: ['4', 0], over: ['6', 0], original: ['1', 0] } },
      6: { type: 'MaskToImage', in: { mask: ['2', 0] } },
      7: { type: 'MaskToImage', in: { mask: ['2', 0] } },
      8: { type: 'ImageToMask', in: { image: ['7', 0], channel: 'red' } },
      9: { type: 'SaveAnimation', in: { images: ['7', 0] } },
    };
    for (const graph of formats(two)) {
      const { masks, outputs } = await runWorkflow(device, graph, { files });
      expect(masks.map(({ id }) => id)).toEqual(['8']);
      expect(Object.entries(outputs).map(([key, { id, input }]) => [key, id, input])).toEqual([
        ['5', '5', 'image'],
        ['5.over', '5', 'over'],
      ]);
    }
  });

  it('is none where the caller makes that node’s outputs and they are needed', async () => {
    const more: Sketch = {
      ...video,
      5: { type: 'Detail', in: { images: ['4', 0] } },
      6: { type: 'ImageToMask', in: { image: ['5', 0], channel: 'green' } },
    };
    for (const graph of formats(more)) {
      const { masks, outputs } = await runWorkflow(device, graph, { files, unsupported: () => [image] });
      expect(masks.map(({ id }) => id)).toEqual(['6']);
      expect(Object.keys(outputs)).toEqual([]);
    }
  });
});
