// Nodes of several small packs without recorded calls: cases from their source, and their refusals.
import { afterAll, describe, expect, it } from 'vitest';
import { runNode } from '../../src/comfy/index.js';
import { prepared } from '../../src/comfy/packs/cropandstitch/maskSteps.js';
import { open } from '../../src/index.js';

const device = await open({ device: 'wasm' });
afterAll(() => device.close());
const image = (width: number, height: number, channels = 3, batch = 1) =>
  device.image(new Uint8Array(batch * height * width * channels).fill(51), [batch, height, width, channels]);
const mask = (width: number, height: number, batch = 1, value = 1) =>
  device.mask(new Float32Array(batch * width * height).fill(value), [batch, height, width]);
const refused = (name: string, inputs: Record<string, unknown>) =>
  expect(runNode(device, name as string, inputs as never), name).rejects.toMatchObject({ name: 'ChromaskError' });

it('plain values, under all their names', async () => {
  expect(await runNode(device, 'JWInteger', { value: -7 })).toEqual([-7]);
  for (const name of ['DF_Integer', 'Integer']) {
    expect(await runNode(device, name as string, { Value: 2.75 })).toEqual([2]);
  }
  for (const name of ['DF_Get_image_size', 'Get image size']) {
    expect(await runNode(device, name as string, { image: image(5, 3) })).toEqual([5, 3]);
  }
  for (const name of ['DF_Image_scale_to_side', 'Image scale to side']) {
    const given = { image: image(8, 4), side_length: 6, side: 'Longest', upscale_method: 'nearest-exact' };
    const [made] = await runNode(device, name as string, given);
    expect((made as { shape: number[] }).shape).toEqual([1, 3, 6, 3]);
  }
});

it('refuses what the originals fail for', async () => {
  await refused('Int', { Number: '1.5' });
  await refused('Image scale to side', { image: image(8, 4), side_length: 0, side: 'Width' });
  await refused('CropByMask', { image: image(8, 4), mask: mask(8, 4, 1, 0) });
  await refused('CropByMask', { image: image(8, 4), mask: mask(8, 4, 2) });
  await refused('ER_TX_ZZCJ', { original_image: image(8, 4, 3, 2), original_mask: mask(8, 4) });
  await refused('ER_TX_ZZCJ', { original_image: image(1, 1), original_mask: mask(1, 1) });
  await refused('EG_ZZ_BYYH', { mask: mask(8, 4, 2) });
  await refused('Mask Bounding Box Aspect Ratio', { mask: mask(8, 4, 1, 0) });
  await refused('LanPaint_MaskBlend', { image1: image(8, 4), image2: image(4, 4), mask: mask(8, 4) });
  await refused('LanPaint_MaskBlend', { image1: image(8, 4), image2: image(8, 4), mask: mask(4, 4) });
  await refused('LanPaint_MaskBlend', { image1: image(8, 4), image2: image(8, 4), mask: mask(8, 4), blend_overlap: 2 });
  const place = { crop_x: 4, crop_y: 0, cropped_original_width: 6, cropped_original_height: 2 };
  await refused('ImageCropMerge', { cropped_image: image(2, 2), original_image: image(8, 4), ...place });
  await refused('BlurFusionForegroundEstimation', { images: image(8, 4), masks: mask(8, 4, 2) });
  await refused('BlurFusionForegroundEstimation', { images: image(8, 4, 4), masks: mask(8, 4) });
  const resized = { pixels: image(8, 4), smaller_side: 8 };
  await refused('ImageResize', { ...resized, larger_side: 8 });
  await refused('ImageResize', { pixels: image(8, 4), action: 'crop to ratio', side_ratio: '4/3' });
  await refused('ImageResize', { pixels: image(8, 4), scale_factor: 2, resize_mode: 'reduce size only' });
  const wide = { original_images: image(8, 4, 3, 2), replacement_images: image(6, 4) };
  await refused('ReplaceImagesInBatch', wide);
  await refused('ReplaceImagesInBatch', {
    original_images: image(4, 4, 3, 2),
    replacement_images: image(4, 4),
    start_index: 2,
  });
  await refused('Image Crop Location', { image: image(8, 4) });
  await refused('Image Levels Adjustment', { image: image(8, 4), black_level: 9, white_level: 9 });
  await refused('easy imageDetailTransfer', { target: image(4, 4), source: image(4, 4), blur_sigma: 2 });
  await refused('LayerFilter: DistortDisplace', { image: image(8, 4), material_image: image(4, 4) });
  const far = { image: image(4, 4), material_image: image(4, 4), distort_strength: 900 };
  await refused('LayerFilter: DistortDisplace', far);
});

it('takes no part in what is not chosen', async () => {
  const one = image(4, 4);
  expect(await runNode(device, 'CR Image Input Switch JK', { image_false: one, boolean_value: true })).toEqual([
    one,
    true,
  ]);
  await refused('CR Image Input Switch JK', { boolean_value: false });
});

describe('in the middle of a picture', () => {
  const size = 700;
  const far = (at: number): number => Math.hypot((at % size) - size / 2, Math.floor(at / size) - size / 2);
  const rings = Float32Array.from({ length: size * size }, (_, at) => ((far(at) * 3) % 256) / 255);
  const lines = Uint8Array.from({ length: size * size * 3 }, (_, i) => (Math.floor(i / 3) % 9 === 0 ? 255 : 0));

  /** The node is stopped once the numbers of a batch are read: what is left is computed here. */
  async function stopped(name: string, given: Record<string, unknown>, input: string): Promise<void> {
    const stop = new AbortController();
    for (const reading of ['data', 'bytes'] as const) {
      const batch = given[input] as Record<typeof reading, (options: unknown) => Promise<unknown>>;
      const read = batch[reading].bind(batch);
      const value = async (options: unknown) => {
        const values = await read(options);
        setTimeout(() => stop.abort());
        return values;
      };
      Object.defineProperty(batch, reading, { value });
    }
    const run = runNode(device, name, given as never, { signal: stop.signal });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  }

  it('InpaintCropImproved ends soon after its signal', async () => {
    const ways = { output_resize_to_target_size: false, mask_expand_pixels: 40, mask_blend_pixels: 64 };
    const given = { image: image(size, size), mask: device.mask(rings, [1, size, size]), ...ways };
    await stopped('InpaintCropImproved', given, 'mask');
  });

  it('HintImageEnchance JK ends soon after its signal', async () => {
    const to = { image_gen_width: 1024, image_gen_height: 1024 };
    await stopped('HintImageEnchance JK', { hint_image: device.image(lines, [1, size, size, 3]), ...to }, 'hint_image');
  });

  it('MaskMath ends soon after its signal', async () => {
    const mask = device.mask(rings, [1, size, size]);
    await stopped('MaskMath', { mask, operation: 'threshold_hysteresis', value_a: 0, value_b: 0.9 }, 'mask');
  });

  it('a mask is filled, grown and blurred in steps of some lines', () => {
    const disc = Float32Array.from({ length: size * size }, (_, at) => Number(far(at) < 200));
    const ways = { mask_fill_holes: true, mask_expand_pixels: 0, mask_invert: false, mask_hipass_filter: 0.1 };
    const steps = [...prepared({ data: disc, width: size, height: size }, { ...ways, mask_blend_pixels: 32 }, 'gpu')];
    // two passes that blur it go line by line; those that close and grow it take lines together
    expect(steps.length).toBeGreaterThan(2 * size);
  });
});

it('a picture or mask is written as its shape, wherever it is just now', async () => {
  const one = mask(3, 2).as('uint8');
  const before = await runNode(device, 'ImpactConvertDataType', { value: one });
  await one.bytes();
  expect(await runNode(device, 'ImpactConvertDataType', { value: one })).toEqual(before);
  expect(before[0]).toBe('[1, 2, 3]');
});

it('refuses what the bytes of a picture cannot give', async () => {
  await refused('HintImageEnchance JK', { hint_image: image(8, 4, 1) });
  await refused('LayerMask: PixelSpread', { image: image(1, 1) });
  const crop_data = { size: [2, 2], box: [0, 0, 2, 2] };
  await refused('Mask Paste Region', { mask: mask(4, 4, 2), crop_mask: mask(2, 2), crop_data });
  await refused('MaskCompositeAdvanced', { mask_a: mask(4, 4, 2), mask_b: mask(4, 4, 3) });
  await refused('BBoxToMask', { bbox: [] });
});
