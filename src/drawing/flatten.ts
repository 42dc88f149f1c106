// From the commands of an SVG path to rings of points: curves and arcs as lines no farther than `tolerance` from them.
import { scan } from './scan.js';

type Point = readonly [number, number];

/** A curve of more lines than this is one that no screen shows. */
const MOST = 4096;

/** The rings of a path; each is closed, as a fill closes it. */
export function rings(d: string, tolerance: number): number[][] {
  const made: number[][] = [];
  let ring: number[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  /** The last control point, where the next smooth curve begins from. */
  let control: { kind: 'c' | 'q'; at: Point } | undefined;

  const close = (): void => {
    if (ring.length >= 6) made.push(ring);
    ring = [];
  };
  const to = (nextX: number, nextY: number): void => {
    if (!ring.length) ring.push(x, y);
    ring.push(nextX, nextY);
    [x, y] = [nextX, nextY];
  };
  const bezier = (points: readonly Point[]): void => {
    const [a, b, c, e] = points;
    // the farthest a curve's control points bend: so many lines keep the chords near enough
    const bend = Math.max(
      Math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1]),
      Math.hypot(b[0] - 2 * c[0] + e[0], b[1] - 2 * c[1] + e[1]),
    );
    const lines = Math.min(MOST, Math.max(1, Math.ceil(Math.sqrt((0.75 * bend) / tolerance))));
    for (let i = 1; i <= lines; i++) {
      const t = i / lines;
      const [p, q, r, s] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t ** 3];
      to(p * a[0] + q * b[0] + r * c[0] + s * e[0], p * a[1] + q * b[1] + r * c[1] + s * e[1]);
    }
  };
  const quadratic = (b: Point, e: Point): void => {
    const a: Point = [x, y];
    const part = (from: Point): Point => [from[0] + ((b[0] - from[0]) * 2) / 3, from[1] + ((b[1] - from[1]) * 2) / 3];
    bezier([a, part(a), part(e), e]);
    control = { kind: 'q', at: b };
  };
  const smooth = (kind: 'c' | 'q'): Point =>
    control?.kind === kind ? [2 * x - control.at[0], 2 * y - control.at[1]] : [x, y];

  scan('path', d, ({ letter, numbers }) => {
    const command = letter.toLowerCase();
    const [ox, oy] = letter === command ? [x, y] : [0, 0];
    const point = (i: number): Point => [numbers[i] + ox, numbers[i + 1] + oy];
    const before = control;
    if (command === 'm') {
      close();
      [x, y] = point(0);
      [startX, startY] = [x, y];
    } else if (command === 'z') {
      close();
      [x, y] = [startX, startY];
    } else if (command === 'l') to(...point(0));
    else if (command === 'h') to(numbers[0] + ox, y);
    else if (command === 'v') to(x, numbers[0] + oy);
    else if (command === 'c' || command === 's') {
      const rest = command === 'c' ? 2 : 0;
      const first = command === 'c' ? point(0) : smooth('c');
      const [second, end] = [point(rest), point(rest + 2)];
      bezier([[x, y], first, second, end]);
      control = { kind: 'c', at: second };
    } else if (command === 'q') quadratic(point(0), point(2));
    else if (command === 't') quadratic(smooth('q'), point(0));
    else if (command === 'a') arc([x, y], numbers, point(5), tolerance, to);
    if (control === before) control = undefined;
  });
  close();
  return made;
}

/** An elliptical arc, by its centre (SVG 1.1, appendix F.6). */
function arc(
  from: Point,
  [rx0, ry0, degrees, large, sweep]: readonly number[],
  end: Point,
  tolerance: number,
  to: (x: number, y: number) => void,
): void {
  const turn = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [dx, dy] = [(from[0] - end[0]) / 2, (from[1] - end[1]) / 2];
  const [px, py] = [cos * dx + sin * dy, -sin * dx + cos * dy];
  let [rx, ry] = [Math.abs(rx0), Math.abs(ry0)];
  if (rx === 0 || ry === 0 || (dx === 0 && dy === 0)) return to(...end);
  const grow = Math.sqrt((px / rx) ** 2 + (py / ry) ** 2);
  if (grow > 1) [rx, ry] = [rx * grow, ry * grow];
  const below = (rx * py) ** 2 + (ry * px) ** 2;
  const scale = Math.sqrt(Math.max(0, (rx * ry) ** 2 / below - 1)) * (large === sweep ? -1 : 1);
  const [qx, qy] = [(scale * rx * py) / ry, (-scale * ry * px) / rx];
  const centre: Point = [cos * qx - sin * qy + (from[0] + end[0]) / 2, sin * qx + cos * qy + (from[1] + end[1]) / 2];
  const start = Math.atan2((py - qy) / ry, (px - qx) / rx);
  let angle = Math.atan2((-py - qy) / ry, (-px - qx) / rx) - start;
  if (sweep && angle < 0) angle += 2 * Math.PI;
  if (!sweep && angle > 0) angle -= 2 * Math.PI;
  const step = 2 * Math.acos(1 - Math.min(tolerance / Math.max(rx, ry), 1));
  const lines = Math.min(MOST, Math.max(1, Math.ceil(Math.abs(angle) / step)));
  for (let i = 1; i < lines; i++) {
    const at = start + (angle * i) / lines;
    const [u, v] = [rx * Math.cos(at), ry * Math.sin(at)];
    to(cos * u - sin * v + centre[0], sin * u + cos * v + centre[1]);
  }
  to(...end);
}

/** Rings as their kernel reads them: how many points, then of each its place and whether it is the last of a ring. */
export function pathData(d: string, tolerance: number): Int32Array {
  const all = rings(d, tolerance);
  const points = all.reduce((sum, ring) => sum + ring.length / 2, 0);
  const view = new DataView(new ArrayBuffer(8 + points * 24));
  view.setInt32(0, points, true);
  // float64 must be aligned to 8 bytes for the plain JavaScript kernels
  let at = 8;
  for (const ring of all) {
    for (let i = 0; i < ring.length; i += 2, at += 24) {
      view.setFloat64(at, ring[i], true);
      view.setFloat64(at + 8, ring[i + 1], true);
      view.setInt32(at + 16, i + 2 === ring.length ? 1 : 0, true);
    }
  }
  return new Int32Array(view.buffer);
}

/** The points of a brush: how many, then their places. */
export function strokeData(points: string): Int32Array {
  const places = points.split(' ').map(Number);
  const view = new DataView(new ArrayBuffer(8 + places.length * 8));
  view.setInt32(0, places.length / 2, true);
  places.forEach((place, i) => {
    view.setFloat64(8 + i * 8, place, true);
  });
  return new Int32Array(view.buffer);
}
