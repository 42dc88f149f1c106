// Recorded results of Pillow and of ComfyUI's LoadImage: orientation in every form, 16-bit gray, and animations
// whose default picture is not a frame.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open } from 'chromask';
import { runNode } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { chunk, file, idat, iend, ihdr, write } from './png/writer.js';

const device = await open({ device: 'wasm' });

interface Case {
  name: string;
  png: string;
  expected: number[][];
}

describe('orientation, as Pillow reads it', () => {
  const { cases } = JSON.parse(readFileSync('test/vectors/orientation.json', 'utf8')) as { cases: Case[] };
  for (const { name, png, expected } of cases) {
    it(name, async () => {
      const { image } = await device.load(Buffer.from(png, 'base64'));
      expect([image.shape[1], image.shape[2]]).toEqual([expected.length, expected[0].length]);
      expect([...(await image.channel('red').bytes())]).toEqual(expected.flat());
    });
  }

  it('of a profile that is no hexadecimal is none, where Pillow gives up', async () => {
    const text = chunk('tEXt', Buffer.from('Raw profile type exif\0\nexif\n  3\nzz'));
    const { image } = await device.load(file(ihdr(3, 2, 8, 0), text, idat([0, 0, 1, 2, 0, 3, 4, 5]), iend));
    expect(image.shape).toEqual([1, 2, 3, 3]);
  });
});

describe('16-bit gray', () => {
  // Pillow 9.4: Image.open, point(lambda i: i * (1 / 255)), convert('RGB') of the values 0 to 65535
  const recorded = {
    sha256: '4acc5daa66bfe68ecd7b6e73e910130cc0e5790fc75926f92e5815b8a871bee7',
    of: [0, 254, 255, 32767, 51400, 65024, 65025, 65535],
    is: [0, 0, 1, 128, 201, 254, 255, 255],
  };
  const all = write({ width: 256, height: 256, colorType: 0, depth: 16, sample: (x, y) => y * 256 + x });

  it('comes as LoadImage gives it, each of the 65,536 values', async () => {
    const { image, rgba, alpha } = await device.load(all);
    const bytes = await image.channel('red').bytes();
    expect(recorded.of.map((v) => bytes[v])).toEqual(recorded.is);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(recorded.sha256);
    expect([alpha, await rgba.channel('blue').bytes()]).toEqual([false, bytes]);
    const [node] = await runNode(device, 'LoadImage', { image: all });
    expect(node).toHaveProperty('shape', [1, 256, 256, 3]);
  });

  it('turned by EXIF too', async () => {
    const exif = chunk('eXIf', Buffer.from('4d4d002a0000000800010112000400000001000000060000', 'hex'));
    const { image } = await device.load(file(ihdr(2, 1, 16, 0), exif, idat([0, 0, 255, 200, 200]), iend));
    expect([image.shape, [...(await image.channel('red').bytes())]]).toEqual([
      [1, 2, 1, 3],
      [1, 201],
    ]);
  });
});

it('a default picture that is no frame of the animation is the first of the batch, as Pillow gives it', async () => {
  const four = (...numbers: number[]): Buffer => {
    const bytes = Buffer.alloc(numbers.length * 4);
    numbers.forEach((v, i) => bytes.writeUInt32BE(v, i * 4));
    return bytes;
  };
  const frame = (sequence: number, value: number): Buffer[] => [
    chunk('fcTL', Buffer.concat([four(sequence, 1, 1, 0, 0), Buffer.from([0, 1, 0, 10, 0, 0])])),
    chunk('fdAT', Buffer.concat([four(sequence + 1), idat([0, value]).subarray(8, -4)])),
  ];
  const bytes = file(ihdr(1, 1, 8, 0), chunk('acTL', four(2, 0)), idat([0, 7]), ...frame(0, 8), ...frame(2, 9), iend);
  const { rgba } = await device.load(bytes);
  expect([...(await rgba.channel('red').bytes())]).toEqual([7, 8, 9]);
});

describe('a damaged file', () => {
  const animated = [ihdr(1, 1, 8, 0), chunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0])];
  it('is the still picture, with warnings; strict refuses it', async () => {
    const bytes = file(...animated, idat([0, 7]), iend);
    const { image, warnings } = await device.load(bytes);
    expect([...(await image.bytes())]).toEqual([7, 7, 7]);
    expect(warnings).toEqual(['png: frames must be 2 as acTL says, got 0']);
    await expect(device.load(bytes, { strict: true })).rejects.toMatchObject({ code: 'png-corrupt' });
    expect((await device.load(file(ihdr(1, 1, 8, 0), idat([0, 7]), iend))).warnings).toEqual([]);
  });

  it('says what is found while pixels are drawn', async () => {
    const bytes = file(ihdr(1, 1, 8, 3), chunk('PLTE', [1, 2, 3]), idat([0, 5]), iend);
    const { image, warnings } = await device.load(bytes);
    expect([[...(await image.bytes())], warnings]).toEqual([[0, 0, 0], ['png: palette index must be below 1, got 5']]);
  });
});
