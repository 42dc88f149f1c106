// Cases of the inpaint nodes that recorded calls do not cover, from their source.
import { open } from 'chromask';
import { runNode } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';

const device = await open({ device: 'wasm' });
const image = device.image(new Float32Array(2 * 4 * 3).fill(1), [1, 2, 4, 3]);
const mask = device.mask(Float32Array.of(1, 1, 0, 0, 1, 1, 0, 0.99), [1, 2, 4]);

describe('inpaint nodes', () => {
  it('INPAINT_MaskedFill fills with gray from 0.99 on, or as OpenCV does, pictures of 3 channels alone', async () => {
    const [made] = await runNode(device, 'INPAINT_MaskedFill', { image, mask });
    const red = await made.channel('red').data();
    expect([...red]).toEqual([0.5, 0.5, 1, 1, 0.5, 0.5, 1, 0.5]);
    const clear = image.withAlpha(mask);
    for (const fill of ['telea', 'navier-stokes'] as const) {
      const [whole] = await runNode(device, 'INPAINT_MaskedFill', { image, mask, fill });
      expect(new Set(await whole.data())).toEqual(new Set([1]));
      await expect(runNode(device, 'INPAINT_MaskedFill', { image: clear, mask, fill })).rejects.toThrow('3 channels');
    }
    const two = device.solid({ width: 4, height: 2 });
    const masks = device.mask(new Float32Array(16), [2, 2, 4]);
    await expect(runNode(device, 'INPAINT_MaskedFill', { image, mask: masks })).rejects.toThrow(
      '1 masks, one for each',
    );
    await expect(
      runNode(device, 'INPAINT_MaskedFill', { image, mask: two.crop({ width: 3, height: 2 }) }),
    ).rejects.toThrow('4 x 2 like the image');
  });

  it('INPAINT_MaskBoundingBox looks at the first mask, and refuses one of zeros', async () => {
    expect(await runNode(device, 'INPAINT_MaskBoundingBox', { mask })).toEqual([0, 0, 4, 2]);
    const none = device.solid({ value: 0, width: 3, height: 3 });
    await expect(runNode(device, 'INPAINT_MaskBoundingBox', { mask: none })).rejects.toThrow('not empty');
  });

  it('INPAINT_DenoiseToCompositingMask wants its threshold above its offset', async () => {
    const run = runNode(device, 'INPAINT_DenoiseToCompositingMask', { mask, offset: 0.5, threshold: 0.5 });
    await expect(run).rejects.toThrow('threshold must be above offset (0.5)');
  });

  it('INPAINT_ExpandMask and INPAINT_ShrinkMask blur a picture smaller than the kernel', async () => {
    for (const blur_type of ['box', 'linear', 'gaussian'] as const) {
      const [made] = await runNode(device, 'INPAINT_ExpandMask', {
        mask: device.solid({ width: 2, height: 1 }),
        blur: 31,
        blur_type,
      });
      for (const value of await made.data()) expect(value).toBeCloseTo(1, 5);
    }
  });
});
