// Image.rotate of Pillow 9.4 with expand for mode L: counter-clockwise in degrees, black beyond the edges.
import { refusal } from '../../../base/errors.js';
import { filledPicture, type Picture } from './pillow.js';

export type Sampler = 'nearest' | 'bilinear' | 'bicubic';
type Sample = (picture: Picture, x: number, y: number) => number;

const clamp = (i: number, length: number): number => Math.min(Math.max(i, 0), length - 1);

/** In doubles. Rows beyond the last repeat the row above; columns beyond the edge repeat the outermost. */
const samples: Record<Exclude<Sampler, 'nearest'>, Sample> = {
  bilinear({ data, width, height }, x, y) {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const row = (v: number): number => {
      const at = clamp(v, height) * width;
      const [a, b] = [data[at + clamp(left, width)], data[at + clamp(left + 1, width)]];
      return a + (b - a) * (x - left);
    };
    const [above, below] = [row(top), row(top + 1)];
    return Math.trunc(above + (below - above) * (y - top));
  },
  bicubic({ data, width, height }, x, y) {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const row = (v: number): number => {
      const at = clamp(v, height) * width;
      const [a, b, c, d] = [-1, 0, 1, 2].map((i) => data[at + clamp(left + i, width)]);
      return cubic(a, b, c, d, x - left);
    };
    const v = cubic(row(top - 1), row(top), row(top + 1), row(top + 2), y - top);
    return Math.trunc(Math.min(Math.max(v, 0), 255));
  },
};

function cubic(a: number, b: number, c: number, d: number, part: number): number {
  return b + part * (-a + c + part * (2 * (a - b) + c - d + part * (-a + b - c + d)));
}

export function rotated(node: string, picture: Picture, degrees: number, sampler: Sampler): Picture {
  const { width, height } = picture;
  const angle = ((degrees % 360) + 360) % 360;
  if (angle % 90 === 0) return quarters(picture, angle / 90);
  const turn = (-angle * Math.PI) / 180;
  // Python's round to 15 digits
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)].map((v) => Number(v.toFixed(15)));
  const place = (x: number, y: number, c: number, f: number) =>
    [cos * x + sin * y + c, -sin * x + cos * y + f] as const;
  let [c, f] = place(-width / 2, -height / 2, 0, 0);
  [c, f] = [c + width / 2, f + height / 2];
  const corners = (
    [
      [0, 0],
      [width, 0],
      [width, height],
      [0, height],
    ] as const
  ).map(([x, y]) => place(x, y, c, f));
  const extent = (i: 0 | 1): number => {
    const all = corners.map((corner) => corner[i]);
    return Math.ceil(Math.max(...all)) - Math.floor(Math.min(...all));
  };
  const [wide, high] = [extent(0), extent(1)];
  if (Math.max(wide, high, width, height) >= 16384) {
    throw refusal(node, 'size', 'at most 16383 on each side of what is turned', `${wide} x ${high}`);
  }
  [c, f] = place(-(wide - width) / 2, -(high - height) / 2, c, f);
  const to = filledPicture(wide, high, [0]);
  if (sampler === 'nearest') return nearest(picture, to, cos, sin, c, f);
  const sample = samples[sampler];
  for (let row = 0; row < high; row++) {
    for (let column = 0; column < wide; column++) {
      const [x, y] = place(column + 0.5, row + 0.5, c, f);
      if (x < 0 || x >= width || y < 0 || y >= height) continue;
      to.data[row * wide + column] = sample(picture, x - 0.5, y - 0.5);
    }
  }
  return to;
}

/** Finds the nearest pixel in 65536ths that are added up. */
function nearest(picture: Picture, to: Picture, cos: number, sin: number, c: number, f: number): Picture {
  const fixed = (v: number): number => Math.floor(v * 65536 + 0.5);
  const [a0, a1, a3] = [fixed(cos), fixed(sin), fixed(-sin)];
  const [startX, startY] = [fixed(c + cos * 0.5 + sin * 0.5), fixed(f + -sin * 0.5 + cos * 0.5)];
  for (let row = 0; row < to.height; row++) {
    for (let column = 0; column < to.width; column++) {
      const x = (startX + row * a1 + column * a0) >> 16;
      const y = (startY + row * a0 + column * a3) >> 16;
      if (x < 0 || x >= picture.width || y < 0 || y >= picture.height) continue;
      to.data[row * to.width + column] = picture.data[y * picture.width + x];
    }
  }
  return to;
}

function quarters(picture: Picture, count: number): Picture {
  const { data, width, height } = picture;
  if (count === 0) return picture;
  const [wide, high] = count === 2 ? [width, height] : [height, width];
  const to = filledPicture(wide, high, [0]);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const [column, row] =
        count === 1 ? [width - 1 - y, x] : count === 2 ? [width - 1 - x, height - 1 - y] : [y, height - 1 - x];
      to.data[y * wide + x] = data[row * width + column];
    }
  }
  return to;
}
