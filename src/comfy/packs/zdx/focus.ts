// zdx: nodes that crop a picture to its mask, scale it, and put it back, by running LayerStyle's nodes in sequence.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { anything, boolean, combo, float, image, int, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import type { Box } from '../../sockets.js';
import type { Named } from '../lib/each.js';
import { boxOf, padded, zdx } from './common.js';

const keep = float({ default: 0.2, min: 0, max: 3, step: 0.05 });
const grow = int({ default: 0, min: -2048, max: 2048 });
const blur = float({ default: 0, min: 0, max: 100, step: 0.1 });
const picture = { ...zdx, category: 'zdx/image' };

/** What was cropped, and how much was added around it. */
interface Info {
  readonly crop_box?: Box;
  readonly pad?: readonly number[];
  readonly original_size?: unknown;
}

interface Keep {
  readonly up_keep: number;
  readonly down_keep: number;
  readonly left_keep: number;
  readonly right_keep: number;
}

/** Inputs of KJNodes' GrowMaskWithBlur that keep their defaults. */
const plain = { incremental_expandrate: 0, tapered_corners: true, flip_input: false, lerp_alpha: 1, decay_factor: 1 };

async function grown(mask: MaskBatch, expand: number, blur_radius: number, fill_holes: boolean, call: Around) {
  const { nodes } = await import('../kjnodes/index.js');
  const [made] = await nodes.GrowMaskWithBlur.run({ mask, expand, blur_radius, fill_holes, ...plain }, call);
  return made as MaskBatch;
}

type Around = Parameters<Awaited<typeof import('../kjnodes/index.js')>['nodes']['GrowMaskWithBlur']['run']>[1];

/**
 * How many pixels to keep around the box on each side: a share of its height, optionally square and within the
 * picture.
 */
function borders([left, top, right, bottom]: Box, given: Keep, square: boolean, columns: number, rows: number) {
  const [width, height] = [right - left, bottom - top];
  let [up, down, before, after] = [given.up_keep, given.down_keep, given.left_keep, given.right_keep].map((part) =>
    Math.trunc(height * part),
  );
  if (!square) return { up, down, before, after };
  const [wide, high] = [width + before + after, height + up + down];
  const more = Math.abs(wide - high);
  if (wide > high) [up, down] = [up + Math.floor(more / 2) + (more % 2), down + more - Math.floor(more / 2)];
  else [before, after] = [before + Math.floor(more / 2) + (more % 2), after + more - Math.floor(more / 2)];
  const shifted = (low: number, high: number, from: number, to: number, length: number): [number, number] => {
    const under = Math.max(low - from, 0);
    const [first, second] = [low - under, high + under];
    const over = Math.max(to + second - length, 0);
    return [first + over, second - over];
  };
  [before, after] = shifted(before, after, left, right, columns);
  [up, down] = shifted(up, down, top, bottom, rows);
  return { up, down, before, after };
}

/** What is missing to a square on each side. */
function missing(width: number, height: number, wide: number, high: number): readonly number[] {
  const side = Math.max(wide, width, high, height);
  const [across, down] = [side - width, side - height];
  const [x, y] = [Math.floor(across / 2), Math.floor(down / 2)];
  return [x + (across % 2), y + (down % 2), x, y];
}

interface Cut {
  readonly image: ImageBatch;
  readonly mask: MaskBatch;
  readonly info: Info;
}

async function focused(image: ImageBatch, all: MaskBatch, square: boolean, given: Keep, call: Named): Promise<Cut> {
  const box = await boxOf(all, call);
  if (!box) return { image, mask: all, info: {} };
  const [, rows, columns] = image.shape;
  const { up, down, before, after } = borders(box, given, square, columns, rows);
  const { nodes } = await import('../layerstyle/places.js');
  const [cut, own, crop_box] = await nodes['LayerUtility: CropByMask V2'].run(
    {
      ...{ image, mask: all, invert_mask: false, detect: 'mask_area', crop_box: undefined, round_to_multiple: '8' },
      ...{ top_reserve: up, bottom_reserve: down, left_reserve: before, right_reserve: after },
    },
    call as never,
  );
  const [made, through] = [cut as ImageBatch, own as MaskBatch];
  const info = { crop_box: crop_box as Box, pad: [0, 0, 0, 0] as readonly number[] };
  if (!square) return { image: made, mask: through, info };
  const [, height, width] = made.shape;
  const sides = [box[2] - box[0] + before + after, box[3] - box[1] + up + down] as const;
  const pad = missing(width, height, ...sides);
  const [wide, laid] = await padded(made, through, pad, call);
  return { image: wide, mask: laid, info: { ...info, pad } };
}

export const nodes = {
  FocusCropUltra: node({
    ...picture,
    title: 'FocusCropUltra',
    about:
      'The picture cut to the box of its mask, of both masks where there are two, with a border of parts of its height; square where asked, ' +
      'with gray where the picture ends. That in another size, and its mask grown and blurred.',
    quirk: 'Without a mask the picture comes as it is, and nothing else. info is for FocusCropRestoreUltra alone.',
    inputs: {
      ...{ image, up_keep: keep, down_keep: keep, right_keep: keep, left_keep: keep },
      crop_ratio: combo(['original', '1:1']),
      aspect_ratio: combo(['original', 'custom', '1:1', '3:2', '4:3', '16:9', '2:3', '3:4', '9:16']),
      fit: combo(['fill', 'letterbox', 'crop']),
      method: combo(['lanczos', 'bicubic', 'hamming', 'bilinear', 'box', 'nearest']),
      round_to_multiple: combo(['8', '16', '32', '64', '128', '256', '512', 'None']),
      scale_to_side: combo(['None', 'longest', 'shortest', 'width', 'height', 'total_pixel(kilo pixel)'], 'longest'),
      scale_to_length: int({ default: 1024, min: 4, max: 1e8 }),
      background_color: string('#000000'),
      ...{ expand: grow, blur_radius: blur, all_mask: optional(mask), mask: optional(mask) },
    },
    outputs: [
      ['IMAGE', 'croped_image'],
      ['MASK', 'croped_mask'],
      ['BOX', 'crop_box'],
      ['IMAGE', 'scale_image'],
      ['MASK', 'scale_mask'],
      ['BOX', 'original_size'],
      ['*', 'info'],
    ],
    async run({ image, mask, all_mask, crop_ratio, expand, blur_radius, ...given }, call) {
      if (!mask) return [image, undefined, undefined, undefined, undefined, undefined, {}];
      const all = all_mask ? mask.as('float32').add(all_mask.as('float32')) : mask;
      const cut = await focused(image, all, crop_ratio === '1:1', given, call);
      const { nodes } = await import('../layerstyle/places.js');
      const [scaled, own, original_size] = await nodes['LayerUtility: ImageScaleByAspectRatio V2'].run(
        { ...given, proportional_width: 1, proportional_height: 1, image: cut.image, mask: cut.mask },
        call,
      );
      const soft = own && (await grown(own as MaskBatch, expand, blur_radius, false, call));
      return [cut.image, cut.mask, cut.info.crop_box, scaled, soft, original_size, { ...cut.info, original_size }];
    },
  }),

  FocusCropRestoreUltra: node({
    ...picture,
    title: 'FocusCropRestoreUltra',
    about:
      'What FocusCropUltra gave, changed meanwhile, in its size again and back in its place of the picture, through its mask grown and blurred.',
    quirk:
      'info that FocusCropUltra did not give is refused. fill_holes gives 1; the bytes of the original go round when it blurs.',
    inputs: {
      info: { ...anything, as: 'INFO' },
      ...{ background_image: image, croped_image: image, invert_mask: boolean(false) },
      ...{ expand: grow, blur_radius: blur, fill_holes: boolean(false), croped_mask: optional(mask) },
    },
    outputs: [
      ['IMAGE', 'image'],
      ['MASK', 'mask'],
    ],
    async run({ info, background_image, croped_image, croped_mask, invert_mask, ...given }, call) {
      const { crop_box, pad = [0, 0, 0, 0], original_size } = infoOf(call.node, info);
      if (original_size === undefined) return [croped_image, croped_mask];
      const { nodes: restored } = await import('../layerstyle/restored.js');
      const sized = await restored['LayerUtility: ImageScaleRestore V2'].run(
        {
          ...{ scale: 1, method: 'lanczos', scale_by: 'by_scale', scale_by_length: 1024 },
          ...{ image: croped_image, mask: croped_mask, original_size },
        },
        call,
      );
      const [whole, through] = [sized[0] as ImageBatch, sized[1] as MaskBatch];
      if (!crop_box) return [whole, through];
      const [left, top, right, bottom] = pad;
      const [, height, width] = whole.shape;
      const part = { x: left, y: top, width: width - left - right, height: height - top - bottom };
      const own = croped_mask ? through.crop(part) : through;
      const soft = await grown(own, given.expand, given.blur_radius, given.fill_holes, call);
      const { nodes } = await import('../layerstyle/places.js');
      return nodes['LayerUtility: RestoreCropBox'].run(
        { background_image, croped_image: whole.crop(part), croped_mask: soft, invert_mask, crop_box },
        call as never,
      );
    },
  }),
};

function infoOf(node: string, info: unknown): Info {
  const found = Object(info) as Info;
  const isOwn = Object.keys(found).every((key) => ['crop_box', 'pad', 'original_size'].includes(key));
  if (typeof info !== 'object' || !isOwn) throw refusal(node, 'info', 'what FocusCropUltra gives', info);
  return found;
}
