// Rings with fewer points, none of which is moved: Douglas and Peucker's choice, then more points wherever two of the new edges
// would cross. At worst all points are back, and edges of pixels do not cross.
//
// A place where rings touch is kept with both neighbours, so that rings which only touched there still only touch.
import type { Pause } from '../base/pause.js';
import { type Corners, cornersOf, keepTouching, PIECE } from './corners.js';
import { crossed, type Edges, edgesOf } from './crossings.js';
import type { Rings } from './outlines.js';

export async function simplified(rings: Rings, tolerance: number, pause?: Pause): Promise<Rings> {
  if (!rings.holes.length) return rings;
  const corners = await cornersOf(rings, pause);
  const touched = await keepTouching(corners, pause);
  const search = new Search(corners, pause);
  await choose(search, touched, tolerance);
  let edges = await edgesOf(corners, pause);
  while (await separated(search, edges)) edges = await edgesOf(corners, pause);
  return kept(corners, edges, pause);
}

/** Looks for points of one ring, and pauses now and then. */
class Search {
  /** The point that was found. */
  at = 0;
  /** Its squared distance; below 0 if there is no such point. */
  most = -1;
  #work = 0;

  constructor(
    readonly corners: Corners,
    readonly pause: Pause | undefined,
  ) {}

  /** The point between `from` and `from + span` that is farthest from the straight edge. A promise only for long spans. */
  farthest(from: number, span: number): Promise<void> | undefined {
    this.most = -1;
    this.#work += span;
    if (this.#work < PIECE) {
      this.#look(from, span, 1, span);
      return undefined;
    }
    return this.#farthest(from, span);
  }

  async #farthest(from: number, span: number): Promise<void> {
    this.#work = 0;
    for (let i = 1; i < span; i += PIECE) {
      this.#look(from, span, i, Math.min(span, i + PIECE));
      const wait = this.pause?.();
      if (wait) await wait;
    }
    const wait = this.pause?.();
    if (wait) await wait;
  }

  #look(from: number, span: number, low: number, high: number): void {
    const { points, first, ring } = this.corners;
    const [begin, end] = [first[ring[from]], first[ring[from] + 1]];
    const n = end - begin;
    const to = from + span < end ? from + span : from + span - n;
    const [ax, ay] = [points[2 * from], points[2 * from + 1]];
    const [dx, dy] = [points[2 * to] - ax, points[2 * to + 1] - ay];
    const length = dx * dx + dy * dy;
    for (let i = low; i < high; i++) {
      const point = from + i < end ? from + i : from + i - n;
      const [x, y] = [points[2 * point] - ax, points[2 * point + 1] - ay];
      const along = length ? Math.min(Math.max((x * dx + y * dy) / length, 0), 1) : 0;
      const squared = (x - along * dx) ** 2 + (y - along * dy) ** 2;
      if (squared > this.most) [this.at, this.most] = [point, squared];
    }
  }
}

/** Marks the points that stay. A ring that touches no other begins with two points. */
async function choose(search: Search, touched: Uint8Array, tolerance: number): Promise<void> {
  const { corners, pause } = search;
  const { first, ring, keep } = corners;
  for (let r = 0; r + 1 < first.length; r++) {
    keep[first[r]] = 1;
    if (touched[r]) continue;
    // for an edge without length, the distance is that from its point
    const wait = search.farthest(first[r], first[r + 1] - first[r]);
    if (wait) await wait;
    keep[search.at] = 1;
  }
  const edges = await edgesOf(corners, pause);
  const counts = new Uint32Array(touched.length);
  for (let i = 0; i < edges.count; i++) {
    counts[ring[edges.from[i]]]++;
    const wait = i % PIECE ? undefined : pause?.();
    if (wait) await wait;
  }
  const open: number[] = [];
  for (let i = 0; i < edges.count; i++) {
    open.push(edges.from[i], edges.span[i]);
    while (open.length) {
      const [from, span] = [open[open.length - 2], open[open.length - 1]];
      open.length -= 2;
      const wait = search.farthest(from, span);
      if (wait) await wait;
      const { at, most } = search;
      if (most < 0 || Math.sqrt(most) <= tolerance) continue;
      keep[at] = 1;
      counts[ring[at]]++;
      const n = first[ring[at] + 1] - first[ring[at]];
      const part = at > from ? at - from : at - from + n;
      open.push(from, part, at, span - part);
    }
  }
  // two points enclose nothing
  for (let i = 0; i < edges.count; i++) {
    const r = ring[edges.from[i]];
    if (counts[r] > 2) continue;
    const wait = search.farthest(edges.from[i], edges.span[i]);
    if (wait) await wait;
    if (search.most < 0) continue;
    keep[search.at] = 1;
    counts[r]++;
  }
}

/** Keep one more point of each edge that meets another one; tells whether there was any. */
async function separated(search: Search, edges: Edges): Promise<boolean> {
  const found = await crossed(search.corners, edges, search.pause);
  let any = false;
  for (let i = found.indexOf(1); i >= 0; i = found.indexOf(1, i + 1)) {
    any = true;
    const wait = search.farthest(edges.from[i], edges.span[i]);
    if (wait) await wait;
    if (search.most >= 0) search.corners.keep[search.at] = 1;
  }
  return any;
}

/** The points that stay; each edge begins with one. */
async function kept({ points, holes, ring }: Corners, { count, from }: Edges, pause?: Pause): Promise<Rings> {
  const some = new Float64Array(2 * count);
  const first = new Uint32Array(holes.length + 1);
  for (let i = 0; i < count; i++) {
    some[2 * i] = points[2 * from[i]];
    some[2 * i + 1] = points[2 * from[i] + 1];
    first[ring[from[i]] + 1] = i + 1;
    const wait = i % PIECE ? undefined : pause?.();
    if (wait) await wait;
  }
  return { points: some, first, holes };
}
