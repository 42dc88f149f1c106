// Regions and their measures: results of scipy, OpenCV and scikit-image, and properties of all masks.

import { describe, expect, it } from 'vitest';
import { type MaskBatch, open } from '../src/index.js';
import { noise } from './noise.js';
import { type Recorded, recorded, unpacked } from './recorded.js';

const device = await open({ device: 'wasm' });
const maskOf = ({ data, height, width }: Recorded): MaskBatch => device.mask(data, [1, height, width]);
/** The same as floats: a batch of two, the second upside down, so that pictures do not lean on each other. */
const unit = (v: number): number => Math.fround(v / 255);

describe.each(['fillHoles', 'removeSmall'] as const)('%s', (name) => {
  const { source, cases } = recorded(name);
  it(`is that of ${source}, of bytes and of floats`, async () => {
    for (const one of cases) {
      const expected = unpacked(one.expected);
      const mask = maskOf(one);
      const label = JSON.stringify([one.width, one.height, one.options]);
      expect(await mask[name](one.options).bytes(), label).toEqual(expected);
      const floats = mask.as('float32')[name](one.options);
      expect([floats.dtype, await floats.data()], label).toEqual(['float32', Float32Array.from(expected, unit)]);
    }
  });

  it('takes each picture of a batch by itself', async () => {
    const one = cases.filter(({ width }) => width > 16)[0];
    const batch = device.mask(Uint8Array.from([...one.data.map((v) => 255 - v), ...one.data]), [
      2,
      one.height,
      one.width,
    ]);
    const made = await batch[name](one.options).bytes();
    expect(made.subarray(one.data.length)).toEqual(unpacked(one.expected));
  });
});

describe('distance', () => {
  const { source, cases } = recorded('distance');
  it(`is that of ${source}`, async () => {
    for (const one of cases) {
      const made = maskOf(one).distance(one.options);
      expect(made.dtype).toBe('float32');
      const expected = new Float32Array(unpacked(one.expected).buffer);
      expect(await made.data(), JSON.stringify([one.width, one.height, one.options])).toEqual(expected);
    }
  });

  it('satisfies its definition on noise of any density', async () => {
    for (const [width, height, density] of [
      [97, 31, 250],
      [31, 97, 128],
      [64, 64, 3],
      [200, 3, 251],
    ]) {
      const data = noise(width * height, width).map((v) => (v < density ? 255 : 0));
      const made = await device.mask(data, [1, height, width]).distance().data();
      const outside = Array.from(data.keys()).filter((i) => !data[i]);
      data.forEach((v, i) => {
        const [x, y] = [i % width, Math.floor(i / width)];
        const squares = outside.map((o) => ((o % width) - x) ** 2 + (Math.floor(o / width) - y) ** 2);
        expect(made[i]).toBe(v ? Math.fround(Math.sqrt(squares.reduce((a, b) => Math.min(a, b)))) : 0);
      });
    }
  });

  it('refuses sides whose squares it could not add exactly', () => {
    const long = device.mask(new Uint8Array(2 ** 17 + 1), [1, 1, 2 ** 17 + 1]);
    expect(() => long.distance()).toThrow('distance: sides must be at most 131072, got 131073');
  });
});

describe('components', () => {
  const { source, cases } = recorded('components');
  it(`are those of ${source}`, async () => {
    for (const one of cases) {
      const { areas, boxes, masks } = one.expected as { areas: number[]; boxes: number[][]; masks: string };
      for (const mask of [maskOf(one), maskOf(one).as('float32')]) {
        const found = await mask.components(one.options);
        const label = JSON.stringify([one.width, one.height, one.options]);
        expect(found.areas, label).toEqual(areas);
        expect(
          found.boxes.map(({ x, y, width, height }) => [x, y, width, height]),
          label,
        ).toEqual(boxes);
        if (!areas.length) expect(found.masks).toBeUndefined();
        else expect(Buffer.compare((await found.masks?.bytes()) ?? new Uint8Array(), unpacked(masks)), label).toBe(0);
      }
    }
  });

  it('are asked of a single mask, by options that are checked', async () => {
    const two = device.mask(new Uint8Array(8), [2, 2, 2]);
    await expect(two.components()).rejects.toThrow('components: batch must be 1 (take one with at(b)), got 2');
    await expect(two.at(0).components({ connectivity: 6 as 4 })).rejects.toThrow(
      'connectivity must be one of 4, 8, got 6',
    );
    await expect(two.at(0).components({ max: 0 })).rejects.toThrow('max must be a whole number between 1 and 65536');
    await expect(two.at(0).components({ signal: AbortSignal.abort() })).rejects.toThrow(/aborted/);
  });

  it('are asked again by a recipe, of another picture', async () => {
    const data = Uint8Array.of(255, 0, 128, 128);
    const { masks } = await device.mask(data, [1, 1, 4]).components();
    if (!masks) throw new Error('there are parts');
    const recipe = masks.invert().recipe();
    const other = device.mask(Uint8Array.of(9, 9, 0, 7), [1, 1, 4]);
    expect([...(await (await device.run(recipe, { mask: other })).bytes())]).toEqual([
      246, 246, 255, 255, 255, 255, 255, 248,
    ]);
    const none = device.mask(new Uint8Array(4), [1, 1, 4]);
    await expect(device.run(recipe, { mask: none })).rejects.toThrow('components found nothing');
  });
});

describe('autoThreshold', () => {
  const { source, cases } = recorded('autoThreshold');
  it(`is that of ${source}`, async () => {
    for (const one of cases) {
      const made = await maskOf(one).autoThreshold(one.options).bytes();
      expect(made, JSON.stringify(one.options)).toEqual(unpacked(one.expected));
    }
  });

  it('takes each picture by itself, and makes nothing white of one value', async () => {
    const two = device.mask(Uint8Array.of(9, 9, 9, 9, 1, 1, 1, 200), [2, 1, 4]);
    for (const method of ['otsu', 'triangle', 'li', 'yen', 'isodata', 'mean'] as const)
      expect([...(await two.autoThreshold({ method }).bytes())], method).toEqual([0, 0, 0, 0, 0, 0, 0, 255]);
  });
});

describe.each(['colorRange', 'wand'] as const)('%s', (name) => {
  const { source, cases } = recorded(name);
  it(`is that of ${source}, with alpha and as floats too`, async () => {
    for (const one of cases) {
      const { data, height, width, options, expected } = one;
      const image = device.image(data, [1, height, width, 3]);
      const alpha = image.withAlpha(device.mask(noise(width * height, 7), [1, height, width]));
      for (const picture of [image, alpha, image.as('float32')]) {
        const made = await picture[name](options as { colors: string }).bytes();
        expect(Buffer.compare(made, unpacked(expected)), JSON.stringify([width, height, options])).toBe(0);
      }
    }
  });

  it('is asked again by a recipe', async () => {
    const [one, other] = cases.filter(({ width }) => width > 30);
    const image = device.image(one.data, [1, one.height, one.width, 3]);
    const recipe = image[name](one.options as { colors: string }).recipe();
    const again = device.image(other.data, [1, other.height, other.width, 3]);
    const expected = again[name](one.options as { colors: string });
    expect(await (await device.run(recipe, { image: again })).bytes()).toEqual(await expected.bytes());
  });
});

describe('selecting by colour', () => {
  const image = device.image(Uint8Array.of(0, 0, 0, 10, 0, 0, 0, 0, 3, 0, 0, 0), [2, 1, 2, 3]);

  it('takes colours as they are written', async () => {
    const notations = ['#0A0000', [10, 0, 0], 0x0a0000] as const;
    for (const colors of [...notations, ...notations.map((one) => [one]), '#0a0000 #0a0000'])
      expect([...(await image.colorRange({ colors, tolerance: 0 }).bytes())]).toEqual([0, 255, 0, 0]);
    const lots = Array.from({ length: 64 }, (_, i) => [i, 9, 9] as const);
    expect(image.colorRange({ colors: lots }).shape).toEqual([2, 1, 2]);
    for (const colors of ['red', [], [[1, 2]], [1, 2, 256], [1.5, 2, 3], [...lots, '#000000'], undefined])
      expect(() => image.colorRange({ colors: colors as never })).toThrow(/^colorRange: colors must be/);
  });

  it('takes one colour in the same notations elsewhere', async () => {
    for (const color of ['#0A0000', [10, 0, 0], 0x0a0000] as const)
      expect([...(await image.selectColor({ color }).data())]).toEqual([0, 1, 0, 0]);
    const { colors } = await image.colorMap({ minPixels: 1 });
    expect(colors[0]).toEqual([0, 0, 0]);
    for (const color of ['red', '#0a00', [1, 2], [1, 2, 256], [1.5, 2, 3], -1, 0x1000000, null, {}]) {
      const said = "color must be [r, g, b] of bytes, '#rrggbb' or 0xRRGGBB, got ";
      expect(() => image.selectColor({ color: color as never })).toThrow(`selectColor: ${said}`);
      await expect(image.toImageBitmap({ tint: color as never })).rejects.toThrow(said.replace('color', 'tint'));
    }
  });

  it('takes the pixel of each picture of a batch, in every metric', async () => {
    for (const metric of ['rgb', 'lab', 'box'] as const)
      expect([...(await image.wand({ x: 1, y: 0, tolerance: 2, metric, contiguous: false }).bytes())]).toEqual([
        0,
        255,
        metric === 'lab' ? 255 : 0,
        255,
      ]);
    const gray = device.image(Uint8Array.of(5, 9, 90), [1, 1, 3, 1]);
    expect([...(await gray.wand({ x: 0, y: 0, tolerance: 4, metric: 'box' }).bytes())]).toEqual([255, 255, 0]);
  });

  it('refuses a pixel outside', () => {
    expect(() => image.wand({ x: 2, y: 0 })).toThrow('wand: x, y must be inside the picture (2 x 1), got 2, 0');
    expect(() => image.wand({ tolerance: -1 })).toThrow('wand: tolerance must be between 0 and 442, got -1');
  });
});

describe('hostile masks of 4K', () => {
  const [width, height] = [3840, 2160];
  const made = (inside: (x: number, y: number) => boolean): MaskBatch => {
    const data = new Uint8Array(width * height);
    for (let y = 0, i = 0; y < height; y++) for (let x = 0; x < width; x++, i++) data[i] = inside(x, y) ? 255 : 0;
    return device.mask(data, [1, height, width]);
  };

  it('a checkerboard has four million parts, and no end of the stack', async () => {
    const board = made((x, y) => (x + y) % 2 === 0);
    const { areas, boxes } = await board.components({ connectivity: 4, max: 3 });
    expect(areas).toEqual([1, 1, 1]);
    expect(boxes.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [2, 0],
      [4, 0],
    ]);
    expect((await board.components()).areas).toEqual([(width * height) / 2]);
    // every dark pixel but those of the edge is a hole
    const filled = await board.fillHoles().bytes();
    let dark = 0;
    for (const v of filled) dark += Number(v === 0);
    expect(dark).toBe(width + height - 2);
  });

  it('a snake of one pixel is one part, one ring, and one region of a picture', async () => {
    const snake = made((x, y) => y % 2 === 0 || x === (y % 4 === 1 ? width - 1 : 0));
    const { areas, boxes } = await snake.components({ connectivity: 4 });
    expect(areas).toEqual([(width * height) / 2 + height / 2]);
    expect(boxes).toEqual([{ x: 0, y: 0, width, height }]);
    // each turn has two corners inside and two outside; the ends have two
    const [rings] = await snake.outlines();
    expect(rings.map(({ points, hole }) => [points.length / 2, hole])).toEqual([[2 * height + 2, false]]);
    const [fewer] = await snake.outlines({ simplify: 1 });
    expect(fewer).toHaveLength(1);
    const found = await snake.toGray().wand({ x: 0, y: 0, tolerance: 0 }).bytes();
    expect(Buffer.compare(found, await snake.bytes())).toBe(0);
  });

  it('a wand finds one square of a checkerboard, or all of a colour where corners join', async () => {
    const board = made((x, y) => (x + y) % 2 === 0);
    const picture = board.toGray();
    const one = picture.wand({ x: 2, y: 0, tolerance: 0, connectivity: 4 });
    expect([await one.area(), await one.bounds()]).toEqual([[1], [{ x: 2, y: 0, width: 1, height: 1 }]]);
    const all = await picture.wand({ x: 2, y: 0, tolerance: 0, connectivity: 8 }).bytes();
    expect(Buffer.compare(all, await board.bytes())).toBe(0);
    // the picture three times, masks of it, and words for runs: no more than some hundred megabytes
    expect(device.stats().pages * 65536).toBeLessThan(2 ** 29);
  });
});
