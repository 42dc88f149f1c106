// How the nodes of Inpaint-CropAndStitch resize a picture before they cut.
import { refusal } from '../../../base/errors.js';
import type { Plane } from '../lib/each.js';
import type { Filter } from '../lib/filters.js';
import type { Rect } from './area.js';

export const LEAST = 'ensure minimum resolution';
export const MOST = 'ensure maximum resolution';
export const BOTH = 'ensure minimum and maximum resolution';

interface Sizes {
  readonly preresize_mode: string;
  readonly preresize_min_width: number;
  readonly preresize_min_height: number;
  readonly preresize_max_width: number;
  readonly preresize_max_height: number;
  readonly downscale_algorithm: Filter;
  readonly upscale_algorithm: Filter;
}

/** The size to scale to first, and the method; undefined if the size stays. */
export function presized(node: string, width: number, height: number, given: Sizes) {
  const { preresize_mode: mode, preresize_min_width: minWidth, preresize_min_height: minHeight } = given;
  const { preresize_max_width: maxWidth, preresize_max_height: maxHeight } = given;
  const least = Math.max(minWidth / width, minHeight / height);
  const most = Math.min(maxWidth / width, maxHeight / height);
  const isLarge = width >= minWidth && height >= minHeight;
  const isSmall = width <= maxWidth && height <= maxHeight;
  if ((mode === MOST || isLarge) && (mode === LEAST || isSmall)) return undefined;
  if (mode === BOTH && least > 1 && most < 1) {
    throw refusal(node, 'preresize_mode', 'so that the smallest and the largest size can both be met', mode);
  }
  const up = mode === LEAST || (mode === BOTH && least > 1);
  const scale = up ? least : most;
  const round = mode === LEAST || (mode === BOTH && scale >= 1) ? Math.ceil : Math.trunc;
  const size = { width: round(width * scale), height: round(height * scale) };
  const fits = size.width <= maxWidth && size.height <= maxHeight;
  if (mode === BOTH && (!fits || size.width < minWidth || size.height < minHeight)) {
    throw refusal(node, 'preresize_mode', 'so that the smallest and the largest size can both be met', mode);
  }
  const filter = up ? given.upscale_algorithm : given.downscale_algorithm;
  return { ...size, filter, masks: mode === LEAST ? 'bilinear' : 'nearest' } as const;
}

interface Factors {
  readonly extend_up_factor: number;
  readonly extend_down_factor: number;
  readonly extend_left_factor: number;
  readonly extend_right_factor: number;
}

/** The picture extended, or cut, by a factor on each side. */
export function extended(node: string, { width, height }: Plane, given: Factors): Rect {
  const { extend_up_factor: up, extend_down_factor: down } = given;
  const { extend_left_factor: left, extend_right_factor: right } = given;
  const w = Math.trunc(width * (1 + left - 1 + right - 1));
  const h = Math.trunc(height * (1 + up - 1 + down - 1));
  if (w < 1) throw refusal(node, 'extend_left_factor', 'so that a column is left', left);
  if (h < 1) throw refusal(node, 'extend_up_factor', 'so that a row is left', up);
  return { x: 0 - Math.trunc(width * (left - 1)), y: 0 - Math.trunc(height * (up - 1)), w, h };
}
