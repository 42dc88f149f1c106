// The rectangles of Mask To Region: around the masks of a batch, widened and moved into the picture.
import { refusal } from '../../../base/errors.js';
import type { Bounds } from './channels.js';

interface Options {
  readonly padding: number;
  readonly constraints: 'keep_ratio' | 'keep_ratio_divisible' | 'multiple_of' | 'ignore';
  readonly constraint_x: number;
  readonly constraint_y: number;
  readonly min_width: number;
  readonly min_height: number;
  readonly batch_behavior: 'match_ratio' | 'match_size';
}

interface Size {
  width: number;
  height: number;
}

export function regionsOf(
  node: string,
  bounds: readonly (Bounds | undefined)[],
  width: number,
  height: number,
  options: Options,
): (Bounds | undefined)[] {
  const { padding, min_width, min_height, batch_behavior } = options;
  // an empty mask counts as its first pixel and is not widened
  const boxes = bounds.map((box) => {
    const { left, top, right, bottom } = box ?? { left: 0, top: 0, right: 0, bottom: 0 };
    return {
      left: Math.max(left - padding, 0),
      top: Math.max(top - padding, 0),
      right: Math.min(right + padding, width),
      bottom: Math.min(bottom + padding, height),
    };
  });
  const sizes = boxes.map((box) => ({
    width: Math.max(box.right - box.left, min_width),
    height: Math.max(box.bottom - box.top, min_height),
  }));
  constrain(node, sizes, options);
  if (batch_behavior === 'match_size') {
    const most = {
      width: Math.max(...sizes.map((one) => one.width)),
      height: Math.max(...sizes.map((one) => one.height)),
    };
    for (const size of sizes) Object.assign(size, most);
  } else {
    matchRatio(sizes, bounds);
  }
  return boxes.map((box, i) => {
    if (!bounds[i]) return undefined;
    const size = sizes[i];
    if (!Number.isFinite(size.width) || !Number.isFinite(size.height)) {
      throw refusal(node, 'mask', 'more than one pixel wide and high, or padded', 'a line');
    }
    const [left, right] = moved(box.left, box.right, size.width, width);
    const [top, bottom] = moved(box.top, box.bottom, size.height, height);
    return { left, top, right, bottom };
  });
}

function constrain(node: string, sizes: Size[], { constraints, constraint_x: x, constraint_y: y }: Options): void {
  if (constraints === 'keep_ratio_divisible') {
    const factor = Math.max(...sizes.map((size) => Math.min(Math.floor(x / size.width), Math.floor(y / size.height))));
    if (!Number.isFinite(factor)) throw refusal(node, 'mask', 'more than one pixel wide and high, or padded', 'a line');
    for (let i = 1; i <= factor; i++) {
      if (x % i || y % i) continue;
      for (const size of sizes) {
        if (size.width < x / i || size.height < y / i) continue;
        Object.assign(size, { width: x / i, height: y / i });
      }
    }
  }
  for (const size of sizes) {
    if (constraints === 'keep_ratio') {
      size.width = Math.max(size.width, Math.floor((size.height * x) / y));
      size.height = Math.max(size.height, Math.floor((size.width * y) / x));
    } else if (constraints === 'multiple_of') {
      size.width = Math.ceil(size.width / x) * x;
      size.height = Math.ceil(size.height / y) * y;
    }
  }
}

/** Gives all boxes the proportions of the one closest to a square. */
function matchRatio(sizes: Size[], bounds: readonly (Bounds | undefined)[]): void {
  const ratios = sizes.map((size, i) => (bounds[i] ? Math.abs(size.width / size.height - 1) : 10000));
  const nan = ratios.findIndex(Number.isNaN);
  const { width, height } = sizes[nan >= 0 ? nan : ratios.indexOf(Math.min(...ratios))];
  const { width: w, height: h } = { width, height };
  for (const size of sizes) size.width = Math.max(size.width, Math.floor((size.height * w) / h));
  for (const size of sizes) size.height = Math.max(size.height, Math.floor((size.width * h) / w));
}

/** Widens on both sides, then moves away from the edges. */
function moved(from: number, to: number, size: number, length: number): [number, number] {
  const missing = size - (to - from);
  let [low, high] = [from - Math.floor(missing / 2), to + missing - Math.floor(missing / 2)];
  if (low < 0) [low, high] = [0, high - low];
  if (high > length) [low, high] = [low - (high - length), length];
  return [low, high];
}
