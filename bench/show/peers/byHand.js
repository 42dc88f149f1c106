// A painter written by hand for each job: tables and whole words, as fast as plain loops are.
import { levels, luma, OPACITY, TINT, toned } from '../jobs.js';

export const makers = {
  async V1({ mask, width, height, canvas }) {
    const context = canvas().getContext('2d');
    const words = Uint32Array.from({ length: 256 }, (_, v) => 0xff000000 | (v * 0x10101));
    const data = new ImageData(width, height);
    const pixels = new Uint32Array(data.data.buffer);
    return {
      run() {
        for (let i = 0; i < pixels.length; i++) pixels[i] = words[mask[i]];
        context.putImageData(data, 0, 0);
      },
    };
  },

  async V2({ photo, width, height, canvas }) {
    const context = canvas().getContext('2d');
    const gray = luma(photo);
    const under = new Uint32Array(photo.buffer);
    const data = new ImageData(width, height);
    const pixels = new Uint32Array(data.data.buffer);
    const covers = new Uint16Array(256);
    const [red, green, blue] = TINT;
    return {
      run(i) {
        const tone = levels(i);
        // 0..256, so that a shift divides
        for (let v = 0; v < 256; v++) covers[v] = Math.round((toned(v, tone) / 255) * OPACITY * 256);
        for (let at = 0; at < pixels.length; at++) {
          const cover = covers[gray[at]];
          const rest = 256 - cover;
          const word = under[at];
          const r = ((word & 255) * rest + red * cover + 128) >> 8;
          const g = (((word >> 8) & 255) * rest + green * cover + 128) >> 8;
          const b = (((word >> 16) & 255) * rest + blue * cover + 128) >> 8;
          pixels[at] = 0xff000000 | (b << 16) | (g << 8) | r;
        }
        context.putImageData(data, 0, 0);
      },
    };
  },

  /** Each pixel of the canvas is the mean of what it covers. */
  async V3({ mask, width, height, stage: _, canvas }) {
    const target = canvas();
    const context = target.getContext('2d');
    const data = context.createImageData(target.width, target.height);
    const pixels = new Uint32Array(data.data.buffer);
    const edges = (from, to) => Int32Array.from({ length: to + 1 }, (_, i) => Math.round((i * from) / to));
    const [columns, rows] = [edges(width, target.width), edges(height, target.height)];
    const sums = new Uint32Array(target.width);
    return {
      run() {
        for (let y = 0, at = 0; y < target.height; y++) {
          sums.fill(0);
          for (let row = rows[y]; row < rows[y + 1]; row++) {
            const line = row * width;
            for (let x = 0; x < sums.length; x++) {
              let sum = 0;
              for (let i = line + columns[x], end = line + columns[x + 1]; i < end; i++) sum += mask[i];
              sums[x] += sum;
            }
          }
          const count = rows[y + 1] - rows[y];
          for (let x = 0; x < sums.length; x++, at++) {
            const mean = Math.round(sums[x] / (count * (columns[x + 1] - columns[x])));
            pixels[at] = 0xff000000 | (mean * 0x10101);
          }
        }
        context.putImageData(data, 0, 0);
      },
    };
  },
};
