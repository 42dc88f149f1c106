// The outermost contours of a picture, like OpenCV's findContours: 8-connected parts that lie in no hole of another
// part, in reading order of their first pixel, each with everything that it encloses.
import type { Plane } from './each.js';

export interface Outlined {
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
  /** Whether a pixel of the picture is inside, holes included. */
  readonly inside: (x: number, y: number) => boolean;
}

export function outlined({ data, width, height }: Plane): Outlined[] {
  // with a border of one pixel, which is outside
  const wide = width + 2;
  const labels = new Int32Array(wide * (height + 2)).fill(-1);
  const padded = new Uint8Array(labels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) padded[(y + 1) * wide + x + 1] = data[y * width + x] ? 1 : 0;
  }
  const open: number[] = [];
  const sides = [-1, 1, -wide, wide];
  const around = [...sides, -wide - 1, -wide + 1, wide - 1, wide + 1];

  /** Labels everything that is connected to a place and equals `wanted`. */
  function spread(start: number, label: number, steps: readonly number[], wanted: 0 | 1): void {
    labels[start] = label;
    open.push(start);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const step of steps) {
        const next = at + step;
        // above and below, the border ends the array; at the sides it leads into the next row's border, which is
        // outside as well
        if (next < 0 || next >= labels.length || labels[next] !== -1 || padded[next] !== wanted) continue;
        labels[next] = label;
        open.push(next);
      }
    }
  }

  spread(0, 0, sides, 0);
  let count = 0;
  for (let y = 1; y <= height; y++) {
    for (let x = 1; x <= width; x++) {
      const at = y * wide + x;
      // a part begins where it touches the outside; parts in holes do not touch it
      if (labels[at] !== -1 || labels[at - 1] !== 0) continue;
      count++;
      spread(at, count, around, 1);
    }
  }
  // what is left is enclosed and belongs to the part on its left
  const boxes = Array.from({ length: count }, () => [width, height, 0, 0]);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y + 1) * wide + x + 1;
      if (labels[at] === -1) labels[at] = labels[at - 1];
      const own = labels[at];
      if (!own) continue;
      const box = boxes[own - 1];
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x + 1);
      box[3] = Math.max(box[3], y + 1);
    }
  }
  return boxes.map(([left, top, right, bottom], i) => ({
    box: [left, top, right, bottom],
    inside: (x, y) => labels[(y + 1) * wide + x + 1] === i + 1,
  }));
}
