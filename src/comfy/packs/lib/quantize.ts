// Pillow's quantize by median cut (without k-means), and its mapping of a picture to that palette without dithering.
import type { Picture } from './pillow.js';

type Color = readonly [red: number, green: number, blue: number];

interface Entry {
  readonly color: Color;
  readonly count: number;
}

interface Box {
  readonly entries: readonly Entry[];
  readonly count: number;
  parts?: readonly [Box, Box];
}

/** With more colours than this, they are told apart by fewer bits. */
const MOST = 65536;
const WEIGHTS = [77, 150, 29];
const AXES = [0, 1, 2] as const;

const distance = (a: Color, b: Color): number => AXES.reduce<number>((sum, c) => sum + (a[c] - b[c]) ** 2, 0);

/** A palette of at most `colors` colours for an RGB picture. */
export function medianCut({ data }: Picture, colors: number): Color[] {
  let scale = 0;
  let counts = new Map<number, number>();
  const keyOf = (at: number): number =>
    ((data[at] >> scale) << 16) | ((data[at + 1] >> scale) << 8) | (data[at + 2] >> scale);
  for (;;) {
    counts = new Map();
    for (let at = 0; at < data.length && counts.size <= MOST; at += 3) {
      const key = keyOf(at);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    if (counts.size <= MOST) break;
    scale++;
  }
  const entries = Array.from(counts, ([key, count]): Entry => {
    return { color: [key >> 16, (key >> 8) & 255, key & 255], count };
  });
  const boxes = leaves(cut({ entries, count: data.length / 3 }, colors));
  const boxOf = new Map(
    boxes.flatMap(({ entries }, i) =>
      entries.map(({ color: [red, green, blue] }) => [(red << 16) | (green << 8) | blue, i] as const),
    ),
  );
  const sums = boxes.map(() => [0, 0, 0]);
  for (let at = 0; at < data.length; at += 3) {
    const sum = sums[boxOf.get(keyOf(at)) ?? 0];
    for (const c of AXES) sum[c] += data[at + c];
  }
  return sums.map(([red, green, blue], i) => {
    const mean = (sum: number): number => Math.trunc(0.5 + sum / boxes[i].count);
    return [mean(red), mean(green), mean(blue)];
  });
}

const leaves = (box: Box): Box[] => (box.parts ? box.parts.flatMap(leaves) : [box]);

/** Halves the box with the most pixels first, in the order of Pillow's heap. Boxes of one colour are not divided. */
function cut(root: Box, colors: number): Box {
  const heap: Box[] = [root];
  for (let left = colors - 1; left > 0; left--) {
    let box = removed(heap);
    while (box && ranges(box).every(([least, most]) => least === most)) box = removed(heap);
    if (!box) return root;
    box.parts = halved(box);
    for (const part of box.parts) added(heap, part);
  }
  return root;
}

const ranges = ({ entries }: Box): (readonly [least: number, most: number])[] =>
  AXES.map((c) => {
    const values = entries.map(({ color }) => color[c]);
    return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  });

/** Divides along the most visible axis: from the greatest value down until more than half of the pixels are passed. */
function halved(box: Box): readonly [Box, Box] {
  const weights = ranges(box).map(([least, most], c) => (most - least) * WEIGHTS[c]);
  const axis = weights.indexOf(Math.max(...weights)) as 0 | 1 | 2;
  const counts = new Map<number, number>();
  for (const { color, count } of box.entries) counts.set(color[axis], (counts.get(color[axis]) ?? 0) + count);
  const values = [...counts.keys()].sort((a, b) => b - a);
  let passed = 0;
  let last = 0;
  for (const value of values) {
    passed += counts.get(value) ?? 0;
    last = value;
    if (passed * 2 > box.count) break;
  }
  // the second half is never empty: with two values or more, it contains the smallest
  const least = values[values.length - 1];
  const isFirst = ({ color }: Entry): boolean => (last === least ? color[axis] > least : color[axis] >= last);
  const first = box.entries.filter(isFirst);
  const count = first.reduce((sum, entry) => sum + entry.count, 0);
  const second = box.entries.filter((entry) => !isFirst(entry));
  return [
    { entries: first, count },
    { entries: second, count: box.count - count },
  ];
}

function added(heap: Box[], box: Box): void {
  let at = heap.length + 1;
  while (at !== 1) {
    const above = heap[(at >> 1) - 1];
    if (box.count <= above.count) break;
    heap[at - 1] = above;
    at >>= 1;
  }
  heap[at - 1] = box;
}

function removed(heap: Box[]): Box | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (!last || !heap.length) return first;
  let at = 1;
  for (let below = 2; below <= heap.length; below = at * 2) {
    if (below < heap.length && heap[below - 1].count < heap[below].count) below++;
    if (last.count > heap[below - 1].count) break;
    heap[at - 1] = heap[below - 1];
    at = below;
  }
  heap[at - 1] = last;
  return first;
}

/** The palette index for each pixel: the nearest colour to its own with the two lowest bits cleared. */
export function mappedTo({ data }: Picture, palette: readonly Color[]): Uint8Array {
  const known = new Map<number, number>();
  return Uint8Array.from({ length: data.length / 3 }, (_, i) => {
    const color: Color = [data[i * 3] & 252, data[i * 3 + 1] & 252, data[i * 3 + 2] & 252];
    const key = (color[0] << 16) | (color[1] << 8) | color[2];
    let best = known.get(key);
    if (best === undefined) {
      best = 0;
      for (let j = 1; j < palette.length; j++) {
        if (distance(color, palette[j]) < distance(color, palette[best])) best = j;
      }
      known.set(key, best);
    }
    return best;
  });
}
