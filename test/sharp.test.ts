// Other formats in Node come through sharp where it is installed: whole, upright, all frames.
import { open } from 'chromask';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { noise } from './noise.js';

const device = await open({ device: 'wasm' });
const [width, height] = [16, 12];
const pixels = noise(width * height * 4, 21).map((value, i) => (i % 4 === 3 ? value % 3 : value));
const raw = { raw: { width, height, channels: 4 } } as const;

describe('through sharp', () => {
  it('a lossless WebP keeps the colour under low alpha', async () => {
    const faint = pixels.map((value, i) => (i % 4 === 3 ? value + 1 : value)); // its encoder clears what alpha 0 hides
    const { rgba, mask } = await device.load(await sharp(faint, raw).webp({ lossless: true }).toBuffer());
    expect(await rgba.bytes()).toEqual(faint);
    expect(mask.shape).toEqual([1, height, width]);
  });

  it('a TIFF comes byte for byte', async () => {
    const { rgba } = await device.load(await sharp(pixels, raw).tiff({ compression: 'none' }).toBuffer());
    expect(await rgba.bytes()).toEqual(pixels);
  });

  it('a JPEG is turned upright by its EXIF orientation and has no alpha', async () => {
    const left = { create: { width: 8, height: 4, channels: 3, background: '#ff0000' } } as const;
    const jpeg = await sharp(left).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { image, mask } = await device.load(jpeg);
    expect([image.shape, mask.shape]).toEqual([
      [1, 8, 4, 3],
      [1, 64, 64],
    ]);
    expect((await image.channel('red').bytes()).every((byte) => byte > 250)).toBe(true);
  });

  it('the frames of a GIF become the batch', async () => {
    const frames = Buffer.concat([0, 1, 2].map((i) => Buffer.alloc(8 * 8 * 3, i * 100)));
    const strip = sharp(frames, { raw: { width: 8, height: 24, channels: 3, pageHeight: 8 } });
    const { image } = await device.load(await strip.gif({ delay: [50, 50, 50] }).toBuffer());
    expect(image.shape).toEqual([3, 8, 8, 3]);
    expect([...(await image.channel('green').bytes())].filter((_, i) => i % 64 === 0)).toEqual([0, 100, 200]);
  });

  it('a picture above the limit is refused, and so is a broken one', async () => {
    const webp = await sharp(pixels, raw).webp().toBuffer();
    await expect(device.load(webp, { limits: { pixels: 100 } })).rejects.toMatchObject({ name: 'ChromaskError' });
    await expect(device.load(webp.subarray(0, 40))).rejects.toMatchObject({ code: 'bad-format' });
  });
});
