// Impact's SEGS split and joined: cases without recorded calls, worked out from the source.
import { describe, expect, it } from 'vitest';
import { runNode, runWorkflow } from '../../src/comfy/index.js';
import { type MaskBatch, open } from '../../src/index.js';
import { type Sketch, toApi } from '../comfy/sketch.js';

const device = await open({ device: 'wasm' });
const run = (name: string, inputs: Record<string, unknown>) => runNode(device, name, inputs);
const seg = (label: string, crop_region: number[], values: number[]) => {
  const [left, top, right, bottom] = crop_region;
  const mask = device.mask(Float32Array.from(values), [1, bottom - top, right - left]);
  return { label, confidence: 0.5, crop_region, bbox: crop_region, mask };
};
const full = (label: string, box: number[]) =>
  seg(label, box, Array((box[2] - box[0]) * (box[3] - box[1])).fill(1) as number[]);
const a = full('a', [0, 0, 2, 2]);
const b = full('b', [1, 0, 3, 2]);
const c = full('c', [3, 1, 4, 2]);
const segs = { size: [2, 4], segs: [a, b, c] };
const labels = (given: unknown): string[] => (given as typeof segs).segs.map(({ label }) => label);

describe('SEGS', () => {
  it('are put together if they are of one picture', async () => {
    const other = { size: [2, 5], segs: [full('other', [0, 0, 1, 1])] };
    const none = { size: [2, 4], segs: [] };
    const [made] = await run('ImpactSEGSConcat', {
      ...{ segs1: none, segs2: { ...segs, segs: [b] }, segs3: other, segs4: { ...segs, segs: [a, c] } },
    });
    expect(labels(made)).toEqual(['b', 'a', 'c']);
    expect((made as typeof segs).size).toEqual([2, 4]);
    expect(await run('ImpactSEGSConcat', { segs1: none })).toEqual([{ size: [0, 0], segs: [] }]);
  });

  it('are left out where others cover more than a share of them', async () => {
    const first = { size: [2, 4], segs: [a, c] };
    const second = { size: [2, 4], segs: [b] };
    // b covers half of a and nothing of c
    const left = async (ioa_threshold: number) =>
      labels((await run('ImpactSEGSIntersectionFilter', { segs1: first, segs2: second, ioa_threshold }))[0]);
    expect(await left(0.4)).toEqual(['c']);
    expect(await left(0.5)).toEqual(['a', 'c']);
    const large = { size: [3, 4], segs: [b] };
    expect(await run('ImpactSEGSIntersectionFilter', { segs1: first, segs2: large, ioa_threshold: 0.9 })).toMatchObject(
      [{ segs: [] }],
    );
  });

  it('are taken apart, changed and put together', async () => {
    const [header, elements] = (await run('ImpactDecomposeSEGS', { segs })) as [number[], unknown[]];
    expect([header, elements.length]).toEqual([[2, 4], 3]);
    const [, image, mask, region, bbox, wrapper, confidence, label] = await run('ImpactFrom_SEG_ELT', {
      seg_elt: elements[1],
    });
    expect([image, region, bbox, wrapper, confidence, label]).toEqual([
      ...[undefined, [1, 0, 3, 2], [1, 0, 3, 2], undefined, 0.5, 'b'],
    ]);
    expect([...(await (mask as MaskBatch).data())]).toEqual([1, 1, 1, 1]);
    expect(await run('ImpactFrom_SEG_ELT_crop_region', { crop_region: region })).toEqual([1, 0, 3, 2]);
    expect(await run('ImpactFrom_SEG_ELT_bbox', { bbox: [1.9, 0, 3, 2.5] })).toEqual([1, 0, 3, 2]);
    const [edited] = await run('ImpactEdit_SEG_ELT', { seg_elt: elements[1], label_opt: 'x', bbox_opt: [0, 0, 1, 1] });
    expect(edited).toMatchObject({ label: 'x', confidence: 0.5, bbox: [0, 0, 1, 1], crop_region: [1, 0, 3, 2] });
    const [whole] = await run('ImpactAssembleSEGS', { seg_header: [header], seg_elt: [elements[0], edited] });
    expect(labels(whole)).toEqual(['a', 'x']);
    await expect(run('ImpactFrom_SEG_ELT', { seg_elt: 3 })).rejects.toThrow('each of them an object');
    await expect(run('ImpactAssembleSEGS', { seg_header: [[2]], seg_elt: [a] })).rejects.toThrow('height and width');
  });

  it('are shown with their mask as alpha', async () => {
    const sketch: Sketch = {
      1: { type: 'EmptyImage', in: { width: 4, height: 2, batch_size: 1, color: 0x102030 } },
      2: { type: 'SolidMask', in: { value: 1, width: 4, height: 2 } },
      3: { type: 'MaskToSEGS', in: { mask: ['2', 0], drop_size: 1, crop_factor: 1 } },
      4: { type: 'SEGSPreview', in: { segs: ['3', 0], fallback_image_opt: ['1', 0], min_alpha: 0.2 } },
      5: { type: 'PreviewImage', in: { images: ['4', 0] } },
    };
    const { outputs } = await runWorkflow(device, toApi(sketch), { strict: true });
    expect(outputs[4].image.shape).toEqual([1, 2, 4, 4]);
    expect([...(await outputs[4].image.bytes()).subarray(0, 4)]).toEqual([0x10, 0x20, 0x30, 255]);
    expect(outputs[5].image.shape).toEqual([1, 2, 4, 3]);
    const [soft] = await run('SEGSPreview', {
      segs: { size: [1, 2], segs: [seg('a', [0, 0, 2, 1], [0.5, 0])] },
      fallback_image_opt: device.image(Float32Array.of(1, 0.5, 0.25, 1, 1, 1), [1, 1, 2, 3]),
    });
    expect([...(await (soft as MaskBatch[])[0].data())]).toEqual([0.5, 0.25, 0.125, 0, 0, 0]);
    expect(await run('SEGSPreview', { segs })).toEqual([[]]);
  });
});
