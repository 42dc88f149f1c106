// Inpaint-CropAndStitch: what is around a mask cut out for a model, and put back where it was.
import { refusal } from '../../../base/errors.js';
import { breathing, walked } from '../../../base/pause.js';
import { ImageBatch as Image, type ImageBatch, type MaskBatch } from '../../../index.js';
import { boolean, combo, float, image, int, MAX, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import type { Stitch, Stitcher } from '../../sockets.js';
import { type Around, batchOf, floatsOf, type Named, type Plane } from '../lib/each.js';
import { type Filter, resized, resizedRgba } from '../lib/filters.js';
import { floatsOfImage } from '../lib/pictures.js';
import { areaOf, fittedArea, grownArea, joined, type Rect } from './area.js';
import { above, blurredBy, type Mode, prepared } from './maskSteps.js';
import { BOTH, extended, LEAST, MOST, presized } from './sizes.js';

const lquesada = { module: 'custom_nodes.ComfyUI-Inpaint-CropAndStitch', category: 'inpaint' } as const;
type Floats = Plane<Float32Array> & { readonly channels: number };

const FILTERS = ['nearest', 'bilinear', 'bicubic', 'lanczos', 'box', 'hamming'] as const;
const side = (fallback: number, min = 0) => int({ default: fallback, min, max: MAX });
const factor = float({ default: 1, min: 0.01, max: 100, step: 0.01 });
const GPU = 'gpu (much faster)';

/** Through bytes, as Pillow scales. */
async function scaled(from: Floats, width: number, height: number, filter: Filter, call: Named): Promise<Floats> {
  // what is black stays black
  const { channels } = from;
  if (from.data.every((x) => x === 0)) {
    return { data: new Float32Array(width * height * channels), width, height, channels };
  }
  const bytes = new Uint8Array(from.data.length);
  for (let i = 0; i < bytes.length; i++) {
    const value = Math.fround(from.data[i] * 255);
    bytes[i] = value > 0 ? Math.min(value, 255) : 0;
  }
  const picture = { ...from, data: bytes };
  const made =
    channels === 4
      ? await resizedRgba(call.node, picture, width, height, call, filter)
      : await resized(call.node, picture, width, height, call, filter);
  const data = new Float32Array(made.data.length);
  for (let i = 0; i < data.length; i++) data[i] = made.data[i] / 255;
  return { ...made, data };
}

const oneChannel = (plane: Plane<Float32Array>): Floats => ({ ...plane, channels: 1 });

/** A part of the plane, which may reach beyond it. Beside it are its edges, or `outside`; beyond its corners that, or 0. */
function part({ data, width, height, channels }: Floats, area: Rect, outside?: number): Floats {
  const made = new Float32Array(area.w * area.h * channels).fill(outside ?? 0);
  const [left, right] = [Math.max(area.x, 0), Math.min(area.x + area.w, width)];
  for (let row = 0; row < area.h; row++) {
    const y = row + area.y;
    const isIn = y >= 0 && y < height;
    if (!isIn && outside !== undefined) continue;
    const from = Math.min(Math.max(y, 0), height - 1) * width;
    const to = row * area.w - area.x;
    const copy = (x: number, start: number, end: number): void =>
      made.set(data.subarray((from + start) * channels, (from + end) * channels), (to + x) * channels);
    if (left < right) copy(left, left, right);
    if (!isIn || outside !== undefined) continue;
    for (let x = area.x; x < Math.min(0, area.x + area.w); x++) copy(x, 0, 1);
    for (let x = Math.max(width, area.x); x < area.x + area.w; x++) copy(x, width - 1, width);
  }
  return { data: made, width: area.w, height: area.h, channels };
}

/** As many as pictures, each of their size; one for all, and zeros of another size for none. */
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
      'The mode for GPUs is computed in doubles: where the sums of the original fall short of 1, its masks are a byte darker. A size that cannot be met is refused, as there.',
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
      const breath = signal && breathing(() => signal.throwIfAborted());
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
          if (max < min) throw refusal(node, `preresize_max_${one}`, `at least ${min}, the least`, max);
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
        await breath?.();
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

  InpaintStitchImproved: node({
    ...lquesada,
    title: '✂️ Inpaint Stitch (Improved)',
    about:
      'The picture scaled to where it was cut, mixed by the blurred mask with what is there, and the original part of it.',
    inputs: { stitcher: { type: 'STITCHER' }, inpainted_image: image },
    outputs: [['IMAGE', 'image']],
    async run({ stitcher, inpainted_image }, call) {
      const { stitches, downscale_algorithm, upscale_algorithm } = stitcher;
      const { signal } = call;
      const breath = signal && breathing(() => signal.throwIfAborted());
      const { data, shape } = await floatsOfImage(inpainted_image, call);
      const [count, height, width, channels] = shape;
      if (stitches.length !== 1 && stitches.length !== count) {
        throw refusal(
          call.node,
          'inpainted_image',
          `${stitches.length} pictures, as many as were cut`,
          count,
          'bad-shape',
        );
      }
      const made: Floats[] = [];
      const size = height * width * channels;
      for (let i = 0; i < count; i++) {
        const { canvas, original, cropped, mask } = stitches[Math.min(i, stitches.length - 1)];
        if (canvas.channels !== channels) {
          throw refusal(
            call.node,
            'inpainted_image',
            `of ${canvas.channels} channels`,
            `shape [${shape}]`,
            'bad-shape',
          );
        }
        const [x, y, w, h] = cropped;
        const filter = (w > width || h > height ? upscale_algorithm : downscale_algorithm) as Filter;
        const picture = { data: data.subarray(i * size, (i + 1) * size), width, height, channels };
        const over = await scaled(picture, w, h, filter, call);
        const through = await scaled(oneChannel(mask), w, h, filter, call);
        const to = { ...canvas, data: Float32Array.from(canvas.data) };
        for (let row = 0, at = 0; row < h; row++) {
          await breath?.();
          let place = ((row + y) * canvas.width + x) * channels;
          for (let column = 0; column < w; column++, at++) {
            const share = through.data[at];
            const rest = Math.fround(1 - share);
            for (let c = 0; c < channels; c++, place++) {
              to.data[place] =
                Math.fround(share * over.data[at * channels + c]) + Math.fround(rest * canvas.data[place]);
            }
          }
        }
        const [left, top, own, high] = original;
        made.push(part(to, { x: left, y: top, w: own, h: high }));
      }
      return [imageOf(call, made)];
    },
  }),
};

/** The picture and what of the area lies beyond it. */
function canvasOf({ x, y, w, h }: Rect, { width, height }: Plane): Rect {
  const [left, top] = [Math.min(x, 0), Math.min(y, 0)];
  return { x: left, y: top, w: Math.max(x + w, width) - left, h: Math.max(y + h, height) - top };
}

function imageOf({ device }: Around, all: readonly Floats[]): ImageBatch {
  return Image.cat(all.map(({ data, width, height, channels }) => device.image(data, [1, height, width, channels])));
}
