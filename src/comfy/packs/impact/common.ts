// Shared by the nodes of the Impact pack.
import { refusal } from '../../../base/errors.js';
import { MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { float, int } from '../../inputs.js';
import type { Box, Seg, Segs } from '../../sockets.js';
import { type Around, batchOf, floatsOf, type Plane } from '../lib/each.js';
import { torchBlur } from '../lib/torchBlur.js';

export const impact = {
  category: 'ImpactPack/Operation',
  module: 'custom_nodes.ComfyUI-Impact-Pack',
  outputs: [['MASK', 'MASK']],
} as const;

export const util = { ...impact, category: 'ImpactPack/Util' } as const;

/** The measures of a region. */
export const measures = ['area(=w*h)', 'width', 'height', 'x1', 'y1', 'x2', 'y2'] as const;

export function measured({ crop_region: [x1, y1, x2, y2] }: Seg, by: (typeof measures)[number]): number {
  const [width, height] = [x2 - x1, y2 - y1];
  return { 'area(=w*h)': height * width, width, height, x1, y1, x2, y2 }[by];
}

/**
 * A region's mask for picture `i`: one per picture, or one for all; otherwise the union of all of its masks, cut at
 * 0.1.
 */
export async function maskOf({ mask }: Seg, i: number, count: number, call: Around): Promise<Plane<Float32Array>> {
  const planes = await floatsOf(mask, call);
  if (planes.length === 1 || planes.length === count) return planes[planes.length === 1 ? 0 : i];
  const all = await wrapped(mask, call);
  const data = Float32Array.from(all[0].data, (_, at) => {
    const bits = all.reduce((sum, one) => sum | one.data[at], 0);
    return Number(Math.fround(bits / 255) > Math.fround(0.1));
  });
  return { ...all[0], data };
}

export const dilation = int({ default: 10, min: -512, max: 512 });
export const gaussian = {
  kernel_size: int({ default: 10, min: 0, max: 100 }),
  sigma: float({ default: 10, min: 0.1, max: 100, step: 0.1 }),
};

/** (x * 255) truncated to a byte. Values outside 0..255 wrap around, as in numpy's astype. */
export async function wrapped(mask: MaskBatch, call: Around): Promise<Plane<Uint8Array>[]> {
  const all = await floatsOf(mask, call);
  return all.map(({ data, ...size }) => ({ data: Uint8Array.from(data, (x) => Math.fround(x * 255)), ...size }));
}

/**
 * The pack's Gaussian with 2 * size + 1 weights, or about half the shorter side if that is less. Too small:
 * unchanged.
 */
export function feathered(plane: Plane, size: number, sigma: number): Plane {
  const shortest = Math.min(plane.width, plane.height);
  const half = Math.floor(shortest / 2);
  const wanted = 2 * size + 1;
  const weights = shortest <= wanted ? half + 1 - (half % 2) : wanted;
  return size <= 0 || weights < 3 ? plane : torchBlur(plane, weights, sigma);
}

/** Adds (or) the bytes of a region to the picture that it was cut from. */
export function lay(
  to: Uint8Array,
  [height, width]: readonly number[],
  { crop_region: [left, top, right, bottom] }: Seg,
  own: Plane<Uint8Array>,
): void {
  for (let y = top; y < Math.min(bottom, height); y++) {
    for (let x = left; x < Math.min(right, width); x++) {
      to[y * width + x] |= own.data[(y - top) * own.width + x - left];
    }
  }
}

/** Every mask of every region, at its place on a black picture. */
export async function wholeMasks(node: string, { size, segs }: Segs, call: Around): Promise<MaskBatch[]> {
  const [height, width] = size;
  const all: MaskBatch[] = [];
  for (const seg of segs) {
    for (const plane of await checkedBytes(node, size, seg, call)) {
      const data = new Uint8Array(height * width);
      lay(data, size, seg, plane);
      all.push(batchOf(call, [{ data, width, height }]).as('float32'));
    }
  }
  return all.length ? all : [batchOf(call, [{ data: new Float32Array(height * width), width, height }])];
}

/** The bytes of a region's masks. They must have the size of its crop_region, which must lie inside the picture. */
export async function checkedBytes(node: string, size: readonly number[], seg: Seg, call: Around) {
  const [left, top, right, bottom] = seg.crop_region;
  const inside = left >= 0 && top >= 0 && right <= size[1] && bottom <= size[0];
  const [, height, width] = seg.mask.shape;
  if (!inside || height !== bottom - top || width !== right - left) {
    const expected = `SEGS with masks as large as their crop_region, inside ${size[1]} x ${size[0]}`;
    throw refusal(node, 'segs', expected, `${width} x ${height} at [${seg.crop_region}]`, 'bad-shape');
  }
  return wrapped(seg.mask, call);
}

/** A rectangle around a box, `factor` times as large, moved into the picture. */
export function cropRegion(width: number, height: number, [x1, y1, x2, y2]: Box, factor: number): Box {
  const region = (limit: number, from: number, to: number): readonly [number, number] => {
    const size = (to - from) * factor;
    const start = Math.trunc(from + (to - from) / 2 - size / 2);
    if (start < 0) return [0, Math.trunc(Math.min(limit, size))];
    if (start + size > limit) return [Math.trunc(Math.max(0, limit - size)), limit];
    return [start, Math.trunc(start + size)];
  };
  const [[left, right], [top, bottom]] = [region(width, x1, x2), region(height, y1, y2)];
  return [left, top, right, bottom];
}

/** All regions with new masks. */
export async function eachSeg(
  { size, segs }: Segs,
  make: (seg: Seg, at: number) => Promise<MaskBatch>,
): Promise<[Segs]> {
  const made: Seg[] = [];
  for (const [at, seg] of segs.entries()) made.push({ ...seg, mask: await make(seg, at) });
  return [{ size, segs: made }];
}

/** Concatenates masks, which must have the same size. */
export function joined(node: string, all: readonly MaskBatch[]): MaskBatch {
  const [first] = all;
  const other = all.find(({ shape }) => shape.slice(1).join() !== first.shape.slice(1).join());
  if (other) throw refusal(node, 'mask', `of one size (${first})`, other.toString(), 'bad-shape');
  return Mask.cat(all.map((one) => one.as('float32')));
}
