// A picture without alpha comes with a mask of zeros, [1, 64, 64], at any size of the picture: "nothing is masked".
import type { MaskBatch } from '../../../index.js';

/** The marker's side. */
export const MARKER = 64;

/** The marker as zeros of the size asked for; every other mask as it is. */
export async function fitted(mask: MaskBatch, height: number, width: number): Promise<MaskBatch> {
  const [batch, h, w] = mask.shape;
  if (batch !== 1 || h !== MARKER || w !== MARKER || (height === MARKER && width === MARKER)) return mask;
  const values = await mask.data();
  return values.every((value) => value === 0) ? mask.interpolate({ width, height }) : mask;
}
