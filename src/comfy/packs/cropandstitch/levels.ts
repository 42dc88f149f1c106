// Fills the holes of a mask level by level, as InpaintCropImproved does. Pixels are bytes in a frame of ones, so
// that edges need no special case and four pixels are processed at once (typed arrays are little-endian wherever
// WebAssembly runs). Dark pixels are joined as runs, which are far fewer.
import type { Plane } from '../lib/each.js';

const THRESHOLDS = [1, 0.99, 0.97, 0.95, 0.93, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1] as const;

/** How many rows are processed between two steps. */
const ROWS = 64;

type Floats = Plane<Float32Array>;

/** The layout of a frame's bytes: a row of ones above and below, and at least one column at either side. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
}

const bytesOf = ({ height, stride }: Frame): Uint8Array<ArrayBuffer> => new Uint8Array(stride * (height + 2)).fill(1);
const startOf = ({ stride }: Frame, y: number): number => (y + 1) * stride + 4;
const wordsOf = (bytes: Uint8Array): Uint32Array => new Uint32Array(bytes.buffer);

/**
 * From light to dark: closes the pixels of at least each threshold, fills their holes, and raises all of these to
 * the threshold. Places beyond the edges count as light. Can be cancelled between steps.
 */
export function* filledByLevels({ data, width, height }: Floats): Generator<void, Floats> {
  const frame = { width, height, stride: Math.ceil(width / 4) * 4 + 8 };
  // for each pixel the first threshold that it reaches
  const reached = bytesOf(frame).fill(0);
  const counts = new Int32Array(THRESHOLDS.length + 1);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0, to = startOf(frame, y); x < width; x++, at++, to++) {
      const value = data[at];
      let level = 0;
      while (level < THRESHOLDS.length && value < THRESHOLDS[level]) level++;
      reached[to] = level;
      counts[level]++;
    }
    if (y % ROWS === 0) yield;
  }
  const made = Float32Array.from(data);
  const [light, spare] = [bytesOf(frame), bytesOf(frame)];
  for (const [level, threshold] of THRESHOLDS.entries()) {
    // without new pixels the result would be that of the level before
    if (!counts[level] && level > 0) continue;
    for (let at = 0; at < light.length; at++) light[at] = reached[at] <= level ? 1 : 0;
    yield;
    yield* closed(frame, light, spare);
    yield* fillHoles(frame, light);
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0, from = startOf(frame, y); x < width; x++, at++, from++) {
        if (!light[from] || reached[from] <= level) continue;
        counts[reached[from]]--;
        reached[from] = level;
        made[at] = threshold;
      }
      if (y % ROWS === 0) yield;
    }
  }
  return { data: made, width, height };
}

/** scipy's binary_closing by a 3 x 3 square, with ones outside, in place. */
function* closed(frame: Frame, light: Uint8Array, spare: Uint8Array): Generator<void> {
  for (const all of [false, true]) {
    yield* across(frame, light, spare, all);
    yield* down(frame, spare, light, all);
  }
}

/**
 * For each pixel and its two neighbours in the row: whether all, or any, are light. Four at once, the leftmost in
 * the low byte.
 */
function* across({ width, height, stride }: Frame, from: Uint8Array, to: Uint8Array, all: boolean): Generator<void> {
  const [read, write] = [wordsOf(from), wordsOf(to)];
  const words = Math.ceil(width / 4);
  const beyond = width % 4 ? 0x01010101 << (8 * (width % 4)) : 0;
  for (let y = 0; y < height; y++) {
    const start = ((y + 1) * stride) / 4 + 1;
    let before = read[start - 1];
    for (let at = start; at < start + words; at++) {
      const [own, after] = [read[at], read[at + 1]];
      const [left, right] = [(own << 8) | (before >>> 24), (own >>> 8) | (after << 24)];
      write[at] = all ? left & own & right : left | own | right;
      before = own;
    }
    write[start + words - 1] |= beyond;
    if (y % ROWS === 0) yield;
  }
}

/** The same for the neighbours above and below. */
function* down({ height, stride }: Frame, from: Uint8Array, to: Uint8Array, all: boolean): Generator<void> {
  const [read, write, row] = [wordsOf(from), wordsOf(to), stride / 4];
  for (let y = 0; y < height; y++) {
    const start = (y + 1) * row;
    const end = start + row;
    if (all) for (let at = start; at < end; at++) write[at] = read[at - row] & read[at] & read[at + row];
    else for (let at = start; at < end; at++) write[at] = read[at - row] | read[at] | read[at + row];
    if (y % ROWS === 0) yield;
  }
}

/** scipy's binary_fill_holes in place: dark areas that do not connect to the outside by sides become light. */
function* fillHoles(frame: Frame, light: Uint8Array): Generator<void> {
  const { width, height } = frame;
  // run 0 is the outside. Each run points to one that it is joined to; the first run of a group points to itself.
  const [starts, ends, joined]: [number[], number[], number[]] = [[0], [0], [0]];
  const root = (run: number): number => {
    let at = run;
    while (joined[at] !== at) {
      joined[at] = joined[joined[at]];
      at = joined[at];
    }
    return at;
  };
  const join = (one: number, other: number): void => {
    const [a, b] = [root(one), root(other)];
    joined[Math.max(a, b)] = Math.min(a, b);
  };
  const rows = new Int32Array(height + 1).fill(1);
  for (let y = 0; y < height; y++) {
    const start = startOf(frame, y);
    rows[y] = starts.length;
    let above = y > 0 ? rows[y - 1] : rows[y];
    for (let x = 0; x < width; x++) {
      if (light[start + x]) continue;
      const run = starts.length;
      const left = x;
      while (x < width && !light[start + x]) x++;
      starts.push(left);
      ends.push(x);
      joined.push(run);
      if (y === 0 || y === height - 1 || left === 0 || x === width) join(run, 0);
      while (above < rows[y] && ends[above] <= left) above++;
      for (let other = above; other < rows[y] && starts[other] < x; other++) join(run, other);
    }
    rows[y + 1] = starts.length;
    if (y % ROWS === 0) yield;
  }
  for (let y = 0; y < height; y++) {
    const start = startOf(frame, y);
    for (let run = rows[y]; run < rows[y + 1]; run++) {
      if (root(run) !== 0) light.fill(1, start + starts[run], start + ends[run]);
    }
    if (y % ROWS === 0) yield;
  }
}
