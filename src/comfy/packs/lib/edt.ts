// Exact squared distances to the nearest pixel of a set: scipy's distance_transform_edt before its root.
import type { Plane } from './each.js';

/** 0 inside the set. First along each column, then along each row over the parabolas of its columns. */
export function squaredDistances({ width, height }: Plane, isIn: (at: number) => boolean): Float64Array {
  const far = (width + height) ** 2;
  const squares = new Float64Array(width * height).fill(far);
  for (let x = 0; x < width; x++) {
    for (const down of [true, false]) {
      let away = Infinity;
      for (let i = 0; i < height; i++) {
        const at = (down ? i : height - 1 - i) * width + x;
        away = isIn(at) ? 0 : away + 1;
        if (away < Infinity) squares[at] = Math.min(squares[at], away * away);
      }
    }
  }
  const [columns, starts] = [new Int32Array(width), new Float64Array(width)];
  const line = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    line.set(squares.subarray(y * width, (y + 1) * width));
    let last = -1;
    for (let x = 0; x < width; x++) {
      let start = -Infinity;
      while (last >= 0) {
        const other = columns[last];
        start = (line[x] + x * x - line[other] - other * other) / (2 * (x - other));
        if (start > starts[last]) break;
        last--;
      }
      last++;
      columns[last] = x;
      starts[last] = last ? start : -Infinity;
    }
    for (let x = 0, k = 0; x < width; x++) {
      while (k < last && starts[k + 1] < x) k++;
      squares[y * width + x] = (x - columns[k]) ** 2 + line[columns[k]];
    }
  }
  return squares;
}
