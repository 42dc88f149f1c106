// Cases of the small packs that recorded calls do not cover, from their source.
import { open } from 'chromask';
import { runNode, runWorkflow } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';

const device = await open({ device: 'wasm' });
const picture = (value: number, width = 4, height = 4, count = 1) =>
  device.image(new Float32Array(count * height * width * 3).fill(value), [count, height, width, 3]);
const red = async (image: { channel(name: 'red'): { data(): Promise<Float32Array> } }) => [
  ...(await image.channel('red').data()),
];

describe('plain values', () => {
  it('LTXDimensionCalculator takes any two numbers, as the front end offers others than its table', async () => {
    const given = { ratio: '9:16 — TikTok, Reels, Shorts', orientation: 'Portrait', resolution: '1089x1920' };
    expect(await runNode(device, 'LTXDimensionCalculator', given)).toEqual([1089, 1920, 544, 960, '1089x1920']);
    await expect(runNode(device, 'LTXDimensionCalculator', { resolution: 'large' })).rejects.toThrow('an x between');
  });

  it('ETN_Parameter gives its default by its type', async () => {
    const value = async (type: 'toggle' | 'choice' | 'number (integer)', text: string) =>
      (await runNode(device, 'ETN_Parameter', { type, default: text }))[0];
    expect(await value('toggle', 'true')).toBe(true);
    expect(await value('toggle', 'False')).toBe(false);
    expect(await value('number (integer)', '-2.5')).toBe(-2);
    expect(await value('choice', 'none')).toBe('none');
    await expect(value('number (integer)', 'none')).rejects.toThrow('default must be a number');
  });
});

describe('places and lists', () => {
  it("of 'LayerUtility: XY to Percent' the middle of the layer counts", async () => {
    const given = { background_image: picture(0, 8, 4), layer_image: picture(0, 2, 2), x: 1, y: -1 };
    expect(await runNode(device, 'LayerUtility: XY to Percent', given)).toEqual([25, 0]);
  });

  it("of 'ImageBatchToList+' each picture comes by itself", async () => {
    const [all] = await runNode(device, 'ImageBatchToList+', { image: picture(0, 2, 2, 3) });
    expect(all.map(({ shape }) => shape)).toEqual(new Array(3).fill([1, 2, 2, 3]));
  });
});

describe('LayerStyle', () => {
  it("'LayerUtility: AnyRerouter' hands on what it was given", async () => {
    expect(await runNode(device, 'LayerUtility: AnyRerouter', { any: 'a' })).toEqual(['a']);
  });

  it('chance is refused, and a picture of one lightness stays as it is', async () => {
    await expect(runNode(device, 'LayerUtility: ImageHub', { random_output: true })).rejects.toThrow('chance');
    const image = device.image(new Uint8Array(4 * 4 * 3).fill(128), [1, 4, 4, 3]);
    const [made] = await runNode(device, 'LayerColor: AutoBrightness', { image, saturation: 0 });
    expect(await made.bytes()).toEqual(await image.bytes());
  });
});

describe('single nodes', () => {
  it("numbers come as they are: of 'DF_Sum', 'floatToInt _O', 'intToFloat _O' and 'TextInput_'", async () => {
    expect(await runNode(device, 'DF_Sum', { Value_A: 2.5, Value_B: -1 })).toEqual([1.5]);
    expect(await runNode(device, 'floatToInt _O', { float: 2.75 })).toEqual([2]);
    expect(await runNode(device, 'intToFloat _O', { int: 7 })).toEqual([7]);
    expect(await runNode(device, 'TextInput_', { text: 'a' })).toEqual(['a']);
  });

  it("of 'Color' the text, its parts and its alpha come", async () => {
    expect(await runNode(device, 'Color', { color: '#00BCD4B3' })).toEqual(['#00BCD4', 0, 188, 212, 0.7]);
    expect(await runNode(device, 'Color', { color: '#102030' })).toEqual(['#102030', 16, 32, 48, 1]);
    await expect(runNode(device, 'Color', { color: 'red' })).rejects.toThrow('#rrggbb');
  });

  it("'IsMaskEmpty' asks for zeros, and 'If ANY execute A else B' takes what is asked for", async () => {
    const empty = device.solid({ width: 4, height: 4, value: 0 });
    expect(await runNode(device, 'IsMaskEmpty', { mask: empty })).toEqual([1]);
    expect(await runNode(device, 'IsMaskEmpty', { mask: device.solid({ width: 4, height: 4 }) })).toEqual([0]);
    const either = { IF_TRUE: 'a', IF_FALSE: 'b' };
    expect(await runNode(device, 'If ANY execute A else B', { ANY: 1, ...either })).toEqual(['a']);
    expect(await runNode(device, 'If ANY execute A else B', { ANY: '', ...either })).toEqual(['b']);
  });
});

describe('SEGSPaste', () => {
  const seg = (image?: unknown) => ({
    ...{ label: 'a', confidence: 1, crop_region: [1, 1, 3, 3], bbox: [1, 1, 3, 3] },
    mask: { data: Float32Array.of(1, 0.5, 0, 1), shape: [1, 2, 2] },
    ...(image ? { image } : {}),
  });
  const segs = (image?: unknown) => ({ size: [4, 4], segs: [seg(image)] }) as never;

  it('puts the picture of each region through its mask, times alpha', async () => {
    const [made] = await runNode(device, 'SEGSPaste', { image: picture(0), segs: segs(picture(1, 2, 2)), feather: 0 });
    expect(await red(made)).toEqual([0, 0, 0, 0, 0, 1, 0.5, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
    const half = { image: picture(0), segs: segs(), ref_image_opt: picture(1), feather: 0, alpha: 51 };
    const [dim] = await runNode(device, 'SEGSPaste', half);
    expect((await red(dim)).map((x) => Math.round(x * 10))).toEqual([0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0]);
  });

  it('leaves what has no picture, and refuses too few pictures', async () => {
    const [same] = await runNode(device, 'SEGSPaste', { image: picture(0.25), segs: segs() });
    expect(new Set(await red(same))).toEqual(new Set([0.25]));
    const few = { image: picture(0, 4, 4, 2), segs: segs(picture(1, 2, 2)) };
    await expect(runNode(device, 'SEGSPaste', few)).rejects.toThrow('2 pictures of 3 channels');
  });

  it('brings regions to the size of the picture, and their masks and pictures with them', async () => {
    const large = { size: [8, 8], segs: [{ ...seg(picture(1, 4, 4)), crop_region: [2, 2, 6, 6] }] } as never;
    const [made] = await runNode(device, 'SEGSPaste', { image: picture(0), segs: large, feather: 0 });
    expect(await red(made)).toEqual([0, 0, 0, 0, 0, 1, 0.5, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
  });
});

describe('what shows and hands on', () => {
  it("of 'AILab_Preview', 'AILab_ImagePreview', 'AILab_MaskPreview' and 'CR Image Output' the outputs come as they are", async () => {
    const [image, mask] = [picture(1), device.solid({ width: 4, height: 4 })];
    expect(await runNode(device, 'AILab_ImagePreview', { image })).toEqual([image]);
    expect(await runNode(device, 'AILab_MaskPreview', { mask })).toEqual([mask]);
    expect(await runNode(device, 'AILab_Preview', { mask })).toEqual([undefined, mask]);
    await expect(runNode(device, 'AILab_Preview')).rejects.toThrow('a picture or a mask');
    expect(await runNode(device, 'CR Image Output', { images: image, trigger: true })).toEqual([true]);
    expect((await runNode(device, 'ImpactImageBatchToImageList', { image }))[0]).toHaveLength(1);
  });

  it('a workflow has both: what is shown, and what goes on', async () => {
    const graph = {
      1: { class_type: 'SolidMask', inputs: { value: 1, width: 4, height: 4 } },
      2: { class_type: 'AILab_MaskPreview', inputs: { mask: ['1', 0] } },
      3: { class_type: 'InvertMask', inputs: { mask: ['2', 0] } },
    };
    const { outputs, masks, values } = await runWorkflow(device, graph);
    expect(await red(outputs[2].image)).toEqual(new Array(16).fill(1));
    expect(masks.map(({ id }) => id)).toEqual(['3']);
    expect(values[2]).toHaveLength(1);
    expect(await masks[0].mask.data()).toEqual(new Float32Array(16));
  });
});
