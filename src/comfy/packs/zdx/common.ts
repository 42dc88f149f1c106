// What zdx's nodes have in common.
import type { ImageBatch, MaskBatch } from '../../../index.js';
import type { Box } from '../../sockets.js';
import { bytesOf, type Named } from '../lib/each.js';
import { boundsOf } from '../lib/label.js';
import { floatsOfImage, floatsOfMask, imageOfFloats, maskOfFloats, placed } from '../lib/pictures.js';

export const zdx = { module: 'custom_nodes.zdx_comfyui' } as const;

/** What torch takes for 0. */
const NEAR = 1e-8;

/** Image.getbbox of the first mask's bytes; undefined where all of them are 0. */
export async function boxOf(mask: MaskBatch, call: Named): Promise<Box | undefined> {
  const [plane] = await bytesOf(mask.at(0).as('uint8'), call);
  return boundsOf(plane, (at) => plane.data[at] !== 0);
}

/** On a larger canvas of gray; its mask with zeros around it, or where it is zeros itself, with ones. */
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
