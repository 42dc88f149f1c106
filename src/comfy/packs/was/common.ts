// Shared by the WAS nodes for masks.
import type { MaskBatch } from '../../../index.js';
import { type Around, eachOf, type Plane } from '../lib/each.js';

export const was = { category: 'WAS Suite/Image/Masking', module: 'custom_nodes.was-node-suite-comfyui' } as const;

export const onBatches = 'Every mask of a batch is taken by itself; the original takes one, and fails for more.';

/** These nodes work on a gray picture of bytes and return 1 - v / 255 of the result of `make`. */
export const regionOf = async (
  masks: MaskBatch,
  call: Around,
  make: (plane: Plane<Uint8Array>) => Plane<Uint8Array>,
): Promise<MaskBatch[]> => [(await eachOf(masks, call, make)).as('float32').invert()];

/** ImageOps.invert. */
export const inverted = ({ data, width, height }: Plane<Uint8Array>): Plane<Uint8Array<ArrayBuffer>> => ({
  data: Uint8Array.from(data, (v) => 255 - v),
  width,
  height,
});

/** White where `isIn` holds, black elsewhere. */
export const where = (
  { data, width, height }: Plane,
  isIn: (at: number) => boolean,
): Plane<Uint8Array<ArrayBuffer>> => ({
  data: Uint8Array.from(data, (_, at) => (isIn(at) ? 255 : 0)),
  width,
  height,
});
