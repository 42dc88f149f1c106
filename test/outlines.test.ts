// Outlines: filling them gives the mask again, byte for byte; simplified ones stay close and never cross.
import { describe, expect, it } from 'vitest';
import { open } from '../src/index.js';
import type { Ring } from '../src/measures/outlines.js';
import { noise } from './noise.js';

const device = await open({ device: 'wasm' });

/** Even-odd: a pixel is white where its centre is inside. */
function filled(rings: readonly Ring[], width: number, height: number): Uint8Array {
  const turns: number[][] = Array.from({ length: height }, () => []);
  for (const { points } of rings) {
    for (let i = 0; i < points.length; i += 2) {
      const [x0, y0] = [points[i], points[i + 1]];
      const [x1, y1] = [points[(i + 2) % points.length], points[(i + 3) % points.length]];
      for (let y = Math.min(y0, y1); y < Math.max(y0, y1); y++)
        turns[y].push(Math.ceil(x0 + ((y + 0.5 - y0) * (x1 - x0)) / (y1 - y0) - 0.5));
    }
  }
  const mask = new Uint8Array(width * height);
  turns.forEach((xs, y) => {
    xs.sort((a, b) => a - b);
    for (let i = 0; i < xs.length; i += 2) mask.fill(255, y * width + xs[i], y * width + xs[i + 1]);
  });
  return mask;
}

const areaOf = ({ points }: Ring): number => {
  let sum = 0;
  for (let i = 0; i < points.length; i += 2) {
    const j = (i + 2) % points.length;
    sum += points[i] * points[j + 1] - points[j] * points[i + 1];
  }
  return sum / 2;
};

/** Masks of any density and size, some of whole words, and soft blobs. */
function random(k: number): { width: number; height: number; data: Uint8Array } {
  const width = [1, 3, 9, 64, 65, 128, 140][k % 7];
  const height = 1 + (k % 13);
  const dense = [128, 20, 235, 0, 255, 160][k % 6];
  return { width, height, data: noise(width * height, k + 1).map((v) => (v < dense ? 255 : 0)) };
}

describe('outlines', () => {
  it('of a pixel, and of a hole', async () => {
    const [rings] = await device.mask(Uint8Array.of(0, 255), [1, 1, 2]).outlines();
    expect(rings).toEqual([{ points: Int32Array.of(1, 0, 2, 0, 2, 1, 1, 1), hole: false }]);
    const ring = device.mask(Uint8Array.of(255, 255, 255, 255, 0, 255, 255, 255, 255), [1, 3, 3]);
    expect(await ring.outlines()).toEqual([
      [
        { points: Int32Array.of(0, 0, 3, 0, 3, 3, 0, 3), hole: false },
        { points: Int32Array.of(1, 1, 1, 2, 2, 2, 2, 1), hole: true },
      ],
    ]);
    expect(await ring.toSvgPath()).toBe('M0 0h3v3h-3zM1 1v1h1v-1z');
    expect(await device.mask(new Uint8Array(6), [2, 1, 3]).outlines()).toEqual([[], []]);
  });

  it('join pixels at their corners', async () => {
    const [rings] = await device.mask(Uint8Array.of(255, 0, 0, 255), [1, 2, 2]).outlines();
    expect(rings.map(({ points }) => [...points])).toEqual([[0, 0, 1, 0, 1, 1, 2, 1, 2, 2, 1, 2, 1, 1, 0, 1]]);
  });

  it('filled again are the mask, for 1,000 masks', async () => {
    for (let k = 0; k < 1000; k++) {
      const { width, height, data } = random(k);
      const [rings] = await device.mask(data, [1, height, width]).outlines();
      expect(Buffer.compare(filled(rings, width, height), data), `${k}`).toBe(0);
      for (const ring of rings) expect(areaOf(ring) < 0).toBe(ring.hole);
    }
  });

  it('filled again are 4K of noise', async () => {
    const [width, height] = [3840, 2160];
    const data = noise(width * height, 5).map((v) => (v < 128 ? 255 : 0));
    const [rings] = await device.mask(data, [1, height, width]).outlines();
    expect(Buffer.compare(filled(rings, width, height), data)).toBe(0);
  });

  it('of a checkerboard of 4K are refused, and so is a path of many masks', async () => {
    const board = Uint8Array.from({ length: 3840 * 2160 }, (_, i) => ((i + Math.floor(i / 3840)) % 2) * 255);
    await expect(device.mask(board, [1, 2160, 3840]).outlines()).rejects.toMatchObject({ code: 'limit' });
    await expect(device.mask(new Uint8Array(2), [2, 1, 1]).toSvgPath()).rejects.toThrow('batch must be 1');
  });

  it('of floats and of each mask of a batch are those of its threshold', async () => {
    const two = device.mask(Float32Array.of(0.4, 0.6, Number.NaN, 1), [2, 1, 2]);
    const columns = (await two.outlines({ threshold: 0.5 })).map((rings) => rings.map(({ points }) => points[0]));
    expect(columns).toEqual([[1], [1]]);
    expect((await two.outlines({ threshold: 0.3 }))[0][0].points).toEqual(Int32Array.of(0, 0, 2, 0, 2, 1, 0, 1));
  });
});

describe('simplified outlines', () => {
  const apart = (x: number, y: number, { points }: Ring): number => {
    let least = Infinity;
    for (let i = 0; i < points.length; i += 2) {
      const [ax, ay] = [points[i], points[i + 1]];
      const [dx, dy] = [points[(i + 2) % points.length] - ax, points[(i + 3) % points.length] - ay];
      const along = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0), 1);
      least = Math.min(least, Math.hypot(x - ax - along * dx, y - ay - along * dy));
    }
    return least;
  };
  /** Edges that properly cross. */
  function crossings(rings: readonly Ring[]): number {
    const edges = rings.flatMap(({ points }) =>
      Array.from({ length: points.length / 2 }, (_, i) => [0, 1, 2, 3].map((k) => points[(2 * i + k) % points.length])),
    );
    const side = ([px, py, qx, qy]: number[], x: number, y: number): number =>
      Math.sign((qx - px) * (y - py) - (qy - py) * (x - px));
    let found = 0;
    for (let i = 0; i < edges.length; i++) {
      for (let j = 0; j < i; j++) {
        const [a, b] = [edges[i], edges[j]];
        const across = side(a, b[0], b[1]) * side(a, b[2], b[3]) < 0 && side(b, a[0], a[1]) * side(b, a[2], a[3]) < 0;
        found += Number(across);
      }
    }
    return found;
  }

  it('stay as near as asked, cross nothing and keep their direction', async () => {
    for (let k = 0; k < 60; k++) {
      const [width, height] = [24, 20];
      const data = noise(width * height, k + 1).map((v) => (v < [40, 128, 200][k % 3] ? 255 : 0));
      const mask = device.mask(data, [1, height, width]);
      const simplify = [0.5, 1, 3, 20][k % 4];
      const [[rings], [some]] = [await mask.outlines(), await mask.outlines({ simplify })];
      expect(some).toHaveLength(rings.length);
      expect(crossings(some), `${k}`).toBe(0);
      some.forEach((ring, i) => {
        expect(ring.points).toBeInstanceOf(Float64Array);
        expect(ring.points.length).toBeGreaterThanOrEqual(6);
        for (let at = 0; at < ring.points.length; at += 2)
          expect(apart(ring.points[at], ring.points[at + 1], rings[i])).toBe(0);
        for (let at = 0; at < rings[i].points.length; at += 2)
          expect(apart(rings[i].points[at], rings[i].points[at + 1], ring)).toBeLessThanOrEqual(simplify + 1e-9);
      });
    }
  });

  it('of a disk have few points', async () => {
    const side = 200;
    const data = Uint8Array.from({ length: side * side }, (_, i) =>
      Math.hypot((i % side) - 99.5, Math.floor(i / side) - 99.5) < 90 ? 255 : 0,
    );
    const [[ring]] = await device.mask(data, [1, side, side]).outlines({ simplify: 1 });
    expect(ring.points.length / 2).toBeLessThan(64);
    expect(areaOf(ring) / (Math.PI * 90 ** 2)).toBeCloseTo(1, 1);
  });
});

describe('measures of pixels', () => {
  const a = device.mask(Uint8Array.of(255, 255, 0, 0, 0, 0, 0, 0), [2, 1, 4]);
  const b = device.mask(Float32Array.of(0, 1, 0.7, 0.5), [1, 1, 4]);

  it('iou is intersection over union, and 0 of nothing', async () => {
    expect(await a.iou(b)).toEqual([1 / 3, 0]);
    expect(await a.at(1).iou(a.at(1))).toEqual([0]);
    expect(await a.at(0).iou(b, { threshold: 0.8 })).toEqual([1 / 2]);
    await expect(a.iou(device.mask(new Uint8Array(2), [1, 1, 2]))).rejects.toThrow('4 x 1');
  });

  it('contains looks at the pixel that a place lies in', async () => {
    expect(await a.contains({ x: 1.9, y: 0.5 })).toEqual([true, false]);
    expect(await a.contains({ x: 2, y: 0 })).toEqual([false, false]);
    for (const place of [
      { x: -0.1, y: 0 },
      { x: 4, y: 0 },
      { x: 0, y: 1 },
    ])
      expect(await a.contains(place)).toEqual([false, false]);
    expect(await b.contains({ x: 2, y: 0, threshold: 0.6 })).toEqual([true]);
    await expect(a.contains({ x: Number.NaN })).rejects.toThrow('contains: x must be');
  });
});
