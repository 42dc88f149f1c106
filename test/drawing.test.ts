// Masks that are drawn or read from other notations, against recorded polygons and against their definitions.
import { readFileSync } from 'node:fs';
import { live, open } from 'chromask';
import { describe, expect, it } from 'vitest';

const device = await open({ device: 'wasm' });

interface Polygon {
  rings: [number, number][][];
  width: number;
  height: number;
  antialias: boolean;
  rule?: 'evenodd' | 'nonzero';
  /** 0..1 */
  near: number;
  expected: string;
}

const polygons: Polygon[] = JSON.parse(readFileSync('test/drawing/polygons.json', 'utf8'));
const size = { width: 6, height: 4 };
const rows = (bytes: Uint8Array, width: number): number[][] =>
  Array.from({ length: bytes.length / width }, (_, y) => [...bytes.subarray(y * width, (y + 1) * width)]);

describe('polygons', () => {
  it('are those of the recorded programs', async () => {
    for (const [i, { rings, near, expected, ...options }] of polygons.entries()) {
      const wanted = Uint8Array.from(atob(expected), (letter) => letter.charCodeAt(0));
      const made = await device.polygon(rings, options).bytes();
      expect(made.length).toBe(wanted.length);
      const apart = made.reduce((most, v, at) => Math.max(most, Math.abs(v - wanted[at])), 0);
      expect(apart, `polygon ${i}`).toBeLessThanOrEqual(near * 255);
    }
  });

  it('take flat arrays, and give what the same path gives', async () => {
    const flat = device.polygon([Float64Array.of(1, 1, 5, 1, 5, 3, 1, 3)], size);
    const path = device.path('M1 1H5v2h-4z', size);
    const box = device.rectangle([1, 1, 4, 2], size);
    expect(rows(await flat.bytes(), 6)).toEqual([
      [0, 0, 0, 0, 0, 0],
      [0, 255, 255, 255, 255, 0],
      [0, 255, 255, 255, 255, 0],
      [0, 0, 0, 0, 0, 0],
    ]);
    expect(await path.bytes()).toEqual(await flat.bytes());
    expect(await box.bytes()).toEqual(await flat.bytes());
  });

  it('cover half of the pixels that an edge cuts in half', async () => {
    const made = await device.rectangle([0.5, 0, 2, 1], { width: 4, height: 1 }).bytes();
    expect([...made]).toEqual([128, 255, 128, 0]);
  });

  it('refuse what is no path, no ring and no size', () => {
    expect(() => device.path('L 1 1', size)).toThrow('path: d must be an SVG path, got ');
    expect(() => device.path('M 1 1 L 2', size)).toThrow('path: d must be an SVG path');
    expect(() => device.polygon([[[0, Number.NaN]]], size)).toThrow('polygon: rings[0] must be points');
    expect(() => device.polygon([], { width: 4 } as never)).toThrow('polygon: height must be a whole number');
    expect(() => device.polygon([], { ...size, ruel: 1 } as never)).toThrow(
      'polygon: there is no parameter "ruel"; it takes rule, antialias, width, height',
    );
  });

  it('a lasso of 10,000 points is one mask, and its recipe makes it again', async () => {
    const ring = Array.from({ length: 10_000 }, (_, i): [number, number] => {
      const turn = (i / 10_000) * 2 * Math.PI;
      return [50 + 40 * Math.cos(turn), 50 + 40 * Math.sin(turn)];
    });
    const mask = device.polygon([ring], { width: 100, height: 100, antialias: false });
    const bytes = await mask.bytes();
    const inside = bytes.every(
      (v, i) => (v === 255) === Math.hypot((i % 100) + 0.5 - 50, Math.floor(i / 100) + 0.5 - 50) < 40,
    );
    expect(inside).toBe(true);
    expect(await (await device.run(mask.recipe())).bytes()).toEqual(bytes);
  });
});

describe('ellipses, brushes and gradients', () => {
  it('an ellipse covers its area', async () => {
    const bytes = await device.ellipse([20, 15, 12, 9], { width: 40, height: 30 }).bytes();
    expect(bytes.reduce((sum, v) => sum + v, 0) / 255).toBeCloseTo(Math.PI * 12 * 9, 0);
  });

  it('a curve is its own chord only where it is flat', async () => {
    const [arc, curve] = ['M0 10A10 10 0 0 1 20 10Z', 'M0 10C0 4.477 4.477 0 10 0S20 4.477 20 10Z'].map((d) =>
      device.path(d, { width: 20, height: 10 }),
    );
    const area = async (mask: typeof arc): Promise<number> => (await mask.bytes()).reduce((sum, v) => sum + v, 0) / 255;
    expect(Math.abs((await area(arc)) - 50 * Math.PI)).toBeLessThan(2.2);
    expect(Math.abs((await area(curve)) - 50 * Math.PI)).toBeLessThan(2.2);
  });

  it('a hard brush is white within its radius and black beyond', async () => {
    const bytes = await device
      .stroke(
        [
          [10, 10],
          [20, 10],
        ],
        { width: 30, height: 20, radius: 4 },
      )
      .bytes();
    bytes.forEach((v, i) => {
      const [x, y] = [(i % 30) + 0.5, Math.floor(i / 30) + 0.5];
      const away = Math.hypot(Math.max(10 - x, 0, x - 20), y - 10);
      if (away < 3.5) expect(v).toBe(255);
      if (away > 4.5) expect(v).toBe(0);
    });
  });

  it('a soft brush falls off from its hard part to its edge', async () => {
    const bytes = await device
      .stroke(
        [Float64Array.of(16.5, 0.5)].flatMap((one) => [...one]),
        { width: 33, height: 1, radius: 10, hardness: 0.5 },
      )
      .bytes();
    const half = [...bytes.subarray(16)];
    expect(half.slice(0, 5)).toEqual([255, 255, 255, 255, 255]);
    expect(half.slice(5, 11).every((v, i, all) => i === 0 || v < all[i - 1])).toBe(true);
    expect(half.slice(12).every((v) => v === 0)).toBe(true);
  });

  it('a gradient is how far a centre is on the way', async () => {
    const linear = device.gradient({ from: [0, 0], to: [4, 0], width: 5, height: 1 });
    expect([...(await linear.data())]).toEqual([0.125, 0.375, 0.625, 0.875, 1]);
    const radial = device.gradient({ type: 'radial', from: [0.5, 0.5], to: [4.5, 0.5], width: 5, height: 1 });
    expect([...(await radial.data())]).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(() => device.gradient({ from: [1, 1], to: [1, 1], ...size })).toThrow('gradient: to must be another place');
  });
});

describe('what models and data sets give', () => {
  it('labels become one mask each', async () => {
    const { masks, values } = await device.labels(BigInt64Array.of(0n, 3n, 3n, 7n), [1, 1, 2, 2], { ignore: [0] });
    expect(values).toEqual([3, 7]);
    expect(masks?.shape).toEqual([2, 2, 2]);
    expect([...((await masks?.bytes()) ?? [])]).toEqual([0, 255, 255, 0, 0, 0, 0, 255]);
    expect((await device.labels(new Uint8Array(4), [2, 2], { ignore: [0] })).masks).toBeUndefined();
    await expect(device.labels(new Uint8Array(3), [2, 2])).rejects.toThrow('labels: data must be');
  });

  it('a mask takes integers, float64 and float16', async () => {
    expect([...(await device.mask(Int32Array.of(-1, 2), [1, 2]).data())]).toEqual([-1, 2]);
    expect([...(await device.mask(BigInt64Array.of(5n), [1, 1]).data())]).toEqual([5]);
    expect([...(await device.mask(Float64Array.of(0.1), [1, 1]).data())]).toEqual([Math.fround(0.1)]);
    // 1, -2, the smallest subnormal, infinity
    const half = Uint16Array.of(0x3c00, 0xc000, 1, 0x7c00);
    expect([...(await device.mask(half, [1, 4]).data())]).toEqual([1, -2, 2 ** -24, Infinity]);
    expect(() => device.mask(BigInt64Array.of(2n ** 40n), [1, 1])).toThrow('integers up to 2^24');
  });

  it('a run-length encoding comes back as it went', async () => {
    const bytes = Uint8Array.from({ length: 35 }, (_, i) => ((i * 7919) % 5 < 2 ? 255 : 0));
    const mask = device.mask(bytes, [5, 7]);
    for (const compressed of [true, false])
      expect(await (await device.fromCocoRle(await mask.toCocoRle({ compressed }))).bytes()).toEqual(bytes);
    await expect(device.fromCocoRle({ size: [2, 2], counts: [3] })).rejects.toThrow('runs of 4 pixels together, got 3');
    await expect(device.fromCocoRle({ size: [2, 2], counts: '\n' })).rejects.toThrow('fromCocoRle: counts must be');
  });

  it('logits become probabilities within 2 ulp', async () => {
    const logits = Float32Array.of(0, -0, 1, -1, 8, -8, 90, -90, 200, -200, Infinity, -Infinity, -0.3, 17.25);
    const found = await device.mask(logits, [1, logits.length]).sigmoid().data();
    found.forEach((v, i) => {
      const wanted = 1 / (1 + Math.exp(-logits[i]));
      const ulp = 2 ** (Math.max(Math.floor(Math.log2(wanted || 1e-45)), -126) - 23);
      expect(Math.abs(v - wanted), `${logits[i]}`).toBeLessThanOrEqual(2 * ulp);
    });
    expect((await device.mask(Float32Array.of(Number.NaN), [1, 1]).sigmoid().data())[0]).toBeNaN();
  });
});

describe('live', () => {
  it('makes the newest of what was asked for meanwhile, and drops the rest', async () => {
    const made: number[] = [];
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const follow = live(async (value: number) => {
      if (value === 1) await held;
      made.push(value);
    });
    const asked = [1, 2, 3, 4].map((value) => follow(value));
    release();
    expect(await Promise.all(asked)).toEqual([true, false, false, true]);
    expect([made, follow.dropped]).toEqual([[1, 4], 2]);
  });

  it('hands an error to the one who asked, goes on, and ends when it is closed', async () => {
    const follow = live((value: number) => {
      if (value < 0) throw new RangeError('below 0');
    });
    await expect(follow(-1)).rejects.toThrow('below 0');
    expect(await follow(1)).toBe(true);
    follow.close();
    expect(await follow(2)).toBe(false);
  });
});
