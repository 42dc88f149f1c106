// The convex hull of pixels, and what OpenCV computes of its points: arcLength and approxPolyDP.
export type Point = readonly [x: number, y: number];

const cross = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/**
 * The corners of the hull, clockwise, without points on its sides. As OpenCV turns it for an outline, it starts
 * after the point that is first in reading order.
 */
export function hullOf(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (sorted.length < 2) return sorted;
  const half = (all: readonly Point[]): Point[] => {
    const made: Point[] = [];
    for (const point of all) {
      while (made.length > 1 && cross(made[made.length - 2], made[made.length - 1], point) <= 0) made.pop();
      made.push(point);
    }
    return made.slice(0, -1);
  };
  const hull = [...half([...sorted].reverse()), ...half(sorted)];
  if (hull.length < 3) return hull;
  const first = hull.reduce((a, b) => (b[1] < a[1] || (b[1] === a[1] && b[0] < a[0]) ? b : a));
  const after = hull.indexOf(first) + 1;
  return [...hull.slice(after), ...hull.slice(0, after)];
}

/** cv2.arcLength of the closed line: float32 lengths added up in double. */
export const perimeterOf = (points: readonly Point[]): number =>
  points.reduce((sum, [x, y], i) => {
    const [u, v] = points[(i + points.length - 1) % points.length];
    return sum + Math.fround(Math.sqrt((x - u) ** 2 + (y - v) ** 2));
  }, 0);

/** cv2.approxPolyDP of the closed line: the corners that lie further than `epsilon` from the line without them. */
export function approximated(points: readonly Point[], epsilon: number): Point[] {
  const count = points.length;
  if (count < 2) return [...points];
  const limit = epsilon * epsilon;
  const next = (at: number): number => (at + 1) % count;
  // going three times from a point to its farthest one finds two points that are far apart
  let [right, start, end] = [0, 0, 0];
  let within = false;
  for (let i = 0; i < 3; i++) {
    start = (start + right) % count;
    let farthest = 0;
    for (let j = 1; j < count; j++) {
      const [x, y] = points[(start + j) % count];
      const apart = (x - points[start][0]) ** 2 + (y - points[start][1]) ** 2;
      if (apart > farthest) [farthest, right] = [apart, j];
    }
    within = farthest <= limit;
  }
  if (within) return [points[start]];
  end = start;
  right = (right + start) % count;
  const open: [number, number][] = [
    [right, end],
    [start, right],
  ];
  const made: Point[] = [];
  for (let slice = open.pop(); slice; slice = open.pop()) {
    const [from, to] = slice;
    const [a, b] = [points[from], points[to]];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    let [most, place] = [0, from];
    for (let at = next(from); at !== to; at = next(at)) {
      const apart = Math.abs((points[at][1] - a[1]) * dx - (points[at][0] - a[0]) * dy);
      if (apart > most) [most, place] = [apart, at];
    }
    if (most * most <= limit * (dx * dx + dy * dy)) made.push(a);
    else open.push([place, to], [from, place]);
  }
  return straightened(made, limit);
}

/** Drops points that lie nearly on the line between their neighbours, as long as more than two points are left. */
function straightened(points: Point[], limit: number): Point[] {
  const count = points.length;
  const made = [...points];
  let left = count;
  let read = count - 1;
  const take = (): Point => {
    const point = made[read];
    read = (read + 1) % count;
    return point;
  };
  let start = take();
  let write = read;
  let point = take();
  for (let i = 0; i < count && left > 2; i++) {
    const end = take();
    const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
    const apart = Math.abs((point[0] - start[0]) * dy - (point[1] - start[1]) * dx);
    const inner = (point[0] - start[0]) * (end[0] - point[0]) + (point[1] - start[1]) * (end[1] - point[1]);
    if (apart * apart <= 0.5 * limit * (dx * dx + dy * dy) && dx !== 0 && dy !== 0 && inner >= 0) {
      left--;
      made[write] = start = end;
      write = (write + 1) % count;
      point = take();
      i++;
      continue;
    }
    made[write] = start = point;
    write = (write + 1) % count;
    point = end;
  }
  return made.slice(0, left);
}
