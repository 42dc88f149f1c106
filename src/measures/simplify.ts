// Rings with fewer points, none of which is moved: Douglas and Peucker's choice, then more points wherever two of the new edges
// would cross. At worst all points are back, and edges of pixels do not cross.
//
// A place where rings touch is kept with both neighbours, so that what only touched there goes on to.
import type { Breath } from '../base/pause.js';
import type { Ring } from './outlines.js';

interface Edge {
  ring: number;
  from: number;
  to: number;
}

/** Steps between two pauses. */
const PIECE = 2 ** 10;

export async function simplified(rings: readonly Ring[], tolerance: number, breath?: Breath): Promise<Ring[]> {
  const touched = await touching(rings, breath);
  const kept: Uint8Array[] = [];
  for (const [ring, { points }] of rings.entries()) kept.push(await chosen(points, tolerance, touched[ring], breath));
  for (let crossed = await crossings(rings, kept, breath); crossed.length; ) {
    for (const { ring, from, to } of crossed) {
      const middle = farthest(rings[ring].points, from, to).at;
      if (middle !== undefined) kept[ring][middle % kept[ring].length] = 1;
    }
    crossed = await crossings(rings, kept, breath);
  }
  const made: Ring[] = [];
  for (const [ring, { points, hole }] of rings.entries()) {
    const some: number[] = [];
    kept[ring].forEach((keep, i) => {
      if (keep) some.push(points[2 * i], points[2 * i + 1]);
    });
    made.push({ points: Float64Array.from(some), hole });
    const wait = breath?.();
    if (wait) await wait;
  }
  return made;
}

/** For each ring the points to keep because outlines meet there. */
async function touching(rings: readonly Ring[], breath?: Breath): Promise<number[][]> {
  const places = new Map<number, [number, number]>();
  const kept: number[][] = rings.map(() => []);
  for (const [ring, { points }] of rings.entries()) {
    for (let i = 0; i < points.length / 2; i++) {
      const wait = i % PIECE ? undefined : breath?.();
      if (wait) await wait;
      const place = points[2 * i + 1] * 2 ** 26 + points[2 * i];
      const other = places.get(place);
      if (!other) {
        places.set(place, [ring, i]);
        continue;
      }
      for (const [one, at] of [other, [ring, i]]) {
        const n = rings[one].points.length / 2;
        kept[one].push((at + n - 1) % n, at, (at + 1) % n);
      }
    }
  }
  return kept;
}

/** One for each point that stays. */
async function chosen(
  points: Ring['points'],
  tolerance: number,
  fixed: readonly number[],
  breath?: Breath,
): Promise<Uint8Array> {
  const n = points.length / 2;
  const keep = new Uint8Array(n);
  keep[0] = 1;
  for (const i of fixed) keep[i] = 1;
  if (!fixed.length) keep[farthestFrom(points, 0)] = 1;
  const open = edgesOf(keep, 0);
  for (let edge = open.pop(); edge; edge = open.pop()) {
    const wait = breath?.();
    if (wait) await wait;
    const { at, distance } = farthest(points, edge.from, edge.to);
    if (at === undefined || distance <= tolerance) continue;
    keep[at % n] = 1;
    open.push({ ...edge, to: at }, { ...edge, from: at });
  }
  // two points enclose nothing
  for (const edge of edgesOf(keep, 0)) {
    if (keep.reduce((sum, one) => sum + one, 0) > 2) break;
    const { at } = farthest(points, edge.from, edge.to);
    if (at !== undefined) keep[at % n] = 1;
  }
  return keep;
}

/** From each point that stays to the next; the last edge goes on beyond the end. */
function edgesOf(keep: Uint8Array, ring: number): Edge[] {
  const edges: Edge[] = [];
  let from = keep.indexOf(1);
  const end = from + keep.length;
  for (let to = from + 1; to <= end; to++) {
    if (!keep[to % keep.length]) continue;
    edges.push({ ring, from, to });
    from = to;
  }
  return edges;
}

function farthestFrom(points: Ring['points'], from: number): number {
  let [best, most] = [0, -1];
  for (let i = 0; i < points.length / 2; i++) {
    const squared = (points[2 * i] - points[2 * from]) ** 2 + (points[2 * i + 1] - points[2 * from + 1]) ** 2;
    if (squared > most) [best, most] = [i, squared];
  }
  return best;
}

/** Of the points between two the one farthest from the straight edge. */
function farthest(points: Ring['points'], from: number, to: number): { at: number | undefined; distance: number } {
  const n = points.length / 2;
  const [ax, ay] = [points[2 * (from % n)], points[2 * (from % n) + 1]];
  const [dx, dy] = [points[2 * (to % n)] - ax, points[2 * (to % n) + 1] - ay];
  const length = dx * dx + dy * dy;
  let at: number | undefined;
  let most = -1;
  for (let i = from + 1; i < to; i++) {
    const [x, y] = [points[2 * (i % n)] - ax, points[2 * (i % n) + 1] - ay];
    const along = length ? Math.min(Math.max((x * dx + y * dy) / length, 0), 1) : 0;
    const squared = (x - along * dx) ** 2 + (y - along * dy) ** 2;
    if (squared > most) [at, most] = [i, squared];
  }
  return { at, distance: Math.sqrt(Math.max(most, 0)) };
}

/** Edges that meet another one elsewhere than at a point that both have, and could be more than one. */
async function crossings(rings: readonly Ring[], kept: readonly Uint8Array[], breath?: Breath): Promise<Edge[]> {
  const edges: Edge[] = [];
  for (const [ring, keep] of kept.entries()) {
    for (const edge of edgesOf(keep, ring)) edges.push(edge);
    const wait = ring % PIECE ? undefined : breath?.();
    if (wait) await wait;
  }
  const ends = new Float64Array(edges.length * 4);
  let length = 0;
  for (const [i, { ring, from, to }] of edges.entries()) {
    const wait = i % PIECE ? undefined : breath?.();
    if (wait) await wait;
    const { points } = rings[ring];
    const n = points.length / 2;
    ends.set(
      [points[2 * (from % n)], points[2 * (from % n) + 1], points[2 * (to % n)], points[2 * (to % n) + 1]],
      4 * i,
    );
    length += Math.abs(ends[4 * i + 2] - ends[4 * i]) + Math.abs(ends[4 * i + 3] - ends[4 * i + 1]);
  }
  const cell = Math.max(2, (2 * length) / Math.max(edges.length, 1));
  const cells = new Map<number, number[]>();
  const crossed = new Set<number>();
  for (let i = 0; i < edges.length; i++) {
    const wait = i % PIECE ? undefined : breath?.();
    if (wait) await wait;
    const [x0, y0, x1, y1] = ends.subarray(4 * i, 4 * i + 4);
    const [left, right] = [Math.floor(Math.min(x0, x1) / cell), Math.floor(Math.max(x0, x1) / cell)];
    const [top, bottom] = [Math.floor(Math.min(y0, y1) / cell), Math.floor(Math.max(y0, y1) / cell)];
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const place = y * 2 ** 26 + x;
        const here = cells.get(place);
        if (!here) {
          cells.set(place, [i]);
          continue;
        }
        for (const other of here) {
          if (!meet(ends, i, other)) continue;
          for (const one of [i, other]) if (edges[one].to - edges[one].from > 1) crossed.add(one);
        }
        here.push(i);
      }
    }
  }
  return Array.from(crossed, (i) => edges[i]);
}

/** Whether two edges have a point in common that is not an end of both. All numbers are whole, so nothing is rounded. */
function meet(ends: Float64Array, i: number, j: number): boolean {
  const [ax, ay, bx, by] = ends.subarray(4 * i, 4 * i + 4);
  const [cx, cy, dx, dy] = ends.subarray(4 * j, 4 * j + 4);
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return false;
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false;
  const side = (px: number, py: number, qx: number, qy: number, x: number, y: number): number =>
    Math.sign((qx - px) * (y - py) - (qy - py) * (x - px));
  const [c, d] = [side(ax, ay, bx, by, cx, cy), side(ax, ay, bx, by, dx, dy)];
  const [a, b] = [side(cx, cy, dx, dy, ax, ay), side(cx, cy, dx, dy, bx, by)];
  if (c * d > 0 || a * b > 0) return false;
  const same = (px: number, py: number, qx: number, qy: number): boolean => px === qx && py === qy;
  const shared = [same(ax, ay, cx, cy) || same(ax, ay, dx, dy), same(bx, by, cx, cy) || same(bx, by, dx, dy)];
  if (!shared[0] && !shared[1]) return true;
  if (shared[0] && shared[1]) return true; // the same edge twice encloses nothing
  // one end in common: on one line they overlap where both go the same way
  if (c !== 0 || d !== 0 || a !== 0 || b !== 0) return false;
  const [px, py, qx, qy] = shared[0] ? [ax, ay, bx, by] : [bx, by, ax, ay];
  const [ex, ey] = same(px, py, cx, cy) ? [dx, dy] : [cx, cy];
  return (qx - px) * (ex - px) + (qy - py) * (ey - py) > 0;
}
