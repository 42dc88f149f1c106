// Everything that `device.load` takes in Node, and its results: LoadImage's picture and mask.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ChromaskError, ImageBatch, MaskBatch, open } from 'chromask';
import { runNode } from 'chromask/comfy';
import { decode, encode, encodeApng, readText } from 'chromask/png';
import { describe, expect, it } from 'vitest';
import { readCases } from './golden/read.js';
import { noise } from './noise.js';
import { chunk, file, idat, iend, ihdr, write } from './png/writer.js';
import { turned } from './turned.js';

const device = await open({ device: 'wasm' });
const bits = (floats: Float32Array): Uint32Array => new Uint32Array(floats.buffer, floats.byteOffset, floats.length);

describe('LoadImage, as recorded', () => {
  for (const { id, inputs, outputs } of readCases().filter(({ node }) => node === 'LoadImage')) {
    it(`${id} ${inputs.file.name}`, async () => {
      const { rgba } = await device.load(inputs.file.data as Uint8Array);
      const [image, mask] = await runNode(device, 'LoadImage', { image: inputs.file.data as Uint8Array });
      if (!(image instanceof ImageBatch && mask instanceof MaskBatch)) throw new Error('not what LoadImage gives');
      expect([image.shape, mask.shape]).toEqual([outputs.image.shape, outputs.mask.shape]);
      expect(bits(await image.data())).toEqual(bits(outputs.image.data as Float32Array));
      expect(bits(await mask.data())).toEqual(bits(outputs.mask.data as Float32Array));
      expect(await rgba.bytes()).toEqual(new Uint8Array(outputs.rgba.data));
    });
  }
});

describe('the same picture', async () => {
  const pixels = noise(5 * 4 * 4, 99); // alpha of every value, colour under it
  const png = await encode({ width: 5, height: 4, channels: 4, bitDepth: 8, data: pixels });
  const path = join(mkdtempSync(join(tmpdir(), 'chromask-')), 'a b.png');
  writeFileSync(path, png);
  const padded = new Uint8Array(png.length + 10);
  padded.set(png, 7);
  const shared = new SharedArrayBuffer(png.length);
  new Uint8Array(shared).set(png);
  const forms = {
    'a Uint8Array': png,
    'a view into a larger buffer': padded.subarray(7, 7 + png.length),
    'a DataView': new DataView(padded.buffer, 7, png.length),
    'an ArrayBuffer': png.buffer,
    'a SharedArrayBuffer': shared,
    'a Blob': new Blob([png]),
    'a File': new File([png], 'x.png'),
    'a Response': new Response(png),
    'a path': path,
    'a file URL': pathToFileURL(path),
    'a file URL in text': pathToFileURL(path).href,
    'a data URL': `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
    'its raw pixels': { data: pixels, width: 5, height: 4, channels: 4 as const },
  };
  for (const [name, source] of Object.entries(forms)) {
    it(`comes whole from ${name}`, async () => {
      const { rgba, image, mask, lossy } = await device.load(source);
      expect(await rgba.bytes()).toEqual(pixels);
      expect(await image.bytes()).toEqual(pixels.filter((_, i) => i % 4 !== 3));
      expect([mask.shape, mask.polarity, lossy]).toEqual([[1, 4, 5], 'transparent', false]);
    });
  }

  it('gray and colour without alpha come as opaque, with a mask of their size in which nothing is masked', async () => {
    const gray = await device.load({ data: Uint8Array.of(1, 2), width: 2, height: 1, channels: 1 });
    expect([...(await gray.rgba.bytes())]).toEqual([1, 1, 1, 255, 2, 2, 2, 255]);
    expect([gray.alpha, gray.mask.shape, (await gray.mask.data()).some(Boolean)]).toEqual([false, [1, 1, 2], false]);
    expect([...(await gray.image.channel('red').multiply(gray.mask.invert()).bytes())]).toEqual([1, 2]);
    const frames = [1, 2, 3].map((v) => ({ data: new Uint8Array(8).fill(v).fill(255, 3, 4).fill(255, 7), delay: 1 }));
    const bytes = await encodeApng({ width: 2, height: 1, frames }, { level: 'fast' });
    expect((await device.load(bytes)).mask.shape).toEqual([3, 1, 2]);
    const color = await device.load({ data: Uint8Array.of(1, 2, 3), width: 1, height: 1, channels: 3 });
    expect([...(await color.rgba.bytes())]).toEqual([1, 2, 3, 255]);
  });

  it('a palette’s tRNS is alpha to LoadImage, one transparent colour of gray or RGB is not; the bytes have both', async () => {
    const size = { width: 3, height: 1, depth: 8, sample: (x: number) => x };
    const palette = [0, 1, 2].map((v) => [v, v, v]);
    for (const [spec, has] of [
      [{ ...size, colorType: 3, palette, transparency: [255, 0] }, true],
      [{ ...size, colorType: 0, transparency: [0, 1] }, false],
      [{ ...size, colorType: 2, transparency: [0, 1, 0, 1, 0, 1] }, false],
    ] as const) {
      const bytes = write(spec as never);
      const { alpha, mask, rgba } = await device.load(bytes);
      expect(alpha, `colour type ${spec.colorType}`).toBe(has);
      expect([...(await mask.bytes())]).toEqual(has ? [0, 255, 0] : [0, 0, 0]);
      const [, marked] = await runNode(device, 'LoadImage', { image: bytes });
      expect((marked as MaskBatch).shape).toEqual(has ? [1, 1, 3] : [1, 64, 64]);
      expect([...(await rgba.channel('alpha').bytes())]).toEqual([255, 0, 255]);
      const [loaded] = await runNode(device, 'LoadImageMask', { image: bytes }, { compat: 'comfy-2025' });
      expect([...(await (loaded as MaskBatch).data())]).toEqual([0, 1, 0]);
    }
  });

  it('with its mask as alpha keeps every byte of its colour', async () => {
    const { image } = await device.load(png);
    const alpha = device.mask(noise(20, 4), [4, 5]);
    const { data } = await decode(await image.withAlpha(alpha).toPng(), { format: 'rgba8' });
    const expected = pixels.slice();
    noise(20, 4).forEach((value, i) => {
      expected[i * 4 + 3] = value;
    });
    expect(data).toEqual(expected);
  });
});

describe('orientation', () => {
  it('is read behind the letters that JPEG has in front of it', async () => {
    const block = Buffer.from('45786966000049492a00080000000100120103000100000006000000', 'hex');
    const png = file(ihdr(3, 2, 8, 0), chunk('eXIf', block), idat([0, 0, 1, 2, 0, 3, 4, 5]), iend);
    const { image } = await device.load(new Uint8Array(png));
    expect([...(await image.channel('red').bytes())]).toEqual(turned[6].flat());
  });
  for (const [orientation, rows] of Object.entries(turned)) {
    for (const little of [true, false]) {
      it(`${orientation} is applied as Pillow applies it (${little ? 'little' : 'big'}-endian)`, async () => {
        const exif = Buffer.from(little ? '49492a0008000000' : '4d4d002a00000008', 'hex');
        const entry = little ? '0100120103000100000000000000' : '0001011200030000000100000000';
        const block = Buffer.concat([exif, Buffer.from(entry, 'hex'), Buffer.alloc(4)]);
        block[little ? 18 : 19] = Number(orientation);
        const png = file(ihdr(3, 2, 8, 0), chunk('eXIf', block), idat([0, 0, 1, 2, 0, 3, 4, 5]), iend);
        const { image } = await device.load(new Uint8Array(png));
        expect([image.shape[1], image.shape[2]]).toEqual([rows.length, rows[0].length]);
        expect([...(await image.channel('red').bytes())]).toEqual(rows.flat());
      });
    }
  }
});

describe('animation', () => {
  it('frames become the batch', async () => {
    const frames = [3, 4, 5].map((seed) => ({ data: noise(6 * 5 * 4, seed), delay: 40 }));
    const { rgba } = await device.load(await encodeApng({ width: 6, height: 5, frames }));
    expect(rgba.shape).toEqual([3, 5, 6, 4]);
    expect(await rgba.bytes()).toEqual(new Uint8Array(frames.flatMap(({ data }) => [...data])));
  });
});

describe('refusals', () => {
  const refused = async (source: unknown, options?: object): Promise<ChromaskError> => {
    const error = await device.load(source as Blob, options).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ChromaskError);
    return error as ChromaskError;
  };
  for (const source of [
    undefined,
    null,
    3,
    {},
    [],
    Symbol('x'),
    '',
    { data: 3, width: 1, height: 1 },
    new Float32Array(0),
  ]) {
    it(`refuses ${String(typeof source === 'object' ? JSON.stringify(source) : String(source))}`, () =>
      refused(source));
  }
  it('raw pixels of the wrong length', async () => {
    expect((await refused({ data: new Uint8Array(5), width: 1, height: 1 })).code).toBe('bad-shape');
  });
  it('a path that is not there', async () => expect((await refused('/nowhere/x.png')).code).toBe('missing'));
  it('a file that is no picture', async () =>
    expect((await refused(Buffer.from('hello there'))).code).toBe('bad-format'));
  it('a page in the place of a picture, with its address and type', async () => {
    const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<html>')).listen(0);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.png`;
    for (const source of [url, new URL(url), await fetch(url)]) {
      expect((await refused(source)).message).toBe(`load: ${url} (text/html) is no picture, 6 bytes`);
    }
    server.close();
    expect((await refused(Buffer.from('hello'))).message).toBe('load: the file is no picture, 5 bytes');
  });
  it('a picture above the limit names both numbers', async () => {
    const { code, message } = await refused(resolve('sample.png'), { limits: { pixels: 640 * 420 - 1 } });
    expect([code, message]).toEqual(['limit', expect.stringMatching(/268799.*268800|268800.*268799/)]);
    expect((await device.load(resolve('sample.png'), { limits: { pixels: 640 * 420 } })).rgba.shape).toEqual([
      1, 420, 640, 4,
    ]);
  });
  it('a load that is aborted on its way rejects with the reason, wherever it is', async () => {
    const slow = Uint8Array.from({ length: 16e6 }, (_, i) => (i >> 12) + (Math.imul(i, 2654435761) >>> 29));
    const large = await encode({ width: 4000, height: 4000, channels: 1, data: slow });
    const path = join(mkdtempSync(join(tmpdir(), 'chromask-')), 'large.png');
    writeFileSync(path, large);
    for (const source of [large, path, new Blob([large]), pathToFileURL(path)]) {
      const [abort, reason] = [new AbortController(), new Error('enough')];
      const loading = device.load(source, { signal: abort.signal });
      setTimeout(() => abort.abort(reason));
      await expect(loading).rejects.toBe(reason);
    }
  });
  it('an aborted load rejects with the reason', async () => {
    const reason = new Error('enough');
    await expect(device.load(resolve('sample.png'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('ways out', () => {
  const mask = device.mask(Uint8Array.from([0, 10, 128, 255, 0, 0, 200, 0, 0, 0, 0, 0]), [3, 4]);
  const back = async (options?: object) => decode(await mask.toPng(options), { format: 'native' });

  it('gray PNGs of 8, 16 and 1 bits', async () => {
    expect([...(await back()).data]).toEqual([0, 10, 128, 255, 0, 0, 200, 0, 0, 0, 0, 0]);
    expect([...(await back({ bitDepth: 16 })).data]).toEqual([0, 2570, 32896, 65535, 0, 0, 51400, 0, 0, 0, 0, 0]);
    expect([...(await back({ bitDepth: 1 })).data]).toEqual([0, 0, 255, 255, 0, 0, 255, 0, 0, 0, 0, 0]);
  });
  it('text stays in the file', async () => {
    const text = { workflow: '{"nodes": []}', prompt: 'ž' };
    const read = await readText(await mask.toPng({ text }));
    expect(Object.fromEntries(read.map((one) => [one.keyword, one.text]))).toEqual(text);
  });
  it('polarity: a mask from alpha is inverted when the other meaning is asked for', async () => {
    const { rgba, mask: hidden } = await device.load({
      data: Uint8Array.of(1, 2, 3, 51, 4, 5, 6, 255),
      width: 2,
      height: 1,
      channels: 4,
    });
    const shown = rgba.channel('alpha');
    expect([shown.polarity, shown.invert().polarity, hidden.polarity, mask.polarity]).toEqual([
      'selected',
      'transparent',
      'transparent',
      undefined,
    ]);
    expect([...(await decode(await shown.toPng({ polarity: 'transparent' }), { format: 'native' })).data]).toEqual([
      204, 0,
    ]);
    await expect(mask.toPng({ polarity: 'selected' })).rejects.toThrow(/toPng: polarity/);
  });
  it('blobs, data URLs and NumPy files', async () => {
    const blob = await mask.toBlob();
    expect([blob.type, blob.size]).toEqual(['image/png', (await mask.toPng()).length]);
    expect((await device.load(await mask.toDataURL())).image.shape).toEqual([1, 3, 4, 3]);
    const npy = Buffer.from(await mask.toNpy());
    expect(npy.subarray(0, 8)).toEqual(Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0]));
    expect((10 + npy.readUInt16LE(8)) % 64).toBe(0);
    expect(npy.subarray(10, 10 + npy.readUInt16LE(8)).toString()).toMatch(
      /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(1, 3, 4\), \} *\n$/,
    );
    expect(npy.readFloatLE(npy.length - 48 + 8)).toBe(Math.fround(128 / 255));
  });
  it("COCO's run lengths, column by column", async () => {
    expect(await mask.toCocoRle({ compressed: false })).toEqual({ size: [3, 4], counts: [6, 2, 1, 1, 2] });
    expect(await mask.toCocoRle()).toEqual({ size: [3, 4], counts: '621O1' });
  });
  it('bounds and area of each mask', async () => {
    const two = device.mask(new Uint8Array([...(await mask.bytes()), ...new Uint8Array(12)]), [2, 3, 4]);
    expect(await two.bounds()).toEqual([{ x: 1, y: 0, width: 3, height: 2 }, undefined]);
    expect(await two.area()).toEqual([4, 0]);
  });
  it('tensors in the layout asked for', async () => {
    expect((await mask.toTensor()).dims).toEqual([1, 1, 3, 4]);
    expect((await mask.toTensor({ layout: 'NHWC' })).dims).toEqual([1, 3, 4, 1]);
  });
});
