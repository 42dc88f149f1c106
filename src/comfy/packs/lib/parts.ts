// The 8-connected parts of a plane in reading order of their first pixel: scipy.ndimage.label with a square of ones.
import type { Plane } from './each.js';

export interface Part {
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
  readonly pixels: readonly number[];
}

export function parts({ width, height }: Plane, isIn: (at: number) => boolean): Part[] {
  const seen = new Uint8Array(width * height);
  const made: Part[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || !isIn(start)) continue;
    seen[start] = 1;
    // grows while it is iterated
    const pixels = [start];
    let [left, top, right, bottom] = [width, height, 0, 0];
    for (const at of pixels) {
      const [x, y] = [at % width, Math.floor(at / width)];
      [left, top, right, bottom] = [
        Math.min(left, x),
        Math.min(top, y),
        Math.max(right, x + 1),
        Math.max(bottom, y + 1),
      ];
      for (let v = Math.max(y - 1, 0); v <= Math.min(y + 1, height - 1); v++) {
        for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, width - 1); u++) {
          const next = v * width + u;
          if (seen[next] || !isIn(next)) continue;
          seen[next] = 1;
          pixels.push(next);
        }
      }
    }
    made.push({ box: [left, top, right, bottom], pixels });
  }
  return made;
}
