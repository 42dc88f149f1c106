// Counts what makes speed (passes, copies and instructions), because times differ from machine to machine.
import { readFileSync } from 'node:fs';
import { type ImageBatch, MaskBatch, open } from 'chromask';
import { expect, it } from 'vitest';
import { BAND } from '../src/wasm/track.js';
import { noise } from './noise.js';

const [width, height] = [320, 200];
const size = width * height;

async function ready() {
  const device = await open({ device: 'wasm' });
  const image = device.image(noise(size * 4, 1), [height, width, 4]);
  const mask = device.mask(noise(size, 2), [height, width]);
  return { device, image, mask };
}

/** How far the counters move while a result is read into an array of the caller's. */
async function cost(
  make: (image: ImageBatch, mask: MaskBatch) => MaskBatch | Promise<MaskBatch>,
  way: 'data' | 'bytes',
) {
  const { device, image, mask } = await ready();
  const before = device.stats();
  const made = await make(image, mask);
  if (way === 'data') await made.data({ into: new Float32Array(made.size) });
  else await made.bytes({ into: new Uint8Array(made.size) });
  const after = device.stats();
  device.close();
  return {
    passes: after.passes - before.passes,
    copied: after.copiedBytes - before.copiedBytes,
    held: after.heldBytes - before.heldBytes,
    peak: after.peakBytes - before.heldBytes,
  };
}

const layerMask = (image: ImageBatch, mask: MaskBatch) =>
  image.channel('L(LAB)').normalize().levels({ black: 20, white: 230, gray: 1.3 }).invert().multiply(mask);

it('the picture is copied in once, when it is given', async () => {
  const { device } = await ready();
  expect(device.stats().copiedBytes).toBe(5 * size);
  device.close();
});

it('a channel is one pass, copied out once, and needs no memory', async () => {
  expect(await cost((image) => image.channel('red'), 'bytes')).toEqual({ passes: 1, copied: size, held: 0, peak: 0 });
  expect(await cost((image) => image.channel('alpha'), 'data')).toEqual({
    passes: 1,
    copied: 4 * size,
    held: 0,
    peak: 0,
  });
});

it('the chain of LayerMask is two passes and needs one mask of memory', async () => {
  expect(await cost(layerMask, 'data')).toEqual({ passes: 2, copied: 4 * size, held: 0, peak: size });
});

it('twenty tables cost what one costs, counting or not', async () => {
  const twenty = await cost((image) => {
    let mask = image.channel('Y(YUV)');
    for (let i = 0; i < 10; i++) mask = mask.levels({ black: i, white: 255 - i }).invert();
    return mask;
  }, 'bytes');
  expect(twenty).toEqual({ passes: 1, copied: size, held: 0, peak: 0 });
  const counting = await cost((image) => {
    let mask = image.channel('Y(YUV)');
    for (let i = 0; i < 10; i++) mask = mask.normalize().levels({ black: 10 });
    return mask;
  }, 'bytes');
  expect(counting).toEqual({ passes: 2, copied: size, held: 0, peak: size });
});

it('a chain of any length needs the picture and one mask', async () => {
  const long = await cost((image, mask) => {
    let all = image.channel('L(LAB)');
    for (let i = 0; i < 30; i++) all = all.normalize().multiply(mask).max(mask).levels({ gray: 0.9 });
    return all;
  }, 'bytes');
  expect(long.peak).toBe(size);
  expect(long.held).toBe(0);
});

it('counts that tables moved are those of the mask itself', async () => {
  const { device, image } = await ready();
  const toned = image.channel('Y(YUV)').levels({ black: 40, white: 200 }).invert();
  const whole = device.mask(await toned.bytes(), [height, width]);
  const expected = await whole.normalize().levels({ black: 30 }).normalize().bytes();
  const fresh = image.channel('Y(YUV)').levels({ black: 40, white: 200 }).invert();
  expect(await fresh.normalize().levels({ black: 30 }).normalize().bytes()).toEqual(expected);
  const shared = image.channel('Y(YUV)').invert().levels({ black: 55, white: 215 });
  const both = shared.normalize().max(shared.normalize().levels({ black: 9 }).normalize());
  const plain = device.mask(await image.channel('Y(YUV)').bytes(), [height, width]);
  const again = device.mask(await plain.invert().levels({ black: 55, white: 215 }).bytes(), [height, width]);
  expect(await both.bytes()).toEqual(
    await again
      .normalize()
      .max(device.mask(await again.normalize().levels({ black: 9 }).bytes(), [height, width]).normalize())
      .bytes(),
  );
  device.close();
});

it('the masks of a colour map are made side by side, straight into the array', async () => {
  const flat = (image: ImageBatch, mask: MaskBatch) => {
    void image;
    const picture = mask.threshold({ value: 0.5 }).toGray();
    return picture.colorMap({ minPixels: 1 }).then(({ masks }) => masks);
  };
  const { passes, copied } = await cost(flat, 'data');
  expect(copied).toBe(2 * 4 * size);
  expect(passes).toBe(3); // the picture, and one for each of two colours
});

it('the masks of a colour map that stay here are made in one pass, without a copy', async () => {
  const { device, mask } = await ready();
  const picture = mask.threshold({ value: 0.5 }).toGray();
  await picture.withBytes(() => 0);
  const { masks } = await picture.colorMap({ minPixels: 1 });
  const before = device.stats();
  await masks.withData(() => 0);
  const after = device.stats();
  expect([after.passes - before.passes, after.copiedBytes - before.copiedBytes]).toEqual([1, 0]);
  device.close();
});

it('a batch costs the sum of its pictures', async () => {
  const device = await open({ device: 'wasm' });
  const batch = device.image(noise(size * 3 * 3, 4), [3, height, width, 3]);
  const before = device.stats();
  await batch.channel('H(HSV)').bytes({ into: new Uint8Array(3 * size) });
  const after = device.stats();
  expect(after.draws - before.draws).toBe(3 * Math.ceil(size / BAND));
  expect(after.copiedBytes - before.copiedBytes).toBe(3 * size);
  device.close();
});

it('a picture that a pass writes over gives the same bytes as one that is left alone', async () => {
  const { device, image } = await ready();
  const [hue, a] = [image.removeAlpha().channel('H(HSV)'), image.removeAlpha().channel('A(Lab)')];
  const gray = (await hue.multiply(a.normalize()).bytes()).slice();
  const colors = image.removeAlpha();
  const counted = colors.channel('A(Lab)');
  await counted.normalize().bytes();
  // the last pass reads the colours and makes as many bytes; a caller that asks for them keeps them from being written over
  const made = (): ImageBatch => colors.channel('H(HSV)').multiply(counted.normalize()).toGray();
  expect((await made().bytes()).filter((_, i) => i % 3 === 0)).toEqual(gray);
  const held = device.stats().heldBytes;
  const shown = made();
  await shown.toPng();
  expect((await shown.bytes()).filter((_, i) => i % 3 === 0)).toEqual(gray);
  expect(device.stats().heldBytes - held).toBeLessThanOrEqual(3 * size);
  device.close();
});

it('masks joined or written over one another leave their neighbours alone, at every size', async () => {
  const device = await open({ device: 'wasm' });
  for (const [w, h] of [
    [3, 5],
    [131, 127],
    [97, 91],
  ]) {
    const image = device.image(noise(w * h * 4 * 3, 7), [3, h, w, 4]);
    const parts = (['red', 'H(HSV)', 'L(LAB)'] as const).map((name) => image.channel(name));
    const apart = await Promise.all(parts.map((part) => part.bytes()));
    const expected = new Uint8Array(apart.flatMap((one) => [...one]));
    expect(
      await MaskBatch.cat((['red', 'H(HSV)', 'L(LAB)'] as const).map((name) => image.channel(name))).bytes(),
    ).toEqual(expected);
    const chain = (one: ImageBatch) => one.channel('L(LAB)').normalize().max(one.channel('red')).normalize();
    const each = await Promise.all([0, 1, 2].map((b) => chain(image.at(b)).bytes()));
    expect(await chain(image).bytes()).toEqual(new Uint8Array(each.flatMap((one) => [...one])));
  }
  device.close();
});

it('a picture can be filled in place, without a copy', async () => {
  const device = await open({ device: 'wasm' });
  const filling = device.allocImage([height, width, 4]);
  const pixels = noise(size * 4, 5);
  filling.bytes.set(pixels.subarray(0, 1000));
  device.mask(new Uint8Array(4_000_000), [2000, 2000]); // the memory grows, and views of it are left empty
  filling.bytes.set(pixels.subarray(1000), 1000);
  const { copiedBytes } = device.stats();
  expect(copiedBytes).toBe(4_000_000);
  const other = device.image(pixels, [height, width, 4]);
  expect(await filling.image.channel('V(YUV)').bytes()).toEqual(await other.channel('V(YUV)').bytes());
  expect(() => device.allocImage([height, width, 2])).toThrow('C 1, 3 or 4');
  filling.image.dispose();
  expect(() => filling.bytes).toThrow('disposed');
  device.close();
});

it('a band fits the nearest cache, and there are enough to tier up within a picture', () => {
  expect(BAND).toBeLessThanOrEqual(8192);
  expect(BAND % 64).toBe(0);
});

it('bands are wide where one kernel goes from memory to memory and is compiled for speed', async () => {
  const device = await open({ device: 'wasm' });
  const image = device.image(noise(2 ** 20 * 4, 3), [1024, 1024, 4]);
  const bands = async (make: () => MaskBatch) => {
    const { draws } = device.stats();
    await make().withBytes(() => 0);
    return device.stats().draws - draws;
  };
  expect(await bands(() => image.channel('red'))).toBe(2 ** 20 / BAND);
  expect(await bands(() => image.channel('red'))).toBe(4);
  expect(await bands(() => image.channel('green'))).toBe(2 ** 20 / BAND);
  expect(await bands(() => image.channel('red').invert())).toBe(2 ** 20 / BAND);
  device.close();
});

const text = readFileSync('dist/chromask.wat', 'utf8');
const functions = new Map(
  text.split(/\n(?= \(func )/).flatMap((part) => {
    const name = /^ \(func \$(\S+)/.exec(part)?.[1];
    return name ? [[name, part] as const] : [];
  }),
);

/** A kernel and all that it calls. */
function whole(kernel: string): string {
  const start = new RegExp(`\\(export "${kernel}" \\(func \\$(\\S+?)\\)\\)`).exec(text)?.[1];
  const open = [start ?? ''];
  const seen = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const [, callee] of (functions.get(name) ?? '').matchAll(/call \$(\S+?)[\s)]/g)) open.push(callee);
  }
  return [...seen].map((name) => functions.get(name) ?? '').join('');
}

it('no kernel calls through a table', () => {
  expect(text).not.toContain('call_indirect');
});

const hot = [
  ...['red', 'green', 'blue', 'alpha', 'labL', 'labA', 'labB', 'yuvY', 'yuvU', 'yuvV', 'hsvH', 'hsvS', 'hsvV', 'luma'],
  ...['redUnit', 'greenUnit', 'blueUnit', 'alphaUnit', 'match', 'unit', 'bytes', 'grow'],
  ...['multiply', 'add', 'subtract', 'max', 'min', 'difference', 'and', 'or', 'xor', 'multiplyFloat', 'addFloat'],
];

it.each(hot)('%s works on vectors', (kernel) => {
  const code = whole(kernel);
  expect(code).toMatch(/v128\.load/);
  expect(code).toMatch(/v128\.store/);
});

it.each(['add', 'addFloat', 'grow', 'histogram'])('%s adds what it can to a place within the load', (kernel) => {
  expect(whole(kernel)).toMatch(/load offset=16|load8_u offset=[1-9]/);
});
