// cv2.fillPoly with integer points, in ones: fills the inside row by row and draws the outline.
import type { Plane } from './each.js';
import type { Point } from './hull.js';

const ONE = 65536;

export function filledPolygon({ data, width, height }: Plane, points: readonly Point[]): void {
  const set = (x: number, y: number): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) data[y * width + x] = 1;
  };
  const edges = points.map((to, i) => {
    const from = points[(i + points.length - 1) % points.length];
    const cut = clipped(from, to, width - 1, height - 1);
    if (cut) line(...cut, set);
    // a line cut at an edge of the picture has the slope of the remaining part
    const [a, b] = cut && cut[0][1] !== cut[1][1] ? cut : [from, to];
    const [y0, y1] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
    // 65536ths of a pixel for each row, truncated
    const step = y0 === y1 ? 0 : Math.trunc(((b[0] - a[0]) * ONE) / (b[1] - a[1]));
    const [left, top] = from[1] < to[1] ? a : b;
    return { x0: left * ONE + (y0 - top) * step, y0, y1, step };
  });
  const steep = edges.filter(({ y0, y1 }) => y0 !== y1);
  for (let y = 0; y < height; y++) {
    const crossed = steep
      .filter(({ y0, y1 }) => y >= y0 && y < y1)
      .map(({ x0, y0, step }) => x0 + (y - y0) * step)
      .sort((a, b) => a - b);
    for (let i = 1; i < crossed.length; i += 2) {
      const [left, right] = [Math.ceil(crossed[i - 1] / ONE), Math.floor(crossed[i] / ONE)];
      for (let x = left; x <= right; x++) set(x, y);
    }
  }
}

/** cv2.clipLine: the part within the picture with integer ends, or undefined. */
function clipped([x1, y1]: Point, [x2, y2]: Point, right: number, bottom: number): [Point, Point] | undefined {
  const beside = (x: number): number => (x < 0 ? 1 : x > right ? 2 : 0);
  const codeOf = (x: number, y: number): number => beside(x) + (y < 0 ? 4 : y > bottom ? 8 : 0);
  let [c1, c2] = [codeOf(x1, y1), codeOf(x2, y2)];
  const apart = (): boolean => (c1 & c2) === 0 && (c1 | c2) !== 0;
  if (apart()) {
    const across = (y: number, by: number): number => Math.trunc(((by - y) * (x2 - x1)) / (y2 - y1));
    if (c1 & 12) {
      const edge = c1 < 8 ? 0 : bottom;
      x1 += across(y1, edge);
      y1 = edge;
      c1 = beside(x1);
    }
    if (c2 & 12) {
      const edge = c2 < 8 ? 0 : bottom;
      x2 += across(y2, edge);
      y2 = edge;
      c2 = beside(x2);
    }
    if (apart()) {
      const down = (x: number, by: number): number => Math.trunc(((by - x) * (y2 - y1)) / (x2 - x1));
      if (c1) {
        const edge = c1 === 1 ? 0 : right;
        y1 += down(x1, edge);
        x1 = edge;
        c1 = 0;
      }
      if (c2) {
        const edge = c2 === 1 ? 0 : right;
        y2 += down(x2, edge);
        x2 = edge;
        c2 = 0;
      }
    }
  }
  return c1 | c2
    ? undefined
    : [
        [x1, y1],
        [x2, y2],
      ];
}

/** cv2's 8-connected line, by Bresenham's algorithm from left to right. */
function line([x0, y0]: Point, [x1, y1]: Point, set: (x: number, y: number) => void): void {
  const [[left, from], [right, to]] =
    x0 <= x1
      ? [
          [x0, y0],
          [x1, y1],
        ]
      : [
          [x1, y1],
          [x0, y0],
        ];
  const [dx, dy] = [right - left, Math.abs(to - from)];
  const down = Math.sign(to - from);
  const [long, short] = [Math.max(dx, dy), Math.min(dx, dy)];
  let [x, y] = [left, from];
  let rest = long - 2 * short;
  for (let i = 0; i <= long; i++) {
    set(x, y);
    const aside = rest < 0;
    rest += aside ? 2 * long - 2 * short : -2 * short;
    if (dx >= dy) {
      x++;
      if (aside) y += down;
    } else {
      y += down;
      if (aside) x++;
    }
  }
}
