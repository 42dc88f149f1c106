// RGBA pictures composed and rotated like Pillow, in its integers.
import { premultiplied, unmultiplied } from './multiplied.js';
import type { Picture } from './pillow.js';
import { rotated, type Sampler } from './rotate.js';

/** Image.alpha_composite in place: a picture over an RGBA canvas with its corner at x, y, cut to the canvas. */
export function layOver(canvas: Picture, over: Picture, x = 0, y = 0): void {
  const [left, top] = [Math.max(x, 0), Math.max(y, 0)];
  const [right, bottom] = [Math.min(x + over.width, canvas.width), Math.min(y + over.height, canvas.height)];
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const from = ((row - y) * over.width + column - x) * 4;
      const to = (row * canvas.width + column) * 4;
      const alpha = over.data[from + 3];
      if (alpha === 0) continue;
      const whole = alpha * 255 + canvas.data[to + 3] * (255 - alpha);
      const part = Math.floor((alpha * 255 * 255 * 128) / whole);
      for (let c = 0; c < 3; c++) {
        const sum = over.data[from + c] * part + canvas.data[to + c] * (255 * 128 - part) + (128 << 7);
        canvas.data[to + c] = (((sum >> 8) + sum) >> 8) >> 7;
      }
      canvas.data[to + 3] = (((whole + 128) >> 8) + whole + 128) >> 8;
    }
  }
}

/** Image.rotate of RGBA with expand. Interpolates premultiplied colours. */
export function rotatedRgba(node: string, picture: Picture, degrees: number, sampler: Sampler): Picture {
  const plain = degrees % 90 === 0 || sampler === 'nearest';
  const data = plain ? picture.data : premultiplied(picture.data);
  const { width, height } = picture;
  const parts = [0, 1, 2, 3].map((c) => {
    const own = Uint8Array.from({ length: width * height }, (_, i) => data[i * 4 + c]);
    return rotated(node, { data: own, width, height, channels: 1 }, degrees, sampler);
  });
  const [{ width: wide, height: high }] = parts;
  const all = Uint8Array.from({ length: wide * high * 4 }, (_, i) => parts[i % 4].data[Math.floor(i / 4)]);
  return { data: plain ? all : unmultiplied(all), width: wide, height: high, channels: 4 };
}
