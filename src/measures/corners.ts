// The points of all rings in one row, and which of them stay: numbers alone, for a noisy picture has millions of points.
import type { Pause } from '../base/pause.js';
import type { Rings } from './outlines.js';

export interface Corners extends Rings {
  /** The ring of each point. */
  readonly ring: Uint32Array<ArrayBuffer>;
  /** 1 for each point that stays. */
  readonly keep: Uint8Array<ArrayBuffer>;
}

/** Steps between two pauses. */
export const PIECE = 2 ** 14;

export async function cornersOf(rings: Rings, pause?: Pause): Promise<Corners> {
  const { first, holes } = rings;
  const total = first[holes.length];
  const ring = new Uint32Array(total);
  for (let r = 0; r < holes.length; r++) {
    ring.fill(r, first[r], first[r + 1]);
    const wait = r % PIECE ? undefined : pause?.();
    if (wait) await wait;
  }
  return { ...rings, ring, keep: new Uint8Array(total) };
}

/** The point that follows another one, of its ring. */
export const after = ({ first, ring }: Corners, point: number): number =>
  point + 1 < first[ring[point] + 1] ? point + 1 : first[ring[point]];

const before = ({ first, ring }: Corners, point: number): number =>
  point > first[ring[point]] ? point - 1 : first[ring[point] + 1] - 1;

/** Squares over all points, and where each one is. */
export interface Grid {
  readonly left: number;
  readonly top: number;
  readonly side: number;
  readonly columns: number;
  readonly rows: number;
}

/** Fewer squares than this are never worth larger ones. */
const FEW = 2 ** 20;

/** Squares are at least so wide, and not many more than there are points: in a huge picture, points in one corner share a few. */
export async function gridOver({ points }: Corners, least: number, pause?: Pause): Promise<Grid> {
  let [left, top, right, bottom] = [points[0], points[1], points[0], points[1]];
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]);
    right = Math.max(right, points[i]);
    top = Math.min(top, points[i + 1]);
    bottom = Math.max(bottom, points[i + 1]);
    const wait = i % PIECE ? undefined : pause?.();
    if (wait) await wait;
  }
  const [width, height] = [right - left + 1, bottom - top + 1];
  const side = Math.max(least, Math.sqrt((width * height) / Math.max(points.length, FEW)));
  return { left, top, side, columns: Math.ceil(width / side) + 1, rows: Math.ceil(height / side) + 1 };
}

/**
 * Keep the points where outlines meet, with both neighbours. Gives for each ring whether it has such a point. Points of one square
 * are in a list; there are no more of them than places in it, twice.
 */
export async function keepTouching(corners: Corners, pause?: Pause): Promise<Uint8Array> {
  const { points, ring, keep } = corners;
  const { left, top, side, columns, rows } = await gridOver(corners, 1, pause);
  const lists = new Int32Array(columns * rows).fill(-1);
  const wait = pause?.(); // to fill them takes tens of milliseconds
  if (wait) await wait;
  const next = new Int32Array(ring.length);
  const touched = new Uint8Array(corners.first.length);
  for (let i = 0, work = 0; i < ring.length; i++, work++) {
    const [x, y] = [points[2 * i], points[2 * i + 1]];
    const square = Math.floor((y - top) / side) * columns + Math.floor((x - left) / side);
    let other = lists[square];
    for (; other >= 0 && (points[2 * other] !== x || points[2 * other + 1] !== y); other = next[other]) work++;
    if (other < 0) {
      next[i] = lists[square];
      lists[square] = i;
    } else {
      for (const one of [other, i]) {
        keep[before(corners, one)] = keep[one] = keep[after(corners, one)] = 1;
        touched[ring[one]] = 1;
      }
    }
    if (work < PIECE) continue;
    work = 0;
    const wait = pause?.();
    if (wait) await wait;
  }
  return touched;
}
