// Rotates masks around their centre like torchvision's rotate of tensors: nearest pixel, zeros outside, same size.
import type { Plane } from './each.js';
import { halfEven } from './numbers.js';

const f = Math.fround;

/** Rotates each mask counter-clockwise by its own angle, in degrees. */
export function turned(planes: readonly Plane[], angle: (at: number) => number): Plane<Float32Array<ArrayBuffer>>[] {
  return planes.map(({ data, width, height }, b) => {
    const turn = (-angle(b) * Math.PI) / 180;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const [halfX, halfY] = [0.5 * width, 0.5 * height];
    const across = [f(f(cos) / f(halfX)), f(f(sin) / f(halfX))];
    const down = [f(f(-sin) / f(halfY)), f(f(cos) / f(halfY))];
    const to = new Float32Array(width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [fromX, fromY] = [x + 0.5 - halfX, y + 0.5 - halfY];
        const place = ([a, b]: number[], side: number): number => {
          const at = f(f(fromX * a) + f(fromY * b));
          return halfEven(f(f(f(at + 1) * side) - 1) / 2);
        };
        const [column, row] = [place(across, width), place(down, height)];
        const inside = column >= 0 && column < width && row >= 0 && row < height;
        if (inside) to[y * width + x] = data[row * width + column];
      }
    }
    return { data: to, width, height };
  });
}
