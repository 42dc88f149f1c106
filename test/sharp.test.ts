// Other formats in Node are decoded by sharp if it is installed: complete, upright, all frames.
import { open } from 'chromask';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { noise } from './noise.js';
import { turned } from './turned.js';

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

  it('sharp gets to see no file of another format, even where it could decode it', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';
    expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
    const heic = Buffer.from('....ftypheic....mif1heic', 'latin1');
    const others = {
      svg: [Buffer.from(svg), Buffer.from(`<?xml version="1.0"?>${svg}`)],
      tiff: [await sharp(pixels, raw).tiff().toBuffer()],
      heic: [heic],
      bmp: [Buffer.from('BM......')],
      jxl: [Buffer.from('\xff\x0a......', 'latin1')],
    };
    for (const [format, files] of Object.entries(others)) {
      const message = `load: ${format} files are not decoded in Node, only PNG, JPEG, WebP, AVIF and GIF`;
      for (const file of files) await expect(device.load(file)).rejects.toMatchObject({ code: 'bad-format', message });
    }
    const hidden = [Buffer.from(` ${svg}`), Buffer.from(`<!-- -->${svg}`)];
    for (const file of hidden) await expect(device.load(file)).rejects.toThrow('the file is no picture');
  });

  it('an AVIF is one by any of its brands', async () => {
    const avif = await sharp(pixels, raw).avif().toBuffer();
    expect((await device.load(avif)).rgba.shape).toEqual([1, height, width, 4]);
    avif.write('mif1', 8, 'latin1');
    expect((await device.load(avif)).rgba.shape).toEqual([1, height, width, 4]);
  });

  it('a JPEG is turned upright by its EXIF orientation and has no alpha', async () => {
    const left = { create: { width: 8, height: 4, channels: 3, background: '#ff0000' } } as const;
    const jpeg = await sharp(left).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { image, mask } = await device.load(jpeg);
    expect([image.shape, mask.shape]).toEqual([
      [1, 8, 4, 3],
      [1, 8, 4],
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

  it('a picture above the limit is refused, frames counted together, and both numbers are named', async () => {
    const webp = await sharp(pixels, raw).webp().toBuffer();
    expect((await device.load(webp, { limits: { pixels: 16 * 12 } })).rgba.shape).toEqual([1, 12, 16, 4]);
    const message = "load: limits.pixels must be at least the picture's 192, got 191";
    await expect(device.load(webp, { limits: { pixels: 191 } })).rejects.toMatchObject({ code: 'limit', message });
    const strip = { width: 8, height: 24, channels: 3, pageHeight: 8 } as const;
    const frames = Buffer.concat([0, 1, 2].map((i) => Buffer.alloc(8 * 8 * 3, i * 100)));
    const gif = await sharp(frames, { raw: strip })
      .gif({ delay: [50, 50, 50] })
      .toBuffer();
    expect((await device.load(gif, { limits: { pixels: 192 } })).rgba.shape).toEqual([3, 8, 8, 4]);
    await expect(device.load(gif, { limits: { pixels: 191 } })).rejects.toMatchObject({ code: 'limit', message });
  });

  it('a broken picture is refused, and an aborted one is given up', async () => {
    const webp = await sharp(pixels, raw).webp().toBuffer();
    await expect(device.load(webp.subarray(0, 40))).rejects.toMatchObject({ code: 'bad-format' });
    const abort = new AbortController(),
      reason = new Error('enough');
    const loading = device.load(webp, { signal: abort.signal });
    setImmediate(() => abort.abort(reason));
    await expect(loading).rejects.toBe(reason);
  });

  for (const [orientation, rows] of Object.entries(turned)) {
    it(`a JPEG and a WebP are turned by EXIF orientation ${orientation}`, async () => {
      const blocks = new Uint8Array(48 * 32 * 3);
      for (let i = 0; i < 48 * 32; i++) blocks.fill((i / 48 < 16 ? 0 : 120) + ((i % 48) >> 4) * 40, i * 3, i * 3 + 3);
      const picture = () =>
        sharp(blocks, { raw: { width: 48, height: 32, channels: 3 } }).withMetadata({
          orientation: Number(orientation),
        });
      for (const file of [picture().jpeg({ quality: 95 }), picture().webp({ lossless: true })]) {
        const { image } = await device.load(await file.toBuffer());
        const [, h, w] = image.shape;
        const red = await image.channel('red').bytes();
        expect([h, w]).toEqual([rows.length * 16, rows[0].length * 16]);
        const seen = rows.map((row, y) => row.map((_, x) => Math.round(red[(y * 16 + 8) * w + x * 16 + 8] / 40)));
        expect(seen).toEqual(rows);
      }
    });
  }
});
