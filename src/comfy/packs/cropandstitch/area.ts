// Where the nodes of Inpaint-CropAndStitch cut: around the mask, in the proportions of the requested size.
import type { Plane } from '../lib/each.js';
import { boundsOf } from '../lib/label.js';
import { halfEven } from '../lib/numbers.js';

const f = Math.fround;

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** The box around all values that are not 0; undefined for an empty mask. */
export function areaOf(mask: Plane<Float32Array>): Rect | undefined {
  const bounds = boundsOf(mask, (at) => mask.data[at] !== 0);
  if (!bounds) return undefined;
  const [left, top, right, bottom] = bounds;
  return { x: left, y: top, w: right - left, h: bottom - top };
}

/** Grows a box by a factor, within the picture. */
export function grownArea({ x, y, w, h }: Rect, factor: number, width: number, height: number): Rect {
  const part = f(factor - 1);
  const [byX, byY] = [halfEven(f(w * part) / 2), halfEven(f(h * part) / 2)];
  const [left, top] = [Math.max(x - byX, 0), Math.max(y - byY, 0)];
  const [right, bottom] = [Math.min(x + w + byX, width), Math.min(y + h + byY, height)];
  return { x: left, y: top, w: right - left, h: bottom - top };
}

/** The box around both. */
export function joined(one: Rect, other: Rect | undefined): Rect {
  if (!other) return one;
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return { x, y, w: Math.max(one.x + one.w, other.x + other.w) - x, h: Math.max(one.y + one.h, other.y + other.h) - y };
}

type Line = readonly [start: number, length: number];

/** Moves a line into a side of the picture, or centres it if it is longer. */
function within(start: number, length: number, side: number): number {
  const middle = 0 - Math.floor((length - side) / 2);
  if (start < 0) return length <= side ? 0 : middle;
  if (start + length <= side) return start;
  return start - (start + length - side) >= 0 ? side - length : middle;
}

/** Lengthens a line around its middle. */
const longer = ([start, length]: Line, wanted: number, side: number): Line =>
  [within(start - Math.floor((wanted - length) / 2), wanted, side), wanted] as const;

/**
 * Extends a box to the proportions of `size`, and with `least` to at least that size. It may reach beyond the
 * picture.
 */
export function fittedArea(
  { x, y, w, h }: Rect,
  size: { readonly width: number; readonly height: number },
  picture: { readonly width: number; readonly height: number },
  least: boolean,
): Rect {
  const wanted = size.width / size.height;
  let [across, down]: [Line, Line] = [
    [x, w],
    [y, h],
  ];
  if (w / h < wanted) across = longer(across, Math.trunc(h * wanted), picture.width);
  else down = longer(down, Math.trunc(w / wanted), picture.height);
  if (least && across[1] < size.width) across = longer(across, size.width, picture.width);
  if (least && down[1] < size.height) down = longer(down, size.height, picture.height);
  return { x: across[0], y: down[0], w: across[1], h: down[1] };
}
