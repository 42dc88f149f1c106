// What is drawn on a device, from what a caller gives to rows of the table: outlines as SVG paths, points as text.

import type { Device } from '../api/device.js';
import type { MaskBatch } from '../api/mask.js';
import { arrayKind } from '../base/arrays.js';
import { refusal } from '../base/errors.js';
import { isPlain } from '../base/params.js';
import { scan } from './scan.js';

/** Points: [x, y] each, or x, y, x, y, … in one array. */
export type Ring =
  | readonly (readonly [number, number])[]
  | readonly number[]
  | Float32Array
  | Float64Array
  | Int32Array;
/** Closed outlines, each a list of points. */
export type Rings = readonly Ring[];

export interface SizeOptions {
  /** Columns of the mask. Whole, 1 or more. */
  width: number;
  /** Rows of the mask. Whole, 1 or more. */
  height: number;
}

export interface PathOptions extends SizeOptions {
  /** How far a pixel is covered (the default); else white where its centre is inside. */
  antialias?: boolean | undefined;
  /** What is inside where outlines cross or lie in each other: `evenodd` (the default) or `nonzero`. */
  rule?: 'evenodd' | 'nonzero' | undefined;
}

export interface StrokeOptions extends SizeOptions {
  /** Of the brush, in pixels. 0.1 to 4096; 8 if left out. */
  radius?: number | undefined;
  /** How much of the radius is wholly white. 0 to 1; 1 if left out. */
  hardness?: number | undefined;
}

export interface GradientOptions extends SizeOptions {
  /** Along a line (the default), or from a point outwards. */
  type?: 'linear' | 'radial' | undefined;
  /** Where it is black: [x, y] in pixels. */
  from: readonly [number, number];
  /** Where it is white: [x, y] in pixels. */
  to: readonly [number, number];
}

export function path(device: Device, d: unknown, options: unknown): MaskBatch {
  if (typeof d !== 'string') throw refusal('path', 'd', 'an SVG path', d);
  scan('path', d, () => {});
  return outlined(device, 'path', options, d);
}

export function polygon(device: Device, rings: unknown, options: unknown): MaskBatch {
  if (!Array.isArray(rings)) throw refusal('polygon', 'rings', 'a list of rings', rings);
  const d = Array.from(rings, (ring, i) => {
    const flat = points('polygon', `rings[${i}]`, ring);
    return flat.length ? `M${flat.join(' ')}Z` : '';
  });
  return outlined(device, 'polygon', options, d.join(''));
}

export function rectangle(device: Device, box: unknown, options: unknown): MaskBatch {
  const [x, y, width, height] = four('rectangle', box);
  return outlined(device, 'rectangle', options, `M${x} ${y}h${width}v${height}h${-width}Z`);
}

export function ellipse(device: Device, box: unknown, options: unknown): MaskBatch {
  const [x, y, rx, ry] = four('ellipse', box);
  const half = (sign: number): string => `A${rx} ${ry} 0 0 1 ${x + sign * rx} ${y}`;
  return outlined(device, 'ellipse', options, `M${x - rx} ${y}${half(1)}${half(-1)}Z`, 0.005);
}

const outlined = (device: Device, operation: string, options: unknown, d: string, tolerance = 0.1): MaskBatch =>
  device.make('path', options, { d, tolerance }, operation);

export function stroke(device: Device, given: unknown, options: unknown): MaskBatch {
  const flat = points('stroke', 'points', given);
  if (!flat.length) throw refusal('stroke', 'points', 'at least one point', given);
  return device.make('stroke', options, { points: flat.join(' ') });
}

export function gradient(device: Device, options: unknown): MaskBatch {
  if (!isPlain(options)) throw refusal('gradient', 'options', 'an object with from, to, width, height', options);
  const { from, to, ...rest } = options;
  const [x0, y0] = point('from', from);
  const [x1, y1] = point('to', to);
  if (x0 === x1 && y0 === y1) throw refusal('gradient', 'to', 'another place than from', to);
  return device.make('gradient', rest, { x0, y0, x1, y1 });
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function point(name: string, given: unknown): readonly [number, number] {
  if (Array.isArray(given) && given.length === 2 && given.every(isNumber)) return [given[0], given[1]];
  throw refusal('gradient', name, 'a place, [x, y]', given);
}

function four(operation: string, given: unknown): readonly number[] {
  if (Array.isArray(given) && given.length === 4 && given.every(isNumber) && given[2] >= 0 && given[3] >= 0)
    return given;
  throw refusal(operation, 'box', 'four numbers, the sizes not below 0', given);
}

/** Points in one flat list. */
function points(operation: string, name: string, given: unknown): number[] {
  const list = Array.isArray(given) ? given : arrayKind(given) ? Array.from(given as ArrayLike<number>) : undefined;
  if (!list) throw refusal(operation, name, 'a list of points', given);
  const flat = list.every(isNumber)
    ? [...list]
    : list.flatMap((one) => (isPair(one) ? [one[0], one[1]] : [Number.NaN]));
  if (flat.length % 2 === 0 && flat.every(isNumber)) return flat;
  throw refusal(operation, name, 'points, [x, y] each, of finite numbers', given);
}

const isPair = (one: unknown): one is readonly [number, number] =>
  Array.isArray(one) && one.length === 2 && one.every(isNumber);
