// WAS: soft edges for crops that are put back.
import type { CropData } from '../../sockets.js';
import type { Plane } from '../lib/each.js';
import { filledPicture, mapped, type Picture } from '../lib/pillow.js';

/** Pillow's SHARPEN. The edge stays unchanged. */
export function sharpened(picture: Picture): Picture {
  const { data, width, height, channels } = picture;
  return mapped(picture, (v, at) => {
    const pixel = Math.floor(at / channels);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return v;
    let around = 0;
    for (let row = -1; row <= 1; row++)
      for (let column = -1; column <= 1; column++) around += data[at + (row * width + column) * channels];
    return Math.min(Math.max(2 * v - (around - v) / 8 + 0.5, 0), 255);
  });
}

/** A ramp from black to light at the end of a line, over this share of it. */
function ramp(length: number, share: number): number[] {
  const dark = Math.trunc(length * (1 - share));
  return Array.from({ length }, (_, i) => (i <= dark ? 0 : Math.trunc(((i - dark) / (length - dark)) * 255)));
}

const screened = (a: number, b: number): number => 255 - Math.trunc(((255 - a) * (255 - b)) / 255);

/** White towards each side that does not touch the edge of the whole picture. */
export function ramps(whole: Plane, { size: [width, height], box }: CropData, share: number): Picture {
  const [left, top, right, bottom] = box;
  const [across, down] = [ramp(width, share), ramp(height, share)];
  return mapped(filledPicture(width, height, [0]), (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    let value = 0;
    if (top > 0) value = screened(value, down[height - 1 - y]);
    if (left > 0) value = screened(value, across[width - 1 - x]);
    if (right < whole.width) value = screened(value, across[x]);
    if (bottom < whole.height) value = screened(value, down[y]);
    return value;
  });
}
