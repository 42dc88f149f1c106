// Nodes of several packs that cut the masked part out of a picture and report where it was.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, type ImageBatch, MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { boolean, float, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, bytesOf, checkOne, floatsOf, type Named, type Plane } from '../lib/each.js';
import { squaredDistances } from '../lib/edt.js';
import { boundsOf } from '../lib/label.js';
import { cropped, gray, imageOf, picturesOf } from '../lib/pillow.js';
import { upscaled } from '../lib/upscale.js';

const edge = int({ default: 0, min: 0, max: Number.MAX_SAFE_INTEGER });
const cutting = int({ default: 512, min: 64, max: 2048 });

/** The bounding box of the pixels that satisfy `isIn`. Refuses a mask without any. */
function bounds(call: Named, plane: Plane, isIn: (at: number) => boolean) {
  const found = boundsOf(plane, isIn);
  if (!found) throw refusal(call.node, 'mask', 'a mask that is not empty', 'an empty mask');
  return found;
}

/** The same rectangle of both, each clipped to its own edges. */
const cutBoth = (image: ImageBatch, mask: MaskBatch, x: number, y: number, width: number, height: number) =>
  [image.crop({ x, y, width, height }), mask.crop({ x, y, width, height })] as const;

export const nodes = {
  CropByMask: node({
    title: 'Crop By Mask',
    category: 'InpaintEasy',
    module: 'custom_nodes.ComfyUI-InpaintEasy',
    about:
      'A square around what is not 0, with padding on every side, its side a multiple of 8; as wide or high as the mask where that is less. ' +
      'Of the picture and the mask; its place and size.',
    quirk: 'An empty mask is refused, as in the original; a batch of masks too, for which the original fails.',
    inputs: { image, mask, padding: int({ default: 64, min: 0, max: 512, step: 8 }) },
    outputs: [
      ['IMAGE', 'image'],
      ['MASK', 'mask'],
      ['INT', 'crop_x'],
      ['INT', 'crop_y'],
      ['INT', 'original_width'],
      ['INT', 'original_height'],
    ],
    async run({ image, mask, padding }, call) {
      checkOne(call.node, 'mask', mask);
      const [plane] = await floatsOf(mask, call);
      const [left, top, right, bottom] = bounds(call, plane, (at) => plane.data[at] !== 0);
      const side = Math.ceil((Math.max(right - left, bottom - top) + 2 * padding) / 8) * 8;
      const place = (from: number, to: number, whole: number): readonly [number, number] => {
        const size = Math.min(side, whole);
        const start = Math.floor((from + to - 1) / 2) - Math.floor(size / 2);
        return [Math.max(0, Math.min(start, whole - size)), size];
      };
      const [[x, width], [y, height]] = [place(left, right, plane.width), place(top, bottom, plane.height)];
      return [...cutBoth(image, mask, x, y, width, height), x, y, width, height];
    },
  }),

  CutForInpaint: node({
    title: 'Cut For Inpaint',
    category: 'inpaint',
    module: 'custom_nodes.ComfyUI-BrushNet',
    about:
      'A rectangle of this size around what is exactly 1 in each mask, or in the middle, moved into the picture; and the left and upper edge of each. ' +
      'One mask is used for all pictures; where others are missing they are empty.',
    quirk: 'A larger marked area is refused, as in the original.',
    inputs: { image, mask, width: cutting, height: cutting },
    outputs: [
      ['IMAGE', 'image'],
      ['MASK', 'mask'],
      ['*', 'origin'],
    ],
    async run({ image, mask, width, height }, call) {
      const planes = await floatsOf(mask, call);
      const [batch] = image.shape;
      const blank = { ...planes[0], data: new Float32Array(planes[0].data.length) };
      const made = Array.from({ length: batch }, (_, b) => {
        const plane = planes[planes.length === 1 ? 0 : b] ?? blank;
        const found = boundsOf(plane, (at) => plane.data[at] === 1);
        const [x, w] = along(found?.[0], found?.[2], plane.width, width);
        const [y, h] = along(found?.[1], found?.[3], plane.height, height);
        return { place: [x, y], parts: cutBoth(image.at(b), batchOf(call, [plane]), x, y, w, h) };
      });
      return [
        Image.cat(made.map(({ parts }) => parts[0])),
        Mask.cat(made.map(({ parts }) => parts[1])),
        made.map(({ place }) => place),
      ];

      function along(from: number | undefined, to: number | undefined, whole: number, wanted: number) {
        if (from !== undefined && to !== undefined && to - 1 - from > wanted) {
          throw refusal(call.node, 'mask', `no larger than ${width} x ${height} where it is 1`, to - from);
        }
        if (whole <= wanted) return [0, whole] as const;
        const middle = from === undefined || to === undefined ? whole / 2 : (from + to - 1) / 2;
        return [Math.trunc(Math.min(Math.max(0, middle - wanted / 2), whole - wanted)), wanted] as const;
      }
    },
  }),

  ER_TX_ZZCJ: node({
    title: '2🐕Cropping image mask areas',
    category: '2🐕/🔍Refinement processing',
    module: 'custom_nodes.Comfyui-ergouzi-Nodes',
    about:
      'What is not 0 in the bytes of the mask, with so much more on each side, of the picture and the mask; and its upper, lower, left and right edge. ' +
      'Of an empty mask the picture as it is, and no mask.',
    quirk:
      'Its last column and row are left out unless there is more on that side, as in the original. A batch, and what would leave no pixel, is refused; the original fails.',
    inputs: {
      original_image: image,
      original_mask: mask,
      ...{ Up: optional(edge), Down: optional(edge), Left: optional(edge), Right: optional(edge) },
    },
    outputs: [
      ['IMAGE', 'cropped_image'],
      ['MASK', 'cropped_mask'],
      ['*', 'Crop_data'],
    ],
    async run({ original_image, original_mask, Up, Down, Left, Right }, call) {
      checkOne(call.node, 'original_image', original_image);
      checkOne(call.node, 'original_mask', original_mask);
      const [picture] = await picturesOf(call.node, 'original_image', original_image, call);
      const [plane] = await bytesOf(original_mask.as('uint8'), call);
      const found = boundsOf(plane, (at) => plane.data[at] > 0);
      if (!found) return [original_image, undefined, original_image];
      const [left, top] = [Math.max(found[0] - Left, 0), Math.max(found[1] - Up, 0)];
      const right = Math.min(found[2] - 1 + Right, picture.width);
      const bottom = Math.min(found[3] - 1 + Down, picture.height);
      if (right <= left || bottom <= top) {
        throw refusal(call.node, 'original_mask', 'so that a pixel is left', `${right - left} x ${bottom - top}`);
      }
      const [own, cut] = [picture, gray(plane)].map((one) => cropped(one, [left, top, right, bottom]));
      return [imageOf(call, [own]), batchOf(call, [cut]).as('float32'), [top, bottom, left, right]];
    },
  }),

  'Mask Bounding Box Aspect Ratio': node({
    title: 'Mask Bounding Box Aspect Ratio',
    category: 'essentials/mask',
    module: 'custom_nodes.RES4LYF',
    about:
      'The box of what is above 0 in the first mask, with padding, made wider or else higher to the ratio, of the picture, the mask, and the mask ' +
      'falling off outside of it over so many pixels; its place and size. A picture of another size is made as large, bicubic, cut in the middle.',
    quirk: 'An empty mask is refused; the original fails.',
    inputs: {
      padding: int({ default: 0, min: 0, max: 4096 }),
      blur: int({ default: 0, min: 0, max: 256 }),
      aspect_ratio: float({ default: 1, min: 0.01, max: 10, step: 0.01 }),
      transpose: boolean(false),
      image: optional(image),
      mask,
    },
    outputs: [
      ['IMAGE', 'image'],
      ['MASK', 'mask'],
      ['MASK', 'mask_blurred'],
      ['INT', 'x'],
      ['INT', 'y'],
      ['INT', 'width'],
      ['INT', 'height'],
    ],
    async run({ padding, blur, aspect_ratio, transpose, image, mask }, call) {
      const [, height, width] = mask.shape;
      const [first] = await floatsOf(mask.at(0), call);
      const found = bounds(call, first, (at) => first.data[at] > 0);
      const across = new Side(found[0] - padding, found[2] + padding, width);
      const down = new Side(found[1] - padding, found[3] + padding, height);
      const wide = Math.ceil(down.size * aspect_ratio);
      const high = Math.floor(across.size / aspect_ratio);
      const [wider, higher] = [wide > across.size, high > down.size];
      if (wider && !(transpose && higher)) across.widen(wide);
      else if (higher) down.widen(high);
      const own = image ?? mask.as('float32').toGray();
      const fits = own.shape[1] === height && own.shape[2] === width;
      const full = fits ? own : await upscaled(own, { width, height }, 'bicubic', call, 'center');
      const part = { x: across.from, y: down.from, width: across.size, height: down.size };
      const soft = blur > 0 ? batchOf(call, [fallingOff(first, blur)]) : mask;
      return [full.crop(part), mask.crop(part), soft.crop(part), part.x, part.y, part.width, part.height];
    },
  }),
};

/** One axis of a box within a picture. */
class Side {
  from: number;
  to: number;

  constructor(
    from: number,
    to: number,
    readonly whole: number,
  ) {
    this.from = Math.max(0, from);
    this.to = Math.min(whole, to);
  }

  get size(): number {
    return this.to - this.from;
  }

  /** Widens on both sides, or away from an edge of the picture. */
  widen(wanted: number): void {
    const size = Math.min(this.whole, wanted);
    if (this.to === this.whole) this.from = this.whole - size;
    else if (this.from !== 0) {
      const start = Math.max(0, this.from - Math.floor((size - this.size) / 2));
      this.from = Math.min(start, this.whole - size);
    }
    this.to = this.from + size;
  }
}

/** 1 inside the mask, falling to 0 over this many pixels. */
function fallingOff(plane: Plane<Float32Array>, over: number): Plane<Float32Array> {
  const squares = squaredDistances(plane, (at) => plane.data[at] !== 0);
  return {
    ...plane,
    data: Float32Array.from(squares, (d) => (d ? Math.min(Math.max(1 - Math.sqrt(d) / over, 0), 1) : 1)),
  };
}
