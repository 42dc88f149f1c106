// cv2.fillPoly of whole points, in ones: the inside by rows, and the line around it.
import type { Plane } from './each.js';
import type { Point } from './hull.js';

const ONE = 65536;

export function filledPolygon({ data, width, height }: Plane, points: readonly Point[]): void {
  const set = (x: number, y: number): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) data[y * width + x] = 1;
  };
  const edges = points.map((to, i) => {
    const from = points[(i + points.length - 1) % points.length];
    line(from, to, set);
    const [[x0, y0], [x1, y1]] = from[1] <= to[1] ? [from, to] : [to, from];
    // 65536ths of a pixel for each row, cut towards 0
    return { x0: x0 * ONE, y0, y1, step: y0 === y1 ? 0 : Math.trunc(((x1 - x0) * ONE) / (y1 - y0)) };
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

/** cv2's line of eight neighbours, by Bresenham's rule from left to right. */
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
