// ComfyUI gives a picture without alpha a mask of zeros, [1, 64, 64], for every size of picture. It means "nothing
// is masked".
import type { MaskBatch } from '../../../index.js';

/** The side of that mask. */
export const MARKER = 64;

/** Replaces that mask by zeros of the given size. Other masks stay unchanged. */
export async function fitted(mask: MaskBatch, height: number, width: number): Promise<MaskBatch> {
  const [batch, h, w] = mask.shape;
  if (batch !== 1 || h !== MARKER || w !== MARKER || (height === MARKER && width === MARKER)) return mask;
  const values = await mask.data();
  return values.every((value) => value === 0) ? mask.interpolate({ width, height }) : mask;
}
