// Connected regions (4 neighbours), numbered from 1 in reading order: scipy.ndimage.label, and measures of its
// regions.
import type { Plane } from './each.js';

export interface Labels {
  /** 0 outside all regions. */
  readonly labels: Int32Array;
  /** Pixels of each region, starting with region 1. */
  readonly sizes: readonly number[];
}

export function label({ width, height }: Plane, isIn: (at: number) => boolean): Labels {
  const labels = new Int32Array(width * height);
  const sizes: number[] = [];
  const open: number[] = [];
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] || !isIn(start)) continue;
    const own = sizes.length + 1;
    let size = 0;
    labels[start] = own;
    open.push(start);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      size++;
      const x = at % width;
      if (x > 0) enter(at - 1);
      if (x < width - 1) enter(at + 1);
      if (at >= width) enter(at - width);
      if (at < labels.length - width) enter(at + width);
    }
    sizes.push(size);

    function enter(next: number): void {
      if (labels[next] || !isIn(next)) return;
      labels[next] = own;
      open.push(next);
    }
  }
  return { labels, sizes };
}

/** The region with the most, or the fewest, pixels. Of equals the first; 0 if there are no regions. */
export function extreme(sizes: readonly number[], most: boolean): number {
  if (!sizes.length) return 0;
  return sizes.indexOf(most ? Math.max(...sizes) : Math.min(...sizes)) + 1;
}

/** The bounding box of the pixels that satisfy `isIn`: left, top, and one past its right and bottom. */
export function boundsOf(
  { width, height }: Plane,
  isIn: (at: number) => boolean,
): [left: number, top: number, right: number, bottom: number] | undefined {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    const [start, end] = [y * width, (y + 1) * width];
    let first = start;
    while (first < end && !isIn(first)) first++;
    if (first === end) continue;
    let last = end - 1;
    while (last > first && !isIn(last)) last--;
    if (top > y) top = y;
    bottom = y + 1;
    left = Math.min(left, first - start);
    right = Math.max(right, last + 1 - start);
  }
  return right ? [left, top, right, bottom] : undefined;
}

/** scipy.ndimage.binary_fill_holes: everything but the outside that connects to the edge of the picture by sides. */
export function filled(plane: Plane, isIn: (at: number) => boolean): Uint8Array<ArrayBuffer> {
  const { width, height } = plane;
  const { labels } = label(plane, (at) => !isIn(at));
  const outside = new Set<number>();
  for (let x = 0; x < width; x++) outside.add(labels[x]).add(labels[(height - 1) * width + x]);
  for (let y = 0; y < height; y++) outside.add(labels[y * width]).add(labels[y * width + width - 1]);
  outside.delete(0);
  return Uint8Array.from(labels, (one) => (outside.has(one) ? 0 : 255));
}
