// The outlines of masks: kernels find the rings along the edges of pixels, and here they become arrays, simpler ones, or a path.
import { ChromaskError, refusal } from '../base/errors.js';
import type { Values } from '../base/params.js';
import { type Breath, breathing } from '../base/pause.js';
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

type Call = Measured<Values<typeof outlineParams>>;

/** More corners are refused: a 4K mask of noise has six million. */
const MOST = 2 ** 23;
const params = { threshold: { type: 'number', default: 0.5, min: 0, max: 1 } } as const;
const room = { type: 'integer', default: 0, min: 0, max: MOST } as const;

/** For each mask its rings. */
export async function outlines({ recipe, evaluator, values, signal }: Call): Promise<Ring[][]> {
  const { threshold, simplify } = values;
  const bytes = as('uint8', recipe);
  const all = await reach(evaluator, bytes, 'outlines', (reached) => ringsOf(reached, threshold), signal);
  if (simplify === 0) return all;
  const { simplified } = await import('./simplify.js');
  const fewer: Ring[][] = [];
  for (const rings of all) fewer.push(await simplified(rings, simplify, breathOf(signal)));
  return fewer;
}

async function ringsOf(reached: Reached, threshold: number): Promise<Ring[][]> {
  const made: Ring[][] = [];
  for (let b = 0; b < reached.extent.batch; b++) {
    const [points] = await answer(reached, 'corners', params, { threshold }, 1, b);
    if (points > MOST) throw refusal('outlines', 'corners', `at most ${MOST}`, points, 'limit');
    const rings = points >> 2;
    const schema = { ...params, points: room, rings: room };
    const words = await answer(reached, 'outlines', schema, { threshold, points, rings }, 2 + rings + 2 * points, b);
    made.push(await ringsIn(words, rings, reached.breath));
  }
  return made;
}

const breathOf = (signal?: AbortSignal): Breath | undefined => signal && breathing(() => signal.throwIfAborted());

/** Rings that are made between two pauses. */
const PIECE = 2 ** 12;

async function ringsIn(words: Uint32Array<ArrayBuffer>, room: number, breath?: Breath): Promise<Ring[]> {
  const [count, points] = words;
  const place = (ring: number): number => (ring < count ? words[2 + ring] >>> 1 : points);
  const rings: Ring[] = [];
  for (let ring = 0; ring < count; ring++) {
    const from = 2 + room + 2 * place(ring);
    const length = 2 * (place(ring + 1) - place(ring));
    rings.push({ points: new Int32Array(words.buffer, from * 4, length), hole: (words[2 + ring] & 1) === 1 });
    const wait = ring % PIECE ? undefined : breath?.();
    if (wait) await wait;
  }
  return rings;
}

/** The `d` of an even-odd SVG path. */
export async function toSvgPath(call: Call): Promise<string> {
  const { batch } = call.recipe.extent;
  if (batch !== 1) throw refusal('toSvgPath', 'batch', '1 (take one with at(b))', batch, 'bad-shape');
  const [rings] = await outlines(call);
  try {
    return await pathOf(rings, breathOf(call.signal));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new ChromaskError('limit', 'toSvgPath: the path is longer than a string can be', { cause });
  }
}

/** Relative steps; the last one of a ring is what closes it. */
async function pathOf(rings: readonly Ring[], breath?: Breath): Promise<string> {
  const parts: string[] = [];
  // joined before there are many: to join a million of them takes long, and no event comes in meanwhile
  let some: string[] = [];
  for (const { points } of rings) {
    some.push(`M${points[0]} ${points[1]}`);
    for (let i = 2; i < points.length; i += 2) {
      const [x, y] = [points[i] - points[i - 2], points[i + 1] - points[i - 1]];
      some.push(y === 0 ? `h${x}` : x === 0 ? `v${y}` : `l${x} ${y}`);
      if (some.length < PIECE) continue;
      parts.push(some.join(''));
      some = [];
      const wait = breath?.();
      if (wait) await wait;
    }
    some.push('z');
  }
  parts.push(some.join(''));
  return parts.join('');
}
