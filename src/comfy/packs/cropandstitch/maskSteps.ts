// What the nodes of Inpaint-CropAndStitch do to a mask before they cut: fill holes, grow, blur, and clear low values.
import type { Plane } from '../lib/each.js';
import { scipyFloatsInSteps } from '../lib/gaussian.js';
import { dilating } from '../lib/morphology.js';
import { filledByLevels } from './levels.js';

type Floats = Plane<Float32Array>;

/** Whether the original uses the CPU or torch's own operations. They differ for even sizes and at the edges. */
export type Mode = 'cpu' | 'gpu';

function clamped({ data, ...size }: Floats): Floats {
  const made = new Float32Array(data.length);
  for (let i = 0; i < made.length; i++) made[i] = Math.min(Math.max(data[i], 0), 1);
  return { data: made, ...size };
}

/** Grows by a square whose side follows from `pixels`. */
function* expandedBy(plane: Floats, pixels: number, mode: Mode): Generator<void, Floats> {
  const side = Math.ceil((pixels / 4) * 1.5 + 1);
  return clamped(yield* dilating(plane, mode === 'gpu' && side % 2 === 0 ? side + 1 : side));
}

/** A Gaussian with a sigma of a quarter of `pixels`. The edge is mirrored, or dark in the mode for GPUs. */
export function* blurredBy(plane: Floats, pixels: number, mode: Mode): Generator<void, Floats> {
  const beyond = mode === 'gpu' ? 'dark' : 'mirrored';
  return clamped({ ...plane, data: yield* scipyFloatsInSteps(plane, pixels / 4, beyond) });
}

function inverted({ data, ...size }: Floats): Floats {
  const made = new Float32Array(data.length);
  for (let i = 0; i < made.length; i++) made[i] = 1 - data[i];
  return { data: made, ...size };
}

interface Ways {
  readonly mask_fill_holes: boolean;
  readonly mask_expand_pixels: number;
  readonly mask_invert: boolean;
  readonly mask_blend_pixels: number;
  readonly mask_hipass_filter: number;
}

/** Prepares a mask for cutting: fills, grows, inverts, softens and clears low values, each only if requested. */
export function* prepared(plane: Floats, ways: Ways, mode: Mode): Generator<void, Floats> {
  const { mask_expand_pixels: grow, mask_blend_pixels: blend, mask_hipass_filter: least } = ways;
  let made = plane;
  if (ways.mask_fill_holes) made = yield* filledByLevels(made);
  if (grow > 0) made = yield* expandedBy(made, grow, mode);
  if (ways.mask_invert) made = inverted(made);
  if (blend > 0) made = yield* blurredBy(yield* expandedBy(made, blend, mode), blend / 2, mode);
  return least >= 0.01 ? above(made, least) : made;
}

/** Values below the threshold become 0. */
export function above({ data, ...size }: Floats, threshold: number): Floats {
  const limit = Math.fround(threshold);
  const made = Float32Array.from(data);
  for (let i = 0; i < made.length; i++) if (made[i] < limit) made[i] = 0;
  return { data: made, ...size };
}
