// Every operation against its reference, on odd sizes, batches and short tiles.
import { type Extent, elements, type Numbers, type Slot, type Step } from '../../../src/engine.js';
import type { OpName } from '../../../src/ops/index.js';
import type { WebglEngine } from '../../../src/webgl/engine.js';
import * as reference from './reference.js';
import { bytes, differing, edges, engineOf, floats, type Picture, random, result, stepOf, upload } from './tools.js';

export interface Found {
  [what: string]: number;
}

/** Element counts that differ, by operation and circumstance; `tile` cuts even small pictures into tiles. */
export async function operations({ tile, seed }: { tile?: number; seed: number }): Promise<Found> {
  const engine = await engineOf({ tile });
  try {
    const found: Found = {};
    const next = random(seed);
    const check = async (
      name: string,
      extent: Extent,
      wanted: ArrayLike<number>,
      source: Slot | undefined,
      steps: Step[],
    ): Promise<void> => {
      const exact = extent.dtype === 'uint8' ? Uint8Array.from(wanted) : Float32Array.from(wanted);
      found[name] = (found[name] ?? 0) + differing(await result(engine, extent, source, steps), exact);
    };
    for (const [h, w, batch] of [
      [1, 1, 1],
      [3, 17, 1],
      [21, 13, 2],
      [5, 31, 3],
    ]) {
      await picks(check, engine, next, h, w, batch);
      await maps(check, engine, next, h, w, batch);
      await joins(check, engine, next, h, w, batch);
      await packs(check, engine, next, h, w, batch);
      await gathers(check, engine, next, h, w, batch);
      await counts(found, engine, next, h, w, batch);
    }
    await pairs(check, engine);
    return found;
  } finally {
    engine.close();
  }
}

/** Pictures longer than a texture, without any help: picks, neighbours across the seams, counts and reading. */
export async function seams(): Promise<Found> {
  const engine = await engineOf();
  const next = random(9);
  const found: Found = {};
  try {
    for (const [height, width] of [
      [160, 9000],
      [9000, 160],
    ]) {
      const picture = bytes(1, height, width, 3, next);
      const source = upload(engine, picture);
      const red = picture.data.filter((_, i) => i % 3 === 0);
      const extent = mask(picture.extent);
      const got = await result(engine, extent, source, [await stepOf('red', picture.extent)]);
      found[`red ${width} x ${height}`] = differing(got, red);
      const slot = upload(engine, { extent, data: red });
      const [counts] = await engine.histogram(slot);
      const wanted = new Uint32Array(256);
      for (const v of red) wanted[v]++;
      found[`histogram ${width} x ${height}`] = differing(
        Uint8Array.from(counts, (n, v) => Number(n !== wanted[v])),
        new Uint8Array(256),
      );
      const grown = await result(engine, extent, slot, [await stepOf('grow', extent, { expand: 3 })]);
      found[`grow ${width} x ${height}`] = differing(
        grown,
        Uint8Array.from(reference.grow(red, height, width, 3, true)),
      );
      const other = bytes(1, 80, 80, 1, next);
      const patch = upload(engine, other);
      const at = { x: width > height ? 4400 : 40, y: width > height ? 40 : 4400 };
      const placed = await result(engine, extent, slot, [await stepOf('paste', extent, at, [patch])]);
      const laid = Uint8Array.from(red);
      for (let y = 0; y < 80; y++) laid.set(other.data.subarray(y * 80, y * 80 + 80), (at.y + y) * width + at.x);
      found[`place ${width} x ${height}`] = differing(placed, laid);
      for (const one of [source, slot, patch]) engine.free(one);
    }
    return found;
  } finally {
    engine.close();
  }
}

type CheckOne = (
  name: string,
  extent: Extent,
  wanted: ArrayLike<number>,
  source: Slot | undefined,
  steps: Step[],
) => Promise<void>;
type Go = [check: CheckOne, engine: WebglEngine, next: () => number, h: number, w: number, batch: number];

const pixels = ({ extent, data }: Picture): Numbers[] =>
  Array.from({ length: elements(extent) / extent.channels }, (_, i) =>
    data.slice(i * extent.channels, (i + 1) * extent.channels),
  );
const mask = (extent: Extent): Extent => ({ ...extent, channels: 1 });
const alike = (a: number, b: number): boolean => a === b;

async function picks(...[check, engine, next, h, w, batch]: Go): Promise<void> {
  for (const channels of [1, 3, 4]) {
    const picture = bytes(batch, h, w, channels, next);
    const source = upload(engine, picture);
    const all = pixels(picture).map((px) => reference.wide(px, 255));
    for (const [i, name] of (['red', 'green', 'blue', 'alpha'] as const).entries()) {
      await check(
        name,
        mask(picture.extent),
        all.map((px) => px[i]),
        source,
        [await stepOf(name, picture.extent)],
      );
    }
    await check(
      'hsvV',
      mask(picture.extent),
      all.map(([r, g, b]) => Math.max(r, g, b)),
      source,
      [await stepOf('hsvV', picture.extent)],
    );
    const luma = all.map(([r, g, b]) => (19595 * r + 38470 * g + 7471 * b + 32768) >>> 16);
    await check('luma', mask(picture.extent), luma, source, [await stepOf('luma', picture.extent)]);
    const wanted = Array.from(pixels(picture)[Math.floor(next() * h * w)]);
    const color = wanted.reduce((sum, value, c) => sum + value * 256 ** c, 0);
    const same = pixels(picture).map((px) => (Array.from(px).every((value, c) => value === wanted[c]) ? 255 : 0));
    await check('match', mask(picture.extent), same, source, [await stepOf('match', picture.extent, { color })]);
    engine.free(source);

    const float = floats(batch, h, w, channels, next);
    const slot = upload(engine, float);
    const stored = pixels(float);
    for (let index = 0; index < channels; index++) {
      await check(
        'plane',
        mask(float.extent),
        stored.map((px) => px[index]),
        slot,
        [await stepOf('plane', float.extent, { index })],
      );
    }
    const [red, green = 0, blue = 0, alpha = 0] = stored[0];
    const equal = stored.map((px) => Number(Array.from(px).every((value, c) => alike(value, stored[0][c]))));
    await check('matchFloat', mask(float.extent), equal, slot, [
      await stepOf('matchFloat', float.extent, { red, green, blue, alpha }),
    ]);
    const packed = stored.map((px) => reference.wide(px, 1).slice(0, 3).map(reference.rounded));
    const [r, g, b] = packed[packed.length - 1];
    const named = packed.map((px) => Number(px[0] === r && px[1] === g && px[2] === b));
    const rgb = (r << 16) | (g << 8) | b;
    await check('selectColor', mask(float.extent), named, slot, [
      await stepOf('selectColor', float.extent, { color: rgb }),
    ]);
    engine.free(slot);
  }
}

async function maps(...[check, engine, next, h, w, batch]: Go): Promise<void> {
  const float = floats(batch, h, w, 1, next);
  const source = upload(engine, float);
  const value = Math.round(next() * 100) / 100;
  const list = Array.from(float.data);
  const { invert, threshold, clamp, bytes: cast } = reference.floatMaps;
  await check('invert', float.extent, list.map(invert), source, [await stepOf('invert', float.extent)]);
  await check(
    'threshold',
    float.extent,
    list.map((x) => threshold(x, value)),
    source,
    [await stepOf('threshold', float.extent, { value })],
  );
  for (const zero of [0, -0]) {
    await check(
      'threshold',
      float.extent,
      list.map((x) => threshold(x, zero)),
      source,
      [await stepOf('threshold', float.extent, { value: zero })],
    );
  }
  await check('clamp', float.extent, list.map(clamp), source, [await stepOf('clamp', float.extent)]);
  await check('bytes', { ...float.extent, dtype: 'uint8' }, list.map(cast), source, [
    await stepOf('bytes', float.extent),
  ]);
  engine.free(source);
  for (const channels of [1, 3, 4]) {
    const byte = bytes(batch, h, w, channels, next);
    const slot = upload(engine, byte);
    const wanted = Array.from(byte.data, (v) => v / 255);
    await check('floats', { ...byte.extent, dtype: 'float32' }, wanted, slot, [await stepOf('floats', byte.extent)]);
    const tables = Array.from({ length: batch }, () => Uint8Array.from({ length: 256 }, () => next() * 256));
    const size = h * w * channels;
    for (const some of [tables, tables.slice(0, 1)]) {
      const table: Step = { ...(await stepOf('invert', byte.extent)), tables: some };
      const looked = Array.from(byte.data, (v, i) => some[some.length > 1 ? Math.floor(i / size) : 0][v]);
      await check('table', byte.extent, looked, slot, [table]);
    }
    const read = new Float32Array(byte.data.length);
    await engine.read(slot, read);
    await check('read as floats', { ...byte.extent, dtype: 'float32' }, read, slot, [
      await stepOf('floats', byte.extent),
    ]);
    engine.free(slot);
  }
}

async function joins(...[check, engine, next, h, w, batch]: Go): Promise<void> {
  for (const [make, table] of [
    [bytes, reference.byteJoins],
    [floats, reference.floatJoins],
  ] as const) {
    const a = make(batch, h, w, 1, next);
    const source = upload(engine, a);
    for (const single of [false, true]) {
      const b = make(single ? 1 : batch, h, w, 1, next);
      const other = upload(engine, b);
      for (const [name, join] of Object.entries(table)) {
        const wanted = Array.from(a.data, (v, i) => join(v, b.data[i % b.data.length]));
        await check(`${name} ${a.extent.dtype}`, a.extent, wanted, source, [
          await stepOf(name as OpName, a.extent, {}, [other]),
        ]);
      }
      engine.free(other);
    }
    engine.free(source);
  }
}

/** Every pair of the edges of float32. */
async function pairs(check: CheckOne, engine: WebglEngine): Promise<void> {
  const n = edges.length;
  const extent: Extent = { batch: 1, height: n, width: n, channels: 1, dtype: 'float32' };
  const a = Float32Array.from({ length: n * n }, (_, i) => edges[i % n]);
  const b = Float32Array.from({ length: n * n }, (_, i) => edges[Math.floor(i / n)]);
  const [source, other] = [upload(engine, { extent, data: a }), upload(engine, { extent, data: b })];
  for (const [name, join] of Object.entries(reference.floatJoins)) {
    const wanted = Array.from(a, (v, i) => join(v, b[i]));
    await check(`${name} edges`, extent, wanted, source, [await stepOf(name as OpName, extent, {}, [other])]);
  }
  // a product that goes straight into a sum must not be fused with it
  const steps = [await stepOf('multiply', extent, {}, [other]), await stepOf('add', extent, {}, [source])];
  const chained = Array.from(a, (v, i) => Math.fround(Math.fround(v * b[i]) + v));
  await check('multiply then add', extent, chained, source, steps);
  engine.free(source);
  engine.free(other);
}

async function packs(...[check, engine, next, h, w, batch]: Go): Promise<void> {
  for (const make of [bytes, floats]) {
    const full = make === bytes ? 255 : 1;
    const alpha = make(batch, h, w, 1, next);
    const over = upload(engine, alpha);
    const gray = Array.from(alpha.data).flatMap((v) => [v, v, v]);
    await check('toGray', { ...alpha.extent, channels: 3 }, gray, over, [await stepOf('toGray', alpha.extent)]);
    for (const channels of [1, 3, 4]) {
      const picture = make(batch, h, w, channels, next);
      const source = upload(engine, picture);
      const all = pixels(picture).map((px) => reference.wide(px, full));
      const rgb = all.flatMap((px) => px.slice(0, 3));
      await check('removeAlpha', { ...picture.extent, channels: 3 }, rgb, source, [
        await stepOf('removeAlpha', picture.extent),
      ]);
      const rgba = all.flatMap((px, i) => [...px.slice(0, 3), alpha.data[i]]);
      await check('withAlpha', { ...picture.extent, channels: 4 }, rgba, source, [
        await stepOf('withAlpha', picture.extent, {}, [over]),
      ]);
      await check('copy', picture.extent, picture.data, source, []);
      engine.free(source);
    }
    engine.free(over);
  }
}

async function gathers(...[check, engine, next, h, w, batch]: Go): Promise<void> {
  const whole = (most: number): number => Math.floor(next() * most);
  for (const make of [bytes, floats]) {
    const a = make(batch, h, w, 1, next);
    const source = upload(engine, a);
    const at = (b: number, y: number, x: number): number => a.data[(b * h + y) * w + x];
    const fill = (e: Extent, value: (b: number, y: number, x: number) => number): number[] =>
      Array.from({ length: elements(e) }, (_, i) =>
        value(Math.floor(i / (e.height * e.width)), Math.floor(i / e.width) % e.height, i % e.width),
      );
    for (const beyond of ['last', 'cycle']) {
      const from = whole(batch);
      const extent = { ...a.extent, batch: batch + 2 };
      const picture = (b: number): number => (beyond === 'last' ? Math.min(from + b, batch - 1) : (from + b) % batch);
      const wanted = fill(extent, (b, y, x) => at(picture(b), y, x));
      await check('take', extent, wanted, source, [await stepOf('take', a.extent, { from, count: batch + 2, beyond })]);
    }
    const tall = { ...a.extent, batch: 1, height: h * batch };
    await check('stackVertically', tall, a.data, source, [await stepOf('stackVertically', a.extent)]);
    const [x, y] = [whole(w), whole(h)];
    const cut = { ...a.extent, width: 1 + whole(w - x), height: 1 + whole(h - y) };
    const crop = await stepOf('crop', a.extent, { x, y, width: cut.width, height: cut.height });
    await check(
      'crop',
      cut,
      fill(cut, (b, v, u) => at(b, v + y, u + x)),
      source,
      [crop],
    );
    for (const single of [true, false]) {
      const patch = make(single ? 1 : batch, 1 + whole(9), 1 + whole(30), 1, next);
      const other = upload(engine, patch);
      const { height, width } = patch.extent;
      const placed = fill(a.extent, (b, v, u) => {
        const [py, px] = [v - y, u - x];
        const inside = py >= 0 && px >= 0 && py < height && px < width;
        return inside ? patch.data[((single ? 0 : b) * height + py) * width + px] : at(b, v, u);
      });
      await check('paste', a.extent, placed, source, [await stepOf('paste', a.extent, { x, y }, [other])]);
      engine.free(other);
    }
    for (const expand of [1, -1, 2, 3, -5, 9]) {
      for (const tapered of [true, false]) {
        const pictures = Array.from({ length: batch }, (_, b) => a.data.slice(b * h * w, (b + 1) * h * w));
        const wanted = pictures.flatMap((one) => reference.grow(one, h, w, expand, tapered));
        const step = await stepOf('grow', a.extent, { expand, shape: tapered ? 'diamond' : 'square' });
        await check(`grow ${a.extent.dtype}`, a.extent, wanted, source, [step]);
      }
    }
    engine.free(source);
  }
  const float = floats(batch, h, w, 1, next);
  const source = upload(engine, float);
  const pictures = Array.from({ length: batch }, (_, b) => float.data.slice(b * h * w, (b + 1) * h * w));
  for (let i = 0; i < 2; i++) {
    const edge = [whole(w + 3), whole(h + 3), whole(w + 3), whole(h + 3)];
    const [left, top, right, bottom] = edge;
    const wanted = pictures.flatMap((one) => [...reference.fadeEdges(one, h, w, edge)]);
    await check('fadeEdges', float.extent, wanted, source, [
      await stepOf('fadeEdges', float.extent, { left, top, right, bottom }),
    ]);
  }
  const value = Math.fround(next());
  const flat: Extent = { batch: 1, height: h, width: w, channels: 1, dtype: 'float32' };
  await check('solid', flat, new Array(h * w).fill(value), undefined, [await stepOf('solid', flat, { value })]);
  engine.free(source);
}

async function counts(
  found: Found,
  engine: WebglEngine,
  next: () => number,
  h: number,
  w: number,
  batch: number,
): Promise<void> {
  for (const [height, width] of [
    [h, w],
    [h * 31, w * 7],
  ]) {
    const flat = next() < 0.5;
    const picture = bytes(batch, height, width, 1, flat ? () => 0.7 : next);
    const slot = upload(engine, picture);
    const got = await engine.histogram(slot);
    for (let b = 0; b < batch; b++) {
      const wanted = new Uint32Array(256);
      for (const v of picture.data.subarray(b * height * width, (b + 1) * height * width)) wanted[v]++;
      const wrong = got[b].reduce((sum, count, v) => sum + Number(count !== wanted[v]), 0);
      found.histogram = (found.histogram ?? 0) + wrong;
    }
    engine.free(slot);
  }
}
