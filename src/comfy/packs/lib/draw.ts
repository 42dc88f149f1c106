// Ellipses, rectangles and polygons with integer coordinates, filled like Pillow 9.4's ImageDraw, edges included.
import type { Plane } from './each.js';

type Canvas = Plane<Uint8Array>;
type Point = readonly [x: number, y: number];
type Corners = readonly [left: number, top: number, right: number, bottom: number];

/** Fills a row from one column to another, both included, within the picture. */
function line({ data, width, height }: Canvas, left: number, y: number, right: number): void {
  if (y < 0 || y >= height || right < 0 || left >= width) return;
  data.fill(255, y * width + Math.max(left, 0), y * width + Math.min(right, width - 1) + 1);
}

export function rectangle(canvas: Canvas, [left, top, right, bottom]: Corners): void {
  for (let y = top; y <= bottom; y++) line(canvas, left, y, right);
}

/**
 * Follows a quarter of the ellipse like Pillow, in doubled coordinates around its centre: upwards from the right
 * end, each time to the nearest to the curve of three neighbours. The first place in each row gives that row's half
 * width.
 */
export function ellipse(canvas: Canvas, [left, top, right, bottom]: Corners): void {
  const [a, b] = [right - left, bottom - top];
  const apart = (x: number, y: number): number => Math.abs(a * a * y * y + b * b * x * x - a * a * b * b);
  let [x, y] = [a, b % 2];
  let last = -1;
  for (;;) {
    if (y > last) {
      for (const row of y ? [y, -y] : [0]) line(canvas, left + (a - x) / 2, top + (row + b) / 2, left + (x + a) / 2);
      last = y;
    }
    if (x === a % 2 && y === b) return;
    let [nextX, nextY] = [x, y + 2];
    if (x > 1) {
      let least = apart(nextX, nextY);
      for (const step of [y + 2, y]) {
        const other = apart(x - 2, step);
        if (least > other) [nextX, nextY, least] = [x - 2, step, other];
      }
    }
    [x, y] = [nextX, nextY];
  }
}

const half = (x: number, round: (x: number) => number): number => (x >= 0 ? round(x) : -round(-x));
const up = (x: number): number => half(x, (one) => Math.floor(one + 0.5));
const down = (x: number): number => half(x, (one) => Math.ceil(one - 0.5));
const f = Math.fround;

export function polygon(canvas: Canvas, points: readonly Point[]): void {
  const edges = points.map(([x0, y0], i) => {
    const [x1, y1] = points[(i + 1) % points.length];
    return { x0, y0, x1, top: Math.min(y0, y1), bottom: Math.max(y0, y1), slope: f((x1 - x0) / (y1 - y0)) };
  });
  const [flat, steep] = [0, 1].map((kind) => edges.filter(({ top, bottom }) => (top === bottom ? 0 : 1) === kind));
  for (const { x0, x1, top } of flat) line(canvas, Math.min(x0, x1), top, Math.max(x0, x1));
  const bottom = Math.min(Math.max(...edges.map((edge) => edge.bottom), 0), canvas.height);
  for (let y = Math.max(Math.min(...edges.map(({ top }) => top)), 0); y <= bottom; y++) {
    const crossed: number[] = [];
    for (const { x0, y0, slope, top, bottom: end } of steep) {
      if (y < top || y > end) continue;
      const x = f(f((y - y0) * slope) + x0);
      crossed.push(x);
      if (y === end && y < bottom) crossed.push(x);
    }
    crossed.sort((one, other) => one - other);
    let free = 0;
    for (let i = 1; i < crossed.length; i += 2) {
      const [start, end] = [Math.max(up(crossed[i - 1]), free), down(crossed[i])];
      if (end < start) continue;
      line(canvas, start, y, end);
      free = end + 1;
    }
  }
}
