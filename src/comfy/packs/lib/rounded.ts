// Rounded rectangles as Pillow's ImageDraw fills them, and its filter SMOOTH_MORE, both for mode L.

import { ellipse as drawn, rectangle } from './draw.js';
import type { Plane } from './each.js';
import type { Picture } from './pillow.js';

type Corners = readonly [left: number, top: number, right: number, bottom: number];

/** An ellipse of one pixel draws nothing. */
function ellipse(canvas: Plane<Uint8Array>, box: Corners): void {
  if (box[0] < box[2] || box[1] < box[3]) drawn(canvas, box);
}

/** ImageDraw.rounded_rectangle in white. Corners are integers; the right and bottom edges are included. */
export function roundedRectangle(canvas: Plane<Uint8Array>, box: Corners, radius: number): void {
  const [x0, y0, x1, y1] = box;
  const d = Math.min(x1 - x0, y1 - y0, radius * 2);
  const joined = [d >= x1 - x0, d >= y1 - y0];
  if (joined[0] && joined[1]) return ellipse(canvas, box);
  // corners that touch are as wide as the side; the last condition decides
  const size = joined[1] ? y1 - y0 : joined[0] ? x1 - x0 : d;
  if (size === 0) return rectangle(canvas, box);
  const r = Math.trunc(size / 2);
  // a whole ellipse instead of each quarter, because its other quarters lie within the rectangle
  const [right, bottom] = [Math.trunc(x0 + size), Math.trunc(y0 + size)];
  const [left, top] = [Math.trunc(x1 - size), Math.trunc(y1 - size)];
  ellipse(canvas, [x0, y0, right, bottom]);
  ellipse(canvas, [left, y0, x1, bottom]);
  ellipse(canvas, [x0, top, right, y1]);
  ellipse(canvas, [left, top, x1, y1]);
  rectangle(canvas, [x0, y0 + r + 1, x1, y1 - r - 1]);
  if (!joined[0]) rectangle(canvas, [x0 + r + 1, y0, x1 - r - 1, y1]);
}

const f = Math.fround;
const [ONE, FIVE, MIDDLE] = [f(1 / 100), f(5 / 100), f(44 / 100)];
const WEIGHTS = Array.from({ length: 25 }, (_, i) => {
  const away = Math.max(Math.abs((i % 5) - 2), Math.abs(Math.floor(i / 5) - 2));
  return [MIDDLE, FIVE, ONE][away];
});

/** ImageFilter.SMOOTH_MORE in float32, row by row from below. The two outermost pixels stay unchanged. */
export function smoothedMore(picture: Picture): Picture {
  const { data, width, height } = picture;
  const to = Uint8Array.from(data);
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      let sum = 0.5;
      for (let row = 0; row < 5; row++) {
        const at = (y + 2 - row) * width + x - 2;
        let part = 0;
        for (let i = 0; i < 5; i++) part = f(part + f(data[at + i] * WEIGHTS[row * 5 + i]));
        sum = f(sum + part);
      }
      to[y * width + x] = Math.min(sum, 255);
    }
  }
  return { ...picture, data: to };
}
