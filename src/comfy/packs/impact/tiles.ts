// Impact: filters SEGS, cuts them out of a picture, and covers a picture with tiles.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch } from '../../../index.js';
import { boolean, combo, float, image, int, optional, segs, string } from '../../inputs.js';
import { node } from '../../node.js';
import type { Box, Seg, Segs } from '../../sockets.js';
import { batchOf, type Named, type Plane } from '../lib/each.js';
import { interpolated } from '../lib/interpolate.js';
import { boundsOf } from '../lib/label.js';
import { cvSpread } from '../lib/morphology.js';
import { wholeIn } from '../lib/values.js';
import { checkedBytes, cropRegion, lay, measured, measures, util } from './common.js';
import { irregularly, MODES, reachOf, sideOf } from './irregular.js';
import { matched } from './matched.js';

const LARGEST = 2 ** 63;
const count = (fallback: number) => int({ default: fallback, min: 0, max: LARGEST });
const NONE = 64;
const targets = [...measures, 'confidence'] as const;

/** The regions scaled to the picture, if there is one. */
async function scaled({ size, segs }: Segs, image: ImageBatch | undefined, call: Named): Promise<Segs> {
  if (!image) return { size, segs };
  const [, height, width] = image.shape;
  return { size: [height, width], segs: await matched({ size, segs }, height, width, call) };
}

/** The union of all regions on the whole picture, scaled to a size and grown. */
async function spread(
  { size, segs }: Segs,
  to: { width: number; height: number },
  by: number,
  call: Named,
): Promise<Plane> {
  const [height, width] = size;
  const bytes = new Uint8Array(height * width);
  for (const seg of segs)
    for (const plane of await checkedBytes(call.node, size, seg, call)) lay(bytes, size, seg, plane);
  const data = Float32Array.from(bytes, (v) => v / 255);
  const made = await interpolated({ data, shape: [1, height, width, 1] }, to, 'bilinear', call);
  return cvSpread({ data: made.data, ...to }, by);
}

export const nodes = {
  ImpactSEGSOrderedFilter: node({
    ...util,
    title: 'SEGS Filter (ordered)',
    about: 'The regions ordered by this measure: those from take_start on, up to a number, and the others.',
    inputs: {
      segs,
      target: combo(targets),
      order: boolean(true),
      take_start: count(0),
      take_count: count(1),
    },
    outputs: [
      ['SEGS', 'filtered_SEGS'],
      ['SEGS', 'remained_SEGS'],
    ],
    run({ segs: { size, segs }, target, order, take_start, take_count }) {
      const by = (one: Seg): number =>
        (target === 'confidence' ? one.confidence : measured(one, target)) * (order ? -1 : 1);
      const sorted = [...segs].sort((one, other) => by(one) - by(other));
      const isIn = (at: number): boolean => at >= take_start && at < take_start + take_count;
      return [
        { size, segs: sorted.filter((_, at) => isIn(at)) },
        { size, segs: sorted.filter((_, at) => !isIn(at)) },
      ];
    },
  }),

  ImpactSEGSPicker: node({
    ...util,
    title: 'Picker (SEGS)',
    about: 'The regions whose numbers, from 1 on, are listed with commas between them.',
    quirk:
      'In the order of their numbers, each once. Anything but numbers is ignored. Without a picture the original fails unless it has shown them.',
    inputs: { picks: { ...string(), multiline: true }, segs, fallback_image_opt: optional(image) },
    outputs: [['SEGS', 'SEGS']],
    async run({ picks, segs, fallback_image_opt }, call) {
      const own = await scaled(segs, fallback_image_opt, call);
      const wanted = new Set(picks.split(',').map(wholeIn));
      return [{ size: own.size, segs: own.segs.filter((_, at) => wanted.has(at + 1)) }];
    },
  }),

  SEGSToImageList: node({
    ...util,
    title: 'SEGS to Image List',
    about:
      'The picture of each region, or what lies there in the picture given, as a list; zeros, 64 x 64, without one.',
    inputs: { segs, fallback_image_opt: optional(image) },
    outputs: [['IMAGE', 'IMAGE', 'list']],
    async run({ segs, fallback_image_opt }, call) {
      const own = await scaled(segs, fallback_image_opt, call);
      const none = (): ImageBatch => call.device.image(new Float32Array(NONE * NONE * 3), [1, NONE, NONE, 3]);
      const made = own.segs.map(({ image, crop_region: [x, y, right, bottom] }) => {
        const part = { x, y, width: right - x, height: bottom - y };
        return image ?? fallback_image_opt?.crop(part) ?? none();
      });
      return [made.length ? made : [none()]];
    },
  }),

  ImpactMakeTileSEGS: node({
    ...util,
    category: 'ImpactPack/__for_testing',
    title: 'Make Tile SEGS',
    about:
      'Regions of bbox_size that cover the picture, or the box of filter_in_segs_opt, and overlap by at least so much. Their masks are 1 in the tile, but 0 in ' +
      'filter_out_segs_opt and outside of filter_in_segs_opt, both spread; a region whose mask is empty is left out.',
    quirk:
      'Irregular edges go by chance, from the same beginning in every call; in the original they are never the same.',
    inputs: {
      images: image,
      bbox_size: int({ default: 512, min: 64, max: 4096, step: 8 }),
      crop_factor: float({ default: 3, min: 1, max: 10, step: 0.01 }),
      min_overlap: int({ default: 5, min: 0, max: 512 }),
      filter_segs_dilation: int({ default: 20, min: -255, max: 255 }),
      mask_irregularity: float({ default: 0, min: 0, max: 1, step: 0.01 }),
      irregular_mask_mode: combo(MODES),
      ...{ filter_in_segs_opt: optional(segs), filter_out_segs_opt: optional(segs) },
    },
    outputs: [['SEGS', 'SEGS']],
    async run(given, call) {
      const { images, crop_factor, filter_segs_dilation, mask_irregularity, filter_in_segs_opt, filter_out_segs_opt } =
        given;
      const mode = given.irregular_mask_mode;
      const draw = mask_irregularity > 0 ? irregularly(mode, mask_irregularity, call) : undefined;
      // how far the irregular edges reach into a tile
      const more = draw ? reachOf(sideOf(mode), mask_irregularity) : 0;
      const [, height, width] = images.shape;
      const size = { width, height };
      const without = filter_out_segs_opt && (await spread(filter_out_segs_opt, size, filter_segs_dilation, call));
      const within = filter_in_segs_opt && (await spread(filter_in_segs_opt, size, filter_segs_dilation, call));
      const whole = within ? regionOf(within) : ([0, 0, width, height] as const);
      if (!whole) return [{ size: [height, width] as const, segs: [] }];
      const [w, h] = [whole[2] - whole[0], whole[3] - whole[1]];
      const side = Math.min(given.bbox_size + 2 * more, w, h);
      const overlap = (given.bbox_size <= 2 * given.min_overlap ? given.bbox_size / 2 : given.min_overlap) + more;
      if (side === overlap) throw refusal(call.node, 'min_overlap', `other than ${side}, the side of a tile`, overlap);
      const across = tiles(w, side, overlap);
      const down = tiles(h, side, overlap);
      const made: Seg[] = [];
      for (let j = 0; j < down.count; j++) {
        for (let i = 0; i < across.count; i++) {
          const [x1, x2] = placed(whole[0] + i * (side - across.overlap), width);
          const [y1, y2] = placed(whole[1] + j * (side - down.overlap), height);
          const seg = await tile([x1, y1, x2, y2]);
          if (seg) made.push(seg);
        }
      }
      return [{ size: [height, width] as const, segs: made }];

      /** A tile beyond the right or lower edge is moved back into the picture. */
      function placed(from: number, all: number): readonly [from: number, to: number] {
        return from + side < all - 1 ? [from, from + side] : [all - side, all];
      }

      async function tile(bbox: Box): Promise<Seg | undefined> {
        const crop_region = cropRegion(width, height, bbox, crop_factor);
        const [left, top, right, bottom] = crop_region;
        const data = new Float32Array((right - left) * (bottom - top));
        const drawn = await draw?.(bbox, crop_region);
        let some = false;
        for (let y = bbox[1]; y < bbox[3]; y++) {
          for (let x = bbox[0]; x < bbox[2]; x++) {
            const at = y * width + x;
            if ((without && without.data[at] !== 0) || (within && within.data[at] === 0)) continue;
            const own = (y - top) * (right - left) + x - left;
            data[own] = drawn ? drawn.data[own] : 1;
            some ||= data[own] !== 0;
          }
        }
        if (!some) return undefined;
        const mask = batchOf(call, [{ data, width: right - left, height: bottom - top }]);
        return { label: '', confidence: 1, crop_region, bbox, mask };
      }
    },
  }),
};

/** The box of values that are not 0, without its last column and row; undefined if that is empty. */
function regionOf(plane: Plane): Box | undefined {
  const bounds = boundsOf(plane, (at) => plane.data[at] !== 0);
  if (!bounds) return undefined;
  const region = cropRegion(plane.width, plane.height, [bounds[0], bounds[1], bounds[2] - 1, bounds[3] - 1], 1);
  return region[2] > region[0] && region[3] > region[1] ? region : undefined;
}

/** How many tiles fit along a side, and how much each overlaps the next. */
function tiles(length: number, side: number, least: number): { count: number; overlap: number } {
  let count = Math.ceil(length / (side - least));
  if (side * count < length) count++;
  const overlap = count === 1 ? 0 : Math.trunc((side * count - length) / (count - 1));
  return { count: overlap === side ? 1 : count, overlap };
}
