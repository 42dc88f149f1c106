// The outlines of masks: kernels find the rings along the edges of pixels, and here they become arrays, simpler ones, or a path.
import { ChromaskError, refusal } from '../base/errors.js';
import type { Values } from '../base/params.js';
import { type Pause, pausing } from '../base/pause.js';
import type { Extent } from '../engine.js';
import { as } from '../graph/node.js';
import type { outlineParams } from '../ops/measureOptions.js';
import { answer } from './kernel.js';
import { type Measured, type Reached, reach } from './measure.js';

export type Ring = {
  /** x, y, x, y, … along the edges of pixels; whole numbers, or, simplified, some of them as Float64Array. */
  points: Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  /** Outer rings run clockwise, the edges of holes the other way. */
  hole: boolean;
};

/** The rings of one mask in one array: a noisy mask has a million, and so many objects keep the garbage collector busy. */
export interface Rings {
  /** x, y, x, y, … of one ring after another. */
  readonly points: Ring['points'];
  /** Where each ring begins, counted in points, and where the last one ends. */
  readonly first: Uint32Array<ArrayBuffer>;
  /** 1 for each that is a hole. */
  readonly holes: Uint8Array<ArrayBuffer>;
}

type Call = Measured<Values<typeof outlineParams>>;

/** More corners are refused: a 4K mask of noise has six million. */
const MOST = 2 ** 23;
const params = { threshold: { type: 'number', default: 0.5, min: 0, max: 1 } } as const;
const place = { type: 'integer', default: 0, min: 0, max: 2 ** 32 - 1 } as const;
const room = { type: 'integer', default: 0, min: 0, max: MOST } as const;

/** For each mask its rings. */
export async function outlines(call: Call): Promise<Ring[][]> {
  const pause = breathOf(call.signal);
  const made: Ring[][] = [];
  for (const rings of await found(call, pause)) made.push(await apart(rings, pause));
  return made;
}

async function found({ node, evaluator, values, signal }: Call, pause?: Pause): Promise<Rings[]> {
  const { threshold, simplify } = values;
  const bytes = as('uint8', node);
  const all = await reach(evaluator, bytes, 'outlines', (reached) => ringsOf(reached, threshold), signal);
  if (simplify === 0) return all;
  const { simplified } = await import('./simplify.js');
  const fewer: Rings[] = [];
  for (const rings of all) fewer.push(await simplified(rings, simplify, pause));
  return fewer;
}

async function ringsOf(reached: Reached, threshold: number): Promise<Rings[]> {
  const { arena, extent, pause } = reached;
  // what the first kernel leaves for the second
  const bits = arena.alloc(bitsIn(extent));
  try {
    const made: Rings[] = [];
    for (let b = 0; b < extent.batch; b++) {
      const [points] = await answer(reached, 'corners', { ...params, bits: place }, { threshold, bits }, 1, b);
      if (points > MOST) throw refusal('outlines', 'corners', `at most ${MOST}`, points, 'limit');
      const rings = points >> 2;
      const schema = { bits: place, points: room, rings: room };
      const words = await answer(reached, 'outlines', schema, { bits, points, rings }, 2 + rings + 2 * points, b);
      made.push(await ringsIn(words, rings, pause));
    }
    return made;
  } finally {
    arena.free(bits);
  }
}

/** Bytes of a mask as assembly/outlines/lib/bits.ts has it. */
const bitsIn = ({ width, height }: Extent): number => (height + 2) * (Math.floor(width / 64) + 1) * 8;

const breathOf = (signal?: AbortSignal): Pause | undefined => signal && pausing(() => signal.throwIfAborted());

/** Rings that are made between two pauses. */
const PIECE = 2 ** 12;

async function ringsIn(words: Uint32Array<ArrayBuffer>, room: number, pause?: Pause): Promise<Rings> {
  const [count, total] = words;
  const points = new Int32Array(words.buffer, (2 + room) * 4, 2 * total);
  const [first, holes] = [new Uint32Array(count + 1), new Uint8Array(count)];
  for (let ring = 0; ring < count; ring++) {
    first[ring] = words[2 + ring] >>> 1;
    holes[ring] = words[2 + ring] & 1;
    const wait = ring % PIECE ? undefined : pause?.();
    if (wait) await wait;
  }
  first[count] = total;
  return { points, first, holes };
}

/** An array for each ring, all of them views of the same memory. */
async function apart({ points, first, holes }: Rings, pause?: Pause): Promise<Ring[]> {
  const made: Ring[] = [];
  for (let ring = 0; ring < holes.length; ring++) {
    made.push({ points: points.subarray(2 * first[ring], 2 * first[ring + 1]), hole: holes[ring] === 1 });
    const wait = ring % PIECE ? undefined : pause?.();
    if (wait) await wait;
  }
  return made;
}

/** The `d` of an even-odd SVG path. */
export async function toSvgPath(call: Call): Promise<string> {
  const { batch } = call.node.extent;
  if (batch !== 1) throw refusal('toSvgPath', 'batch', '1 (take one with at(b))', batch, 'bad-shape');
  const pause = breathOf(call.signal);
  const [rings] = await found(call, pause);
  try {
    return await pathOf(rings, pause);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new ChromaskError('limit', 'toSvgPath: the path is longer than a string can be', { cause });
  }
}

/** Relative steps; the last one of a ring is what closes it. */
async function pathOf({ points, first, holes }: Rings, pause?: Pause): Promise<string> {
  const parts: string[] = [];
  // joined in between: to join a million texts at once takes long, and blocks the event loop
  let some: string[] = [];
  for (let ring = 0; ring < holes.length; ring++) {
    const [from, to] = [2 * first[ring], 2 * first[ring + 1]];
    some.push(`M${points[from]} ${points[from + 1]}`);
    for (let i = from + 2; i < to; i += 2) {
      const [x, y] = [points[i] - points[i - 2], points[i + 1] - points[i - 1]];
      some.push(y === 0 ? `h${x}` : x === 0 ? `v${y}` : `l${x} ${y}`);
      if (some.length < PIECE) continue;
      parts.push(some.join(''));
      some = [];
      const wait = pause?.();
      if (wait) await wait;
    }
    some.push('z');
  }
  parts.push(some.join(''));
  return parts.join('');
}
