// Kernels against plain references at every small size, where edges meet, and where counting changes its method.
import { type MaskBatch, open } from 'chromask';
import { describe, expect, it } from 'vitest';
import * as reference from '../gpu/page/reference.js';
import { noise } from '../noise.js';

const device = await open({ device: 'wasm' });
const heights = [1, 2, 3, 4, 5, 6, 8, 13];
const widths = [1, 2, 3, 5, 15, 16, 17, 33, 70];

async function equal(got: MaskBatch, wanted: ArrayLike<number>, what: string): Promise<void> {
  const made = got.dtype === 'uint8' ? await got.bytes() : await got.data();
  got.dispose();
  const at = made.findIndex((value, i) => !Object.is(value, wanted[i]));
  if (at >= 0 || made.length !== wanted.length)
    expect.fail(`${what}: ${made[at]} at ${at} instead of ${wanted[at]}, ${made.length} of ${wanted.length} values`);
}

const floats = (bytes: Uint8Array): Float32Array => Float32Array.from(bytes, (v) => Math.fround(v / 200 - 0.1));
/** What floats can be beside numbers of every size: NaN wins and -0 is less than 0, in either order. */
const wild = (bytes: Uint8Array): Float32Array =>
  floats(bytes).map((x, i) => [x, x, x, x, 0, -0, NaN, Infinity, -Infinity, 2 ** -149, -(2 ** -149)][bytes[i] % 11]);

describe('grow', () => {
  it.each([true, false])('gives what its 3 x 3 steps give, at every small size, tapered: %s', async (tapered) => {
    for (const h of heights) {
      for (const w of widths) {
        const bytes = noise(h * w, h * 100 + w);
        for (const data of [bytes, floats(bytes), wild(bytes)]) {
          const mask = device.mask(data, [h, w]);
          for (const expand of [1, -1, 2, 3, -4, 7, -9, 20]) {
            const wanted = reference.grow(data, h, w, expand, tapered);
            await equal(
              mask.grow({ expand, shape: tapered ? 'diamond' : 'square' }),
              wanted,
              `${h} x ${w} by ${expand}, ${mask.dtype}`,
            );
          }
          mask.dispose();
        }
      }
    }
  });

  it('in several rounds, where the reach is wide', async () => {
    const [h, w] = [700, 1000];
    const data = new Uint8Array(h * w);
    data[350 * w + 1] = 200;
    data[0] = 90;
    for (const expand of [255, 256, 257, 300, 511, 512, 513, 520, 1030]) {
      const wanted = Uint8Array.from(data, (_, i) => {
        const [y, x] = [Math.floor(i / w), i % w];
        if (Math.abs(y - 350) + Math.abs(x - 1) <= expand) return 200;
        return y + x <= expand ? 90 : 0;
      });
      await equal(device.mask(data, [h, w]).grow({ expand }), wanted, `by ${expand}`);
    }
  });

  it('slice by slice, where a picture is large', async () => {
    for (const [h, w] of [
      [7, 50_000],
      [30_000, 11],
    ]) {
      const bytes = noise(h * w, w);
      for (const data of [bytes, floats(bytes)]) {
        const mask = device.mask(data, [h, w]);
        for (const [expand, tapered] of [
          [2, true],
          [-3, false],
          [1, true],
        ] as const) {
          const wanted = reference.grow(data, h, w, expand, tapered);
          await equal(mask.grow({ expand, shape: tapered ? 'diamond' : 'square' }), wanted, `${h} x ${w} by ${expand}`);
        }
      }
      const data = floats(bytes);
      const mask = device.mask(data, [h, w]);
      const faded = reference.fadeEdges(data, h, w, [3, 5, 9, 4]);
      await equal(mask.fadeEdges({ left: 3, top: 5, right: 9, bottom: 4 }), faded, `fadeEdges ${h} x ${w}`);
      const [height, width] = [h + 3, w - 2];
      const other = reference.interpolate(data, h, w, height, width);
      await equal(mask.interpolate({ width, height }), other, `interpolate ${h} x ${w}`);
    }
  });

  it('leaves a batch’s pictures alone', async () => {
    const data = noise(3 * 9 * 11, 4);
    const wanted = [0, 1, 2].flatMap((b) => reference.grow(data.subarray(b * 99, b * 99 + 99), 9, 11, 2, false));
    await equal(device.mask(data, [3, 9, 11]).grow({ expand: 2, shape: 'square' }), wanted, 'three');
  });
});

it('fadeEdges fades each edge as the node FeatherMask does, at every small size', async () => {
  for (const h of heights) {
    for (const w of widths) {
      for (const edge of [
        [0, 0, 0, 0],
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 2, 0],
        [0, 0, 0, 3],
        [3, 2, 5, 1],
        [40, 50, 60, 70],
      ]) {
        const [left, top, right, bottom] = edge;
        for (const of of [floats, wild]) {
          const data = of(noise(h * w, h + w));
          const wanted = reference.fadeEdges(data, h, w, edge);
          const got = device.mask(data, [h, w]).fadeEdges({ left, top, right, bottom });
          await equal(got, wanted, `${h} x ${w}, ${edge}`);
        }
      }
    }
  }
});

it('interpolate is bilinear, from every small size to every other', async () => {
  for (const h of heights) {
    for (const w of [1, 2, 7, 16]) {
      for (const [height, width] of [
        [1, 1],
        [2, 3],
        [h, w],
        [5, 40],
        [31, 2],
      ]) {
        for (const of of [floats, wild]) {
          const data = of(noise(h * w, h * w));
          const wanted = reference.interpolate(data, h, w, height, width);
          await equal(
            device.mask(data, [h, w]).interpolate({ width, height }),
            wanted,
            `${h} x ${w} to ${height} x ${width}`,
          );
        }
      }
    }
  }
});

it('floats of every kind join, and are inverted, clamped and made bytes, one by one', async () => {
  const [a, b] = [wild(noise(9000, 1)), wild(noise(9000, 2))];
  const [x, y] = [a, b].map((data) => device.mask(data, [90, 100]));
  for (const [name, join] of Object.entries(reference.floatJoins)) {
    const wanted = Float32Array.from(a, (value, i) => join(value, b[i]));
    await equal(x[name as 'add'](y), wanted, name);
  }
  const { invert, threshold, clamp, bytes } = reference.floatMaps;
  await equal(x.invert(), Float32Array.from(a, invert), 'invert');
  await equal(x.clamp(), Float32Array.from(a, clamp), 'clamp');
  for (const value of [0, 0.3, 1])
    await equal(
      x.threshold({ value }),
      Float32Array.from(a, (v) => threshold(v, value)),
      `threshold ${value}`,
    );
  await equal(x.as('uint8'), Uint8Array.from(a, bytes), 'bytes');
});

it('counts of every size are those of a loop, in each picture of a batch', async () => {
  for (const n of [1, 2, 15, 16, 17, 63, 64, 65, 200, 8191, 8192, 8193, 20000]) {
    const data = noise(3 * n, n);
    const wanted = [0, 1, 2].map((b) => {
      const counts = new Uint32Array(256);
      for (const v of data.subarray(b * n, b * n + n)) counts[v]++;
      return counts;
    });
    expect(await device.mask(data, [3, 1, n]).histogram(), `${n}`).toEqual(wanted);
  }
});

it('each channel of bytes, as bytes and as floats, of every kind of picture and size', async () => {
  for (const channels of [1, 3, 4]) {
    for (const n of [1, 3, 16, 17, 63, 64, 65, 200, 8200]) {
      const data = noise(n * channels, n + channels);
      const image = device.image(data, [1, n, channels]);
      for (const [c, name] of (['red', 'green', 'blue', 'alpha'] as const).entries()) {
        const full = c === 3 && channels < 4;
        const wanted = Uint8Array.from({ length: n }, (_, i) =>
          full ? 255 : data[i * channels + (channels === 1 ? 0 : c)],
        );
        const what = `${name} of ${n} with ${channels} channels`;
        await equal(image.channel(name), wanted, what);
        const units = Float32Array.from(wanted, (v) => v / 255);
        expect(await image.channel(name).data(), what).toEqual(units);
        await equal(image.channel(name).as('float32').clamp(), units, what);
      }
    }
  }
});

it('normalize starts at a value that one pixel of 1,999 has: just more than 0.05 %', async () => {
  const data = new Uint8Array(1999).fill(100, 0, 1000).fill(200, 1000);
  data[0] = 10;
  const made = await device.mask(data, [1, 1999]).normalize().bytes();
  expect([made[0], made[1], made[1998]]).toEqual([0, Math.floor((255 * 90) / 190), 255]);
});

it('an alpha is put to pictures of one, three and four channels, bytes and floats', async () => {
  for (const n of [1, 2, 15, 16, 17, 70]) {
    for (const channels of [1, 3, 4]) {
      for (const of of [Uint8Array.from, floats] as ((bytes: Uint8Array) => Uint8Array | Float32Array)[]) {
        const data = of.call(Uint8Array, noise(n * channels, n + channels));
        const alpha = of.call(Uint8Array, noise(n, n));
        const wanted = Array.from({ length: 4 * n }, (_, i) => {
          const [pixel, channel] = [i >> 2, i & 3];
          return channel === 3 ? alpha[pixel] : data[pixel * channels + (channels > 1 ? channel : 0)];
        });
        const got = device.image(data, [1, n, channels]).withAlpha(device.mask(alpha, [1, n]), { replace: true });
        const made = got.dtype === 'uint8' ? await got.bytes() : await got.data();
        expect(Array.from(made), `${n} pixels, ${channels} channels, ${got.dtype}`).toEqual(wanted);
      }
    }
  }
});

it('the masks of a colour map of floats are 1 where every channel is the colour’s', async () => {
  for (const channels of [1, 3, 4]) {
    const n = 70;
    const data = floats(noise(n * channels, channels).map((v) => (v & 3) * 60));
    const { masks, colors } = await device.image(data, [1, n, channels]).colorMap({ minPixels: 1, maxCount: 20 });
    const wanted = colors.flatMap((color) =>
      Array.from({ length: n }, (_, i) => Number(color.every((value, c) => value === data[i * channels + c]))),
    );
    await equal(masks, wanted, `${channels} channels`);
    expect(wanted.filter((value) => value).length, `${channels} channels`).toBeGreaterThan(channels < 4 ? 30 : 19);
  }
});
