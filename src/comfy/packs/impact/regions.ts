// Impact: turns SEGS into masks, and changes their masks.
import { refusal } from '../../../base/errors.js';
import { MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { image, mask, segs } from '../../inputs.js';
import { node } from '../../node.js';
import type { Seg, Segs } from '../../sockets.js';
import { type Around, batchOf, checkOne, floatsOf, type Named, type Plane } from '../lib/each.js';
import { cvSpread } from '../lib/morphology.js';
import {
  checkedBytes,
  dilation,
  eachSeg,
  feathered,
  gaussian,
  impact,
  lay,
  util,
  wholeMasks,
  wrapped,
} from './common.js';

const segsOut = { outputs: [['SEGS', 'SEGS']] } as const;

export const regions = {
  SegsToCombinedMask: node({
    ...impact,
    title: 'SEGS to MASK (combined)',
    about: 'The union (or) of the masks of all regions at their places, as truncated bytes.',
    inputs: { segs },
    run: async ({ segs }, call) => [await combined(call.node, segs, segs.size, call)],
  }),

  SegsMaskCombine: node({
    ...impact,
    category: 'ImpactPack/Legacy',
    title: 'SegsMaskCombine (Legacy)',
    about: 'The same, as large as the picture.',
    inputs: { segs, image },
    run: async ({ segs, image }, call) => [await combined(call.node, segs, [image.shape[1], image.shape[2]], call)],
  }),

  ImpactSEGSToMaskList: node({
    ...util,
    title: 'SEGS to Mask List',
    about: 'A mask as large as the picture for each region: its bytes in its place. Without a region, zeros.',
    inputs: { segs },
    outputs: [['MASK', 'MASK', 'list']],
    run: async ({ segs }, call) => [await wholeMasks(call.node, segs, call)],
  }),

  ImpactSEGSToMaskBatch: node({
    ...util,
    title: 'SEGS to Mask Batch',
    about: 'The same as one batch.',
    inputs: { segs },
    run: async ({ segs }, call) => [Mask.cat(await wholeMasks(call.node, segs, call))],
  }),

  ImpactSegsAndMask: node({
    ...impact,
    ...segsOut,
    title: 'Pixelwise(SEGS & MASK)',
    about: 'The bits that the bytes of each region and of the mask in its place have in common.',
    quirk: 'A batch of masks is refused, and a mask that does not cover a region; the original fails.',
    also: ['Segs & Mask'],
    inputs: { segs, mask },
    async run({ segs, mask }, call) {
      checkOne(call.node, 'mask', mask);
      const [plane] = await wrapped(mask, call);
      return eachSeg(segs, (seg) => common(segs, seg, plane, call));
    },
  }),

  ImpactSegsAndMaskForEach: node({
    ...impact,
    ...segsOut,
    title: 'Pixelwise(SEGS & MASKS ForEach)',
    about: 'The same with one mask of the batch for each region, as many as there are of both.',
    inputs: { segs, masks: mask },
    async run({ segs: { size, segs }, masks }, call) {
      const planes = await wrapped(masks, call);
      const own = { size, segs: segs.slice(0, planes.length) };
      return eachSeg(own, (seg, at) => common(own, seg, planes[at], call));
    },
  }),

  ImpactDilateMaskInSEGS: node({
    ...util,
    ...segsOut,
    title: 'Dilate Mask (SEGS)',
    about: 'Dilate Mask for the mask of each region, within the region.',
    inputs: { segs, dilation },
    run: ({ segs, dilation }, call) => changed(segs, call, (plane) => cvSpread(plane, dilation)),
  }),

  ImpactGaussianBlurMaskInSEGS: node({
    ...util,
    ...segsOut,
    title: 'Gaussian Blur Mask (SEGS)',
    about: 'Gaussian Blur Mask for the mask of each region, within the region.',
    inputs: { segs, ...gaussian },
    run: ({ segs, kernel_size, sigma }, call) => changed(segs, call, (plane) => feathered(plane, kernel_size, sigma)),
  }),
};

async function combined(node: string, { segs }: Segs, size: Segs['size'], call: Around): Promise<MaskBatch> {
  const [height, width] = size;
  const data = new Uint8Array(height * width);
  for (const seg of segs) for (const plane of await checkedBytes(node, size, seg, call)) lay(data, size, seg, plane);
  return batchOf(call, [{ data, width, height }]).as('float32');
}

const changed = (segs: Segs, call: Around, make: (plane: Plane) => Plane) =>
  eachSeg(segs, async ({ mask }) => batchOf(call, (await floatsOf(mask, call)).map(make)));

/** The intersection of a region with a mask of the whole picture. */
async function common(segs: Segs, seg: Seg, whole: Plane<Uint8Array>, call: Named) {
  const [left, top, right, bottom] = seg.crop_region;
  if (right > whole.width || bottom > whole.height) {
    throw refusal(
      call.node,
      'mask',
      `as large as the regions reach, ${right} x ${bottom}`,
      `${whole.width} x ${whole.height}`,
      'bad-shape',
    );
  }
  const planes = await checkedBytes(call.node, segs.size, seg, call);
  const made = planes.map(({ data, width, height }) => ({
    data: data.map((byte, at) => byte & whole.data[(top + Math.floor(at / width)) * whole.width + left + (at % width)]),
    width,
    height,
  }));
  return batchOf(call, made).as('float32');
}
