// Edges between the points that stay, and those of them that meet another one.
import type { Pause } from '../base/pause.js';
import { type Corners, gridOver, PIECE } from './corners.js';

/** In the order of the rings; as many as points that stay. */
export interface Edges {
  readonly count: number;
  /** The point that each begins with. */
  readonly from: Uint32Array<ArrayBuffer>;
  /** How many points further along the ring it ends. */
  readonly span: Uint32Array<ArrayBuffer>;
}

export async function edgesOf({ first, keep }: Corners, pause?: Pause): Promise<Edges> {
  let count = 0;
  for (let i = 0; i < keep.length; i++) {
    count += keep[i];
    const wait = i % PIECE ? undefined : pause?.();
    if (wait) await wait;
  }
  const [from, span] = [new Uint32Array(count), new Uint32Array(count)];
  for (let r = 0, n = 0, work = 0; r + 1 < first.length; r++) {
    const begun = n;
    for (let i = first[r]; i < first[r + 1]; i++) {
      if (keep[i]) {
        if (n > begun) span[n - 1] = i - from[n - 1];
        from[n++] = i;
      }
      if (++work % PIECE) continue;
      const wait = pause?.();
      if (wait) await wait;
    }
    if (n > begun) span[n - 1] = from[begun] + first[r + 1] - first[r] - from[n - 1];
  }
  return { count, from, span };
}

/** How far beside its line an edge is looked for: far more than rounding can shift it. */
const NEAR = 2 ** -10;

/** 1 for each edge that meets another one elsewhere than at a shared point, and that can be split. */
export async function crossed(corners: Corners, edges: Edges, pause?: Pause): Promise<Uint8Array> {
  const { count, span } = edges;
  const { ends, length } = await endsOf(corners, edges, pause);
  const grid = await gridOver(corners, Math.max(2, (2 * length) / Math.max(count, 1)), pause);
  const { left, top, side, columns, rows } = grid;
  const lists = new Int32Array(columns * rows).fill(-1);
  const filling = pause?.(); // that took tens of milliseconds
  if (filling) await filling;
  const most = await listed(ends, side, pause);
  const [members, next] = [new Uint32Array(most), new Int32Array(most)];
  const found = new Uint8Array(count);
  for (let i = 0, filled = 0, work = 0; i < count; i++) {
    const [ax, ay] = [ends[4 * i] - left, ends[4 * i + 1] - top];
    const [bx, by] = [ends[4 * i + 2] - left, ends[4 * i + 3] - top];
    const slope = ay === by ? 0 : (bx - ax) / (by - ay);
    const [low, high] = [Math.min(ax, bx), Math.max(ax, bx)];
    const [head, foot] = [Math.min(ay, by), Math.max(ay, by)];
    const last = Math.floor(foot / side);
    for (let row = Math.floor(head / side); row <= last; row++) {
      // where it is in this row of squares
      let [from, to] = [low, high];
      if (slope) {
        const enters = ax + (Math.max(head, row * side) - ay) * slope;
        const leaves = ax + (Math.min(foot, (row + 1) * side) - ay) * slope;
        from = Math.max(low, Math.min(enters, leaves) - NEAR);
        to = Math.min(high, Math.max(enters, leaves) + NEAR);
      }
      const end = row * columns + Math.floor(to / side);
      for (let square = row * columns + Math.floor(from / side); square <= end; square++) {
        for (let at = lists[square]; at >= 0; at = next[at]) {
          work++;
          const other = members[at];
          if (!meet(ends, 4 * i, 4 * other)) continue;
          if (span[i] > 1) found[i] = 1;
          if (span[other] > 1) found[other] = 1;
        }
        members[filled] = i;
        next[filled] = lists[square];
        lists[square] = filled++;
        work++;
        if (work < PIECE) continue;
        work = 0;
        const wait = pause?.();
        if (wait) await wait;
      }
    }
  }
  return found;
}

/** Both ends of each edge, x, y, x, y, and the sum of their lengths along the axes. */
async function endsOf({ points, first, ring }: Corners, { count, from, span }: Edges, pause?: Pause) {
  const ends = new Float64Array(4 * count);
  let length = 0;
  for (let i = 0; i < count; i++) {
    const r = ring[from[i]];
    const to = first[r] + ((from[i] + span[i] - first[r]) % (first[r + 1] - first[r]));
    ends[4 * i] = points[2 * from[i]];
    ends[4 * i + 1] = points[2 * from[i] + 1];
    ends[4 * i + 2] = points[2 * to];
    ends[4 * i + 3] = points[2 * to + 1];
    length += Math.abs(ends[4 * i + 2] - ends[4 * i]) + Math.abs(ends[4 * i + 3] - ends[4 * i + 1]);
    const wait = i % PIECE ? undefined : pause?.();
    if (wait) await wait;
  }
  return { ends, length };
}

/** The most entries of edges in squares: an edge has one for each row and column it crosses, and one more a row. */
async function listed(ends: Float64Array, side: number, pause?: Pause): Promise<number> {
  let most = 0;
  for (let i = 0; i < ends.length; i += 4) {
    const [wide, high] = [Math.abs(ends[i + 2] - ends[i]), Math.abs(ends[i + 3] - ends[i + 1])];
    most += Math.ceil(wide / side) + 1 + (high ? 3 * (Math.ceil(high / side) + 1) : 0);
    const wait = i % PIECE ? undefined : pause?.();
    if (wait) await wait;
  }
  return most;
}

/** Whether two edges share a point that is not an end of both. All numbers are whole, so nothing is rounded. */
function meet(ends: Float64Array, i: number, j: number): boolean {
  const [ax, ay, bx, by] = [ends[i], ends[i + 1], ends[i + 2], ends[i + 3]];
  const [cx, cy, dx, dy] = [ends[j], ends[j + 1], ends[j + 2], ends[j + 3]];
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return false;
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false;
  const [c, d] = [side(ax, ay, bx, by, cx, cy), side(ax, ay, bx, by, dx, dy)];
  const [a, b] = [side(cx, cy, dx, dy, ax, ay), side(cx, cy, dx, dy, bx, by)];
  if (c * d > 0 || a * b > 0) return false;
  const begins = same(ax, ay, cx, cy) || same(ax, ay, dx, dy);
  const finishes = same(bx, by, cx, cy) || same(bx, by, dx, dy);
  if (!begins && !finishes) return true;
  if (begins && finishes) return true; // the same edge twice encloses nothing
  // one end in common: on one line they overlap where both go the same way
  if (c !== 0 || d !== 0 || a !== 0 || b !== 0) return false;
  const [px, py, qx, qy] = begins ? [ax, ay, bx, by] : [bx, by, ax, ay];
  const [ex, ey] = same(px, py, cx, cy) ? [dx, dy] : [cx, cy];
  return (qx - px) * (ex - px) + (qy - py) * (ey - py) > 0;
}

const side = (px: number, py: number, qx: number, qy: number, x: number, y: number): number =>
  Math.sign((qx - px) * (y - py) - (qy - py) * (x - px));

const same = (px: number, py: number, qx: number, qy: number): boolean => px === qx && py === qy;
