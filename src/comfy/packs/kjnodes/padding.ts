// KJNodes: cuts pictures to their masks in one size, and adds borders to pictures.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, type ImageBatch, MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { combo, image, int, MAX, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import type { Box } from '../../sockets.js';
import { floatsOf, type Plane } from '../lib/each.js';
import { boundsOf } from '../lib/label.js';
import { halfEven } from '../lib/numbers.js';
import {
  empty,
  type Floats,
  floatsOfImage,
  floatsOfMask,
  imageOfFloats,
  maskOfFloats,
  moved,
} from '../lib/pictures.js';
import { upscaled } from '../lib/upscale.js';
import { kj } from './common.js';

const f = Math.fround;
const side = int({ default: 0, min: 0, max: MAX });
/** 0 if it is not linked. */
const target = optional({ ...int({ default: 0, min: 0, max: MAX }), forceInput: true } as const);
const sixteens = (length: number): number => Math.floor((length + 15) / 16) * 16;

/** The box where the mask is 1, with padding, within the given sizes: left, top, width and height. */
function area(plane: Plane, padding: number, least: number, most: number): Box {
  const { width, height } = plane;
  const bounds = boundsOf(plane, (at) => halfEven(plane.data[at]) === 1);
  const bound = (length: number): number => {
    const large = least ? Math.max(length, least) : length;
    return most ? Math.min(large, most) : large;
  };
  const [left, top, right, bottom] = bounds ?? [0, 0, 0, 0];
  const [w, h] = [bound(right - left), bound(bottom - top)];
  const [x, y] = bounds ? [(left + right - 1) / 2, (top + bottom - 1) / 2] : [width / 2, height / 2];
  const wide = Math.min(w + 2 * Math.min(Math.floor((width - w) / 2), padding), width);
  const high = Math.min(h + 2 * Math.min(Math.floor((height - h) / 2), padding), height);
  return [placed(x, wide, width), placed(y, high, height), wide, high];
}

/** The start of a line of this length around a middle, moved inside the whole. */
const placed = (middle: number, length: number, whole: number): number =>
  Math.max(0, Math.min(Math.trunc(middle - length / 2), whole - length));

/** A colour as bytes: comma-separated numbers from 0 to 1 or to 255, #rrggbb, or one number for gray. */
function colorOf(node: string, text: string): number[] {
  const bytes = (all: readonly number[]): number[] => {
    const parts = all.every((v) => v >= 0 && v <= 1) ? all.map((v) => v * 255) : all;
    return parts.map((v) => Math.min(Math.max(Math.trunc(v), 0), 255));
  };
  const number = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
  const parts = text.split(',');
  const all = parts.every((one) => number.test(one)) ? bytes(parts.map(Number)) : undefined;
  if (parts.length > 1) return all ?? [0, 0, 0];
  if (all) return [all[0], all[0], all[0]];
  const digits = /^#*([0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text)?.[1];
  if (digits) return (digits.match(/../g) ?? []).map((one) => Number.parseInt(one, 16));
  throw refusal(node, 'color', 'numbers with commas between them, or #rrggbb', text);
}

/** The mean of a line of pixels, by channel. */
function meanOf(count: number, channels: number, at: (i: number, c: number) => number): number[] {
  return Array.from({ length: channels }, (_, c) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += at(i, c);
    return f(sum / count);
  });
}

interface Margin {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** On a larger canvas, extended by the pixels of its edge. */
const edged = (own: Floats, { left, top, width, height }: Margin): Floats => {
  const [, rows, columns] = own.shape;
  const within = (at: number, length: number): number => Math.min(Math.max(at, 0), length - 1);
  return moved(own, { width, height }, (x, y) => [within(x - left, columns), within(y - top, rows)]);
};

/** On a larger canvas of one colour or, without a colour, of the mean of the nearest edge. */
function bordered({ data, shape }: Floats, { left, top, width, height }: Margin, ink?: readonly number[]): Floats {
  const [batch, rows, columns, channels] = shape;
  const made = empty([batch, height, width, channels]);
  for (let b = 0; b < batch; b++) {
    const from = (x: number, y: number, c: number): number => data[((b * rows + y) * columns + x) * channels + c];
    const lines = [0, rows - 1].map((y) => meanOf(columns, channels, (x, c) => from(x, y, c)));
    const sides = [0, columns - 1].map((x) => meanOf(rows, channels, (y, c) => from(x, y, c)));
    for (let y = 0, to = b * height * width * channels; y < height; y++) {
      for (let x = 0; x < width; x++, to += channels) {
        const [u, v] = [x - left, y - top];
        const inside = u >= 0 && v >= 0 && u < columns && v < rows;
        const edge = u < 0 ? sides[0] : u >= columns ? sides[1] : lines[v < 0 ? 0 : 1];
        for (let c = 0; c < channels; c++) made.data[to + c] = inside ? from(u, v, c) : (ink ?? edge)[c];
      }
    }
  }
  return made;
}

export const nodes = {
  ImageCropByMaskAndResize: node({
    ...kj,
    category: 'KJNodes/image',
    title: 'Image Crop By Mask And Resize',
    about:
      'Each picture and its mask cut to where the mask rounds to 1, with a border, all of one size in sixteens; then resized so that the longer ' +
      "side is base_resolution: the picture by Pillow's Lanczos, the mask bilinear.",
    quirk: 'Fewer masks than pictures are refused; the original fails.',
    inputs: {
      ...{ image, mask, base_resolution: int({ default: 512, min: 0, max: MAX, step: 8 }), padding: side },
      min_crop_resolution: int({ default: 128, min: 0, max: MAX, step: 8 }),
      max_crop_resolution: int({ default: 512, min: 0, max: MAX, step: 8 }),
    },
    outputs: [
      ['IMAGE', 'images'],
      ['MASK', 'masks'],
      ['BBOX', 'bbox'],
    ],
    async run({ image, mask, base_resolution, padding, min_crop_resolution, max_crop_resolution }, call) {
      const [batch, rows, columns] = image.shape;
      if (mask.shape[0] < batch)
        throw refusal(call.node, 'mask', `${batch} masks at least`, mask.shape[0], 'bad-shape');
      const planes = (await floatsOf(mask.as('float32'), call)).slice(0, batch);
      const all = planes.map((one) => area(one, padding, min_crop_resolution, max_crop_resolution));
      const [wide, high] = [2, 3].map((i) => sixteens(Math.max(...all.map((one) => one[i]))));
      const ratio = Math.max(...all.map(([, , w, h]) => w / h));
      const size = {
        width: sixteens(ratio > 1 ? base_resolution : Math.trunc(base_resolution * ratio)),
        height: sixteens(ratio > 1 ? Math.trunc(base_resolution / ratio) : base_resolution),
      };
      if (!size.width || !size.height) throw refusal(call.node, 'base_resolution', 'above 0', base_resolution);
      const [pictures, masks, boxes]: [ImageBatch[], MaskBatch[], Box[]] = [[], [], []];
      for (const [i, [x, y, w, h]] of all.entries()) {
        const [left, top] = [placed(x + w / 2, wide, columns), placed(y + h / 2, high, rows)];
        const cut = { x: left, y: top, width: Math.min(wide, columns - left), height: Math.min(high, rows - top) };
        const { data, width, height } = planes[i];
        const own = call.device.mask(data.map(halfEven), [1, height, width]).crop(cut);
        pictures.push(await upscaled(image.at(i).crop(cut), size, 'lanczos', call));
        masks.push(await upscaled(own, size, 'bilinear', call));
        boxes.push([left, top, left + wide, top + high]);
      }
      return [Image.cat(pictures), Mask.cat(masks), boxes];
    },
  }),

  ImagePadKJ: node({
    ...kj,
    category: 'KJNodes/image',
    title: 'ImagePad KJ',
    about:
      'Adds borders of these widths, or up to a size with the picture in the middle: of a colour, of the mean of the edge, or of its pixels. ' +
      'The mask repeats its edge; without a mask, 1 in the borders.',
    quirk: 'pillarbox_blur, a colour by its name, and a size smaller than the picture are refused.',
    inputs: {
      ...{ image, left: side, right: side, top: side, bottom: side, extra_padding: side },
      pad_mode: combo(['edge', 'edge_pixel', 'color', 'pillarbox_blur']),
      ...{ color: string('0, 0, 0'), mask: optional(mask), target_width: target, target_height: target },
    },
    outputs: [
      ['IMAGE', 'images'],
      ['MASK', 'masks'],
    ],
    async run({ image, mask, pad_mode, color, extra_padding: extra, target_width, target_height, ...given }, call) {
      if (pad_mode === 'pillarbox_blur') throw refusal(call.node, 'pad_mode', 'edge, edge_pixel or color', pad_mode);
      const [, height, width, channels] = image.shape;
      const fitted = mask && (await upscaled(mask, { width, height }, 'nearest-exact', call));
      const isAimed = target_width > 0 && target_height > 0;
      const inner = { width: width - extra, height: height - extra };
      if (isAimed && (inner.width < 1 || inner.height < 1)) {
        throw refusal(call.node, 'extra_padding', `below ${Math.min(width, height)}, the shorter side`, extra);
      }
      const own = isAimed && extra ? await upscaled(image, inner, 'lanczos', call) : image;
      const [, rows, columns] = own.shape;
      const margin = isAimed
        ? { ...middle(columns, rows, target_width, target_height), width: target_width, height: target_height }
        : {
            ...{ left: given.left + extra, top: given.top + extra },
            ...{
              width: width + given.left + given.right + 2 * extra,
              height: height + given.top + given.bottom + 2 * extra,
            },
          };
      if (margin.left < 0 || margin.top < 0) {
        const size = `${target_width} x ${target_height}`;
        throw refusal(call.node, 'target_width', `at least the picture (${columns} x ${rows})`, size);
      }
      const ink = colorOf(call.node, color).map((v) => f(v / 255));
      if (pad_mode === 'color' && ink.length !== channels) {
        throw refusal(call.node, 'color', `of ${channels} numbers, like the picture`, color);
      }
      const floats = await floatsOfImage(own, call);
      const border = pad_mode === 'color' ? ink : undefined;
      const wide = pad_mode === 'edge_pixel' ? edged(floats, margin) : bordered(floats, margin, border);
      const made = imageOfFloats(call.device, wide);
      if (fitted) {
        const through = edged(await floatsOfMask(fitted, call), { ...margin, ...rest(fitted, own, margin) });
        return [made, maskOfFloats(call.device, through)];
      }
      const inside = { ...margin, right: margin.left + columns, bottom: margin.top + rows };
      const one = Float32Array.from({ length: margin.width * margin.height }, (_, i) => {
        const [x, y] = [i % margin.width, Math.floor(i / margin.width)];
        return x >= inside.left && x < inside.right && y >= inside.top && y < inside.bottom ? 0 : 1;
      });
      const masks = Array.from({ length: image.shape[0] }, () =>
        call.device.mask(one, [1, margin.height, margin.width]),
      );
      return [made, Mask.cat(masks)];
    },
  }),
};

/** The offsets that centre a picture on a canvas, rounded to the left and up. */
const middle = (columns: number, rows: number, width: number, height: number) => ({
  left: Math.floor((width - columns) / 2),
  top: Math.floor((height - rows) / 2),
});

/** The size of a mask's canvas: as much is added to the mask's own size as to the scaled picture's. */
function rest(mask: MaskBatch, picture: ImageBatch, { width, height }: Margin): { width: number; height: number } {
  return { width: width + mask.shape[2] - picture.shape[2], height: height + mask.shape[1] - picture.shape[1] };
}
