// Shared by the nodes of zdx.
import type { ImageBatch, MaskBatch } from '../../../index.js';
import type { Box } from '../../sockets.js';
import { bytesOf, type Named } from '../lib/each.js';
import { boundsOf } from '../lib/label.js';
import { floatsOfImage, floatsOfMask, imageOfFloats, maskOfFloats, placed } from '../lib/pictures.js';

export const zdx = { module: 'custom_nodes.zdx_comfyui' } as const;

/** What torch treats as 0. */
const NEAR = 1e-8;

/** Image.getbbox of the first mask's bytes; undefined if all are 0. */
export async function boxOf(mask: MaskBatch, call: Named): Promise<Box | undefined> {
  const [plane] = await bytesOf(mask.at(0).as('uint8'), call);
  return boundsOf(plane, (at) => plane.data[at] !== 0);
}

/** On a larger gray canvas. The mask's border is 0, or 1 if the mask is empty. */
export async function padded(
  image: ImageBatch,
  mask: MaskBatch,
  [left, top, right, bottom]: readonly number[],
  call: Named,
): Promise<[ImageBatch, MaskBatch]> {
  const [, height, width] = image.shape;
  const place = { width: width + left + right, height: height + top + bottom, x: left, y: top };
  const own = await floatsOfMask(mask, call);
  const some = own.data.some((v) => Math.abs(v) > NEAR);
  const wide = placed(await floatsOfImage(image, call), place, 0.5);
  return [imageOfFloats(call.device, wide), maskOfFloats(call.device, placed(own, place, some ? 0 : 1))];
}
