// Inpaint-CropAndStitch: cuts out the surroundings of a mask for a model.
import { refusal } from '../../../base/errors.js';
import { pausing, walked } from '../../../base/pause.js';
import type { MaskBatch } from '../../../index.js';
import { boolean, combo, float, image, int, MAX, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import type { Stitch, Stitcher } from '../../sockets.js';
import { type Around, batchOf, floatsOf, type Plane } from '../lib/each.js';
import { floatsOfImage } from '../lib/pictures.js';
import { areaOf, fittedArea, grownArea, joined, type Rect } from './area.js';
import { above, blurredBy, type Mode, prepared } from './maskSteps.js';
import { type Floats, imageOf, lquesada, oneChannel, part, scaled } from './parts.js';
import { BOTH, extended, LEAST, MOST, presized } from './sizes.js';

const FILTERS = ['nearest', 'bilinear', 'bicubic', 'lanczos', 'box', 'hamming'] as const;
const side = (fallback: number, min = 0) => int({ default: fallback, min, max: MAX });
const factor = float({ default: 1, min: 0.01, max: 100, step: 0.01 });
const GPU = 'gpu (much faster)';

/** One mask for each picture, of the same size. A single mask is used for all; an empty mask may have any size. */
async function masksFor(
  node: string,
  input: string,
  mask: MaskBatch | undefined,
  [count, height, width]: readonly number[],
  call: Around,
): Promise<Plane<Float32Array>[]> {
  const none = { data: new Float32Array(width * height), width, height };
  const given = mask ? await floatsOf(mask, call) : [none];
  const fit = given.map((one) => {
    if (one.width === width && one.height === height) return one;
    if (given.every(({ data }) => data.every((x) => x === 0))) return none;
    throw refusal(node, input, `${width} x ${height} like the image`, `${one.width} x ${one.height}`, 'bad-shape');
  });
  if (fit.length === 1) return Array.from({ length: count }, () => fit[0]);
  if (fit.length === count) return fit;
  throw refusal(node, input, `1 mask, or ${count}, as many as pictures`, fit.length, 'bad-shape');
}

export const nodes = {
  InpaintCropImproved: node({
    ...lquesada,
    title: '✂️ Inpaint Crop (Improved)',
    about:
      'The part of the picture around the mask and the context, in the proportions of the target size and scaled to it, with the mask filled, ' +
      'grown, blurred and cut off below; and a stitcher that puts it back.',
    quirk:
      'The mode for GPUs is computed in doubles: where the sums of the original fall short of 1, its masks are a byte darker. A size that cannot be met is refused, as in the original.',
    inputs: {
      image,
      downscale_algorithm: combo(FILTERS, 'bilinear'),
      upscale_algorithm: combo(FILTERS, 'bicubic'),
      preresize: boolean(false),
      preresize_mode: combo([LEAST, MOST, BOTH]),
      ...{ preresize_min_width: side(1024), preresize_min_height: side(1024) },
      ...{ preresize_max_width: side(MAX), preresize_max_height: side(MAX) },
      mask_fill_holes: boolean(true),
      mask_expand_pixels: side(0),
      mask_invert: boolean(false),
      mask_blend_pixels: int({ default: 32, min: 0, max: 64 }),
      mask_hipass_filter: float({ default: 0.1, min: 0, max: 1, step: 0.01 }),
      extend_for_outpainting: boolean(false),
      ...{ extend_up_factor: factor, extend_down_factor: factor },
      ...{ extend_left_factor: factor, extend_right_factor: factor },
      context_from_mask_extend_factor: float({ default: 1.2, min: 1, max: 100, step: 0.01 }),
      output_resize_to_target_size: boolean(true),
      ...{ output_target_width: side(512, 64), output_target_height: side(512, 64) },
      output_padding: combo(['0', '8', '16', '32', '64', '128', '256', '512'], '32'),
      device_mode: combo(['cpu (compatible)', GPU], GPU),
      ...{ mask: optional(mask), optional_context_mask: optional(mask) },
    },
    outputs: [
      ['STITCHER', 'stitcher'],
      ['IMAGE', 'cropped_image'],
      ['MASK', 'cropped_mask'],
    ],
    async run(given, call) {
      const { node, signal } = call;
      const pause = signal && pausing(() => signal.throwIfAborted());
      const { downscale_algorithm, upscale_algorithm, output_resize_to_target_size: toTarget } = given;
      const mode: Mode = given.device_mode === GPU ? 'gpu' : 'cpu';
      const { data, shape } = await floatsOfImage(given.image, call);
      const [own, rows, columns, channels] = shape;
      const count = own === 1 && given.mask ? given.mask.shape[0] : own;
      if (own > 1 && !toTarget) {
        throw refusal(node, 'output_resize_to_target_size', 'true for several pictures: all come in one size', false);
      }
      if (given.preresize && given.preresize_mode === BOTH) {
        for (const one of ['width', 'height'] as const) {
          const [min, max] = [given[`preresize_min_${one}`], given[`preresize_max_${one}`]];
          if (max < min) throw refusal(node, `preresize_max_${one}`, `at least ${min}, the minimum`, max);
        }
      }
      const masks = await masksFor(node, 'mask', given.mask, [count, rows, columns], call);
      const contexts = await masksFor(
        node,
        'optional_context_mask',
        given.optional_context_mask,
        [count, rows, columns],
        call,
      );
      const size = rows * columns * channels;
      const stitches: Stitch[] = [];
      const pictures: Floats[] = [];
      const made: Floats[] = [];
      for (let i = 0; i < count; i++) {
        const at = Math.min(i, own - 1) * size;
        let picture: Floats = { data: data.subarray(at, at + size), width: columns, height: rows, channels };
        let [through, context] = [oneChannel(masks[i]), oneChannel(contexts[i])];
        const before = given.preresize ? presized(node, columns, rows, given) : undefined;
        if (before) {
          const to = [before.width, before.height] as const;
          picture = await scaled(picture, ...to, before.filter, call);
          through = await scaled(through, ...to, before.masks, call);
          context = await scaled(context, ...to, before.masks, call);
        }
        const { mask_blend_pixels: blend, mask_hipass_filter: least } = given;
        through = oneChannel(await walked(prepared(through, given, mode), signal));
        if (least >= 0.01) context = oneChannel(above(context, least));
        if (given.extend_for_outpainting) {
          const area = extended(node, picture, given);
          [picture, through, context] = [part(picture, area), part(through, area, 1), part(context, area, 0)];
        }
        const { width, height } = picture;
        await pause?.();
        let area = areaOf(through) ?? { x: 0, y: 0, w: width, h: height };
        const grow = given.context_from_mask_extend_factor;
        if (grow >= 1.01) area = grownArea(area, grow, width, height);
        area = joined(area, areaOf(context));
        const multiple = Number(given.output_padding) || 1;
        const padded = (length: number): number => Math.ceil(length / multiple) * multiple;
        const target = {
          width: padded(toTarget ? given.output_target_width : area.w),
          height: padded(toTarget ? given.output_target_height : area.h),
        };
        const cut = fittedArea(area, target, picture, !toTarget);
        const whole = canvasOf(cut, picture);
        const canvas = part(picture, whole);
        let [cutPicture, cutMask] = [part(picture, cut), part(through, cut, 1)];
        if (toTarget) {
          const up = target.width > cut.w || target.height > cut.h;
          const filter = up ? upscale_algorithm : downscale_algorithm;
          cutPicture = await scaled(cutPicture, target.width, target.height, filter, call);
          cutMask = await scaled(cutMask, target.width, target.height, filter, call);
        }
        const soft = blend > 0 ? await walked(blurredBy(cutMask, blend / 2, mode), signal) : cutMask;
        stitches.push({
          canvas,
          original: [-whole.x, -whole.y, width, height],
          cropped: [cut.x - whole.x, cut.y - whole.y, cut.w, cut.h],
          mask: soft,
        });
        pictures.push(cutPicture);
        made.push(cutMask);
      }
      const stitcher: Stitcher = { downscale_algorithm, upscale_algorithm, stitches };
      return [stitcher, imageOf(call, pictures), batchOf(call, made)];
    },
  }),
};

/** The smallest box that holds the picture and the area. */
function canvasOf({ x, y, w, h }: Rect, { width, height }: Plane): Rect {
  const [left, top] = [Math.min(x, 0), Math.min(y, 0)];
  return { x: left, y: top, w: Math.max(x + w, width) - left, h: Math.max(y + h, height) - top };
}
