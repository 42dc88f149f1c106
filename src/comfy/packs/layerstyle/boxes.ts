// Boxes around the light parts of a mask, as LayerStyle computes them with OpenCV.
import { refusal } from '../../../base/errors.js';
import type { Plane } from '../lib/each.js';
import { boundsOf } from '../lib/label.js';

/** left, top, width and height. */
export type Area = readonly [x: number, y: number, width: number, height: number];

/** From the first pixel above 127 up to the last one, which is excluded; [-1, -1, 1, 1] if there is no such pixel. */
export function areaOf(gray: Plane): Area {
  const bounds = boundsOf(gray, (at) => gray.data[at] > 127);
  if (!bounds) return [-1, -1, 1, 1];
  const [left, top, right, bottom] = bounds;
  return [left, top, right - 1 - left, bottom - 1 - top];
}

export const DETECT = ['mask_area', 'min_bounding_rect', 'max_inscribed_rect'] as const;

/** The requested box. `soft`, the blurred mask, is used for the second and third kind. */
export function detected(node: string, how: (typeof DETECT)[number], gray: Plane, soft: Plane): Area {
  if (how === 'mask_area') return areaOf(gray);
  return how === 'min_bounding_rect' ? boundingOf(soft) : inscribedIn(node, soft);
}

/** The largest bounding box of an 8-connected region. Of equals the last in reading order. */
function boundingOf(gray: Plane): Area {
  let best: Area = [0, 0, 0, 0];
  for (const start of startsOf(gray).reverse()) {
    const points = contour(gray, start);
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    const box = [left, top, Math.max(...xs) + 1 - left, Math.max(...ys) + 1 - top] as const;
    if (box[2] * box[3] > best[2] * best[3]) best = box;
  }
  return best;
}

/** The largest rectangle between two corners of the last region's outline whose sides touch no black pixel. */
function inscribedIn(node: string, gray: Plane): Area {
  const start = startsOf(gray).pop();
  if (!start) throw refusal(node, 'mask', 'light somewhere, above 127 / 255 once it is blurred', 'none');
  const points = contour(gray, start);
  const { width, height } = gray;
  // how many black pixels lie before each pixel in its row, and in its column
  const [rows, columns] = [new Int32Array((width + 1) * height), new Int32Array(width * (height + 1))];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const black = Number(gray.data[y * width + x] === 0);
      rows[y * (width + 1) + x + 1] = rows[y * (width + 1) + x] + black;
      columns[(y + 1) * width + x] = columns[y * width + x] + black;
    }
  }
  const across = (y: number, from: number, to: number): boolean =>
    rows[y * (width + 1) + from] === rows[y * (width + 1) + to + 1];
  const down = (x: number, from: number, to: number): boolean =>
    columns[from * width + x] === columns[(to + 1) * width + x];
  let [best, area]: [Area, number] = [[...start, 0, 0], -1];
  for (const [x1, y1] of points) {
    for (const [x2, y2] of points) {
      const [w, h] = [Math.abs(x2 - x1), Math.abs(y2 - y1)];
      if (w * h <= area) continue;
      const [x, y] = [Math.min(x1, x2), Math.min(y1, y2)];
      if (!across(y, x, x + w) || !across(y + h, x, x + w) || !down(x, y, y + h) || !down(x + w, y, y + h)) continue;
      [best, area] = [[x, y, w, h], w * h];
    }
  }
  return best;
}

type Point = readonly [x: number, y: number];

/** The first pixel of each 8-connected region above 127, in reading order. */
function startsOf({ data, width, height }: Plane): Point[] {
  const seen = new Uint8Array(width * height);
  const starts: Point[] = [];
  const open: number[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || data[start] <= 127) continue;
    starts.push([start % width, Math.floor(start / width)]);
    seen[start] = 1;
    open.push(start);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let v = Math.max(y - 1, 0); v <= Math.min(y + 1, height - 1); v++) {
        for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, width - 1); u++) {
          const next = v * width + u;
          if (seen[next] || data[next] <= 127) continue;
          seen[next] = 1;
          open.push(next);
        }
      }
    }
  }
  return starts;
}

/** The eight directions, from right, counter-clockwise. */
const STEPS: readonly Point[] = [
  ...([
    [1, 0],
    [1, -1],
    [0, -1],
    [-1, -1],
  ] as const),
  ...([
    [-1, 0],
    [-1, 1],
    [0, 1],
    [1, 1],
  ] as const),
];

/** The outline as Suzuki's algorithm follows it, from the first pixel down: the points where its direction changes. */
function contour({ data, width, height }: Plane, [x0, y0]: Point): Point[] {
  const isIn = ([x, y]: Point): boolean => x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] > 127;
  const beside = ([x, y]: Point, s: number): Point => [x + STEPS[s & 7][0], y + STEPS[s & 7][1]];
  const same = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1];
  const start: Point = [x0, y0];
  let s = 4;
  do s = (s + 7) & 7;
  while (s !== 4 && !isIn(beside(start, s)));
  if (s === 4) return [start];
  const second = beside(start, s);
  const points: Point[] = [];
  let before = s ^ 4;
  for (let here = start; ; ) {
    do s++;
    while (!isIn(beside(here, s)));
    s &= 7;
    if (s !== before) points.push(here);
    before = s;
    const next = beside(here, s);
    if (same(next, start) && same(here, second)) return points;
    here = next;
    s = (s + 4) & 7;
  }
}
