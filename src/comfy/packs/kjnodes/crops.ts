// KJNodes: cuts out the surroundings of a batch of masks in one size, and puts them back.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, type ImageBatch, MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { boolean, float, image, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import type { Box } from '../../sockets.js';
import { bytesOf, type Plane } from '../lib/each.js';
import { blurred, boxBlurred, resized } from '../lib/filters.js';
import { boundsOf } from '../lib/label.js';
import { halfEven } from '../lib/numbers.js';
import { filledPicture, gray, imageOf, mapped, type Picture, paste, picturesOf, rgb } from '../lib/pillow.js';
import { kj } from './common.js';

const part = (fallback: number) => float({ default: fallback, min: 0, max: 1, step: 0.01 });
const boxes = { type: 'BBOX' } as const;

interface Bounds {
  readonly left: number;
  readonly top: number;
  /** The last column and row inside. */
  readonly right: number;
  readonly bottom: number;
}

function boundsIn(plane: Plane<Uint8Array>): Bounds | undefined {
  const found = boundsOf(plane, (at) => plane.data[at] !== 0);
  return found && { left: found[0], top: found[1], right: found[2] - 1, bottom: found[3] - 1 };
}

const sideOf = (bounds: Bounds | undefined): number =>
  bounds ? Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top) : 0;

/** The rounded mean position of the pixels that are not 0. */
function middleOf({ data, width }: Plane<Uint8Array>): readonly [number, number] {
  let [x, y, count] = [0, 0, 0];
  for (let at = 0; at < data.length; at++) {
    if (!data[at]) continue;
    x += at % width;
    y += Math.floor(at / width);
    count++;
  }
  return [halfEven(x / count), halfEven(y / count)];
}

type Either = ImageBatch | MaskBatch;

/** Clips a box to the picture, scales its shorter side by torchvision's Resize, and cuts a square from the middle. */
function squared<B extends Either>(
  node: string,
  batch: B,
  [x, y, width, height]: Box,
  most: number,
  longest: number,
): B {
  const cut = batch.crop({ x, y, width, height }) as B;
  const wanted = Math.max(width, height);
  if (longest <= wanted) {
    throw refusal(
      node,
      'crop_size_mult',
      `so that what is cut is shorter than ${longest}, the picture's longer side`,
      wanted,
    );
  }
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  let [newShort, newLong] = [wanted, Math.trunc((wanted * long) / short)];
  if (newLong > longest) [newShort, newLong] = [Math.trunc((longest * newShort) / newLong), longest];
  const size = width <= height ? { width: newShort, height: newLong } : { width: newLong, height: newShort };
  const made = cut.as('float32').interpolate({ ...size, mode: 'nearest' }) as B;
  const own = { width: Math.min(most, size.width), height: Math.min(most, size.height) };
  const middle = (whole: number, side: number): number => halfEven((whole - side) / 2);
  return made.crop({ x: middle(size.width, own.width), y: middle(size.height, own.height), ...own }) as B;
}

export const nodes = {
  BatchCropFromMaskAdvanced: node({
    ...kj,
    title: 'Batch Crop From Mask Advanced',
    about:
      'Around the middle of each mask a square, as large for all as the largest mask, times crop_size_mult and in steps of 16; the masks cut so; and both cut ' +
      'around all masks together. The middles follow one another by bbox_smooth_alpha.',
    quirk: 'Parts of different sizes are refused, and so is a square that reaches the longer side; the original fails.',
    inputs: {
      original_images: image,
      masks: mask,
      crop_size_mult: float({ default: 1, min: 0, max: 10, step: 0.01 }),
      bbox_smooth_alpha: part(0.5),
    },
    outputs: [
      ['IMAGE', 'original_images'],
      ['IMAGE', 'cropped_images'],
      ['MASK', 'cropped_masks'],
      ['IMAGE', 'combined_crop_image'],
      ['MASK', 'combined_crop_masks'],
      ['BBOX', 'bboxes'],
      ['BBOX', 'combined_bounding_box'],
      ['INT', 'bbox_width'],
      ['INT', 'bbox_height'],
    ],
    async run({ original_images, masks, crop_size_mult: times, bbox_smooth_alpha: alpha }, call) {
      const [count, height, width] = original_images.shape;
      const planes = await bytesOf(masks.as('uint8'), call);
      const all: Plane<Uint8Array> = {
        ...planes[0],
        data: planes[0].data.map((_, at) => Math.max(...planes.map(({ data }) => data[at]))),
      };
      const whole = boundsIn(all) ?? { left: 0, top: 0, right: 0, bottom: 0 };
      const half = Math.floor(sideOf(whole) / 2);
      const [centerX, centerY] = [(whole.left + whole.right) / 2, (whole.top + whole.bottom) / 2];
      const [left, top] = [Math.max(halfEven(centerX - half), 0), Math.max(halfEven(centerY - half), 0)];
      const together: Box = [
        left,
        top,
        Math.min(halfEven(centerX + half), width) - left,
        Math.min(halfEven(centerY + half), height) - top,
      ];
      const largest = Math.max(...planes.map((plane) => sideOf(boundsIn(plane))));
      const asked = halfEven(halfEven(alpha * largest + (1 - alpha) * 0) * times);
      const wanted = Math.ceil(asked / 16) * 16;
      const most = wanted > height || wanted > width ? Math.floor(Math.min(height, width) / 2) * 2 : wanted;
      const made: { images: ImageBatch[]; masks: MaskBatch[]; wideImages: ImageBatch[]; wideMasks: MaskBatch[] } = {
        ...{ images: [], masks: [], wideImages: [], wideMasks: [] },
      };
      const found: Box[] = [];
      let before: readonly [number, number] | undefined;
      for (let i = 0; i < Math.min(planes.length, count); i++) {
        const [picture, own] = [original_images.at(i), masks.at(i).as('float32')];
        if (!boundsIn(planes[i])) {
          found.push([0, 0, width, height]);
          made.images.push(picture);
          made.wideImages.push(picture);
          made.masks.push(own);
          made.wideMasks.push(own);
          continue;
        }
        const here = middleOf(planes[i]);
        const last = before ?? here;
        const middle: readonly [number, number] =
          i > 0
            ? [halfEven(alpha * here[0] + (1 - alpha) * last[0]), halfEven(alpha * here[1] + (1 - alpha) * last[1])]
            : here;
        before = middle;
        const [x, y] = [Math.max(middle[0] - Math.floor(most / 2), 0), Math.max(middle[1] - Math.floor(most / 2), 0)];
        const right = Math.min(width, middle[0] + Math.floor(most / 2));
        const bottom = Math.min(height, middle[1] + Math.floor(most / 2));
        const box: Box = [x, y, right - x, bottom - y];
        if (box[2] < 1 || box[3] < 1) throw refusal(call.node, 'crop_size_mult', 'so that something is cut', times);
        found.push(box);
        const longest = Math.max(width, height);
        made.images.push(squared(call.node, picture, box, most, longest));
        made.masks.push(squared(call.node, own, box, most, longest));
        if (together[2] < 1 || together[3] < 1) {
          throw refusal(call.node, 'masks', 'with more than a pixel of light', 'one pixel');
        }
        const [wx, wy, ww, wh] = together;
        made.wideImages.push(picture.crop({ x: wx, y: wy, width: ww, height: wh }));
        made.wideMasks.push(own.crop({ x: wx, y: wy, width: ww, height: wh }));
      }
      return [
        original_images,
        Image.cat(made.images),
        Mask.cat(made.masks),
        Image.cat(made.wideImages),
        Mask.cat(made.wideMasks),
        found,
        [together],
        most,
        most,
      ];
    },
  }),

  BatchUncropAdvanced: node({
    ...kj,
    title: 'Batch Uncrop Advanced',
    about:
      "Scales each picture to its box and pastes it on the original through a mask: a square with a fading border, or the picture's own mask, " +
      'blurred.',
    quirk:
      'Too few boxes, or other numbers of pictures, are refused, as in the original. What reaches beyond the picture is refused.',
    inputs: {
      original_images: image,
      cropped_images: image,
      cropped_masks: mask,
      combined_crop_mask: mask,
      bboxes: boxes,
      border_blending: part(0.25),
      crop_rescale: float({ default: 1, min: 0, max: 10, step: 0.01 }),
      use_combined_mask: boolean(false),
      use_square_mask: boolean(true),
      combined_bounding_box: optional(boxes),
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run(given, call) {
      const { bboxes, border_blending, crop_rescale, use_combined_mask, use_square_mask, combined_bounding_box } =
        given;
      const pictures = await picturesOf(call.node, 'original_images', given.original_images, call);
      const crops = await picturesOf(call.node, 'cropped_images', given.cropped_images, call);
      if (pictures.length !== crops.length) {
        throw refusal(
          call.node,
          'cropped_images',
          `${pictures.length} pictures, as many as originals`,
          crops.length,
          'bad-shape',
        );
      }
      if (bboxes.length < pictures.length) {
        throw refusal(call.node, 'bboxes', `${pictures.length} boxes at least`, bboxes.length);
      }
      const input = use_combined_mask ? 'combined_crop_mask' : 'cropped_masks';
      const masks = await bytesOf(given[input].as('uint8'), call);
      const made: Picture[] = [];
      for (const [i, picture] of pictures.entries()) {
        const [x, y, w, h] = use_combined_mask ? (combined_bounding_box?.[0] ?? missing(call.node)) : bboxes[i];
        const scale = (v: number): number => halfEven(v * crop_rescale);
        const [left, top] = [scale(x), scale(y)];
        const right = scale(x + Math.min(picture.width - x, w));
        const bottom = scale(y + Math.min(picture.height - y, h));
        const [width, height] = [right - left, bottom - top];
        const over = await resized(call.node, rgb(crops[i]), width, height, call);
        const ratio = (Math.max(width, height) / 2) * border_blending;
        const through = filledPicture(picture.width, picture.height, [0]);
        if (use_square_mask) paste(through, framed(width, height, halfEven(ratio / 2)), left, top);
        else {
          const own = masks[i];
          if (!own)
            throw refusal(call.node, input, `${pictures.length} masks, as many as pictures`, masks.length, 'bad-shape');
          paste(through, await resized(call.node, gray(own), width, height, call), left, top);
        }
        const soft = await blurred(await boxBlurred(through, ratio / 4, call), ratio / 4, call);
        const laid = rgb(picture);
        paste(laid, over, left, top);
        made.push(composed(rgb(picture), laid, soft));
      }
      return [imageOf(call, made)];
    },
  }),
};

function missing(node: string): never {
  throw refusal(node, 'combined_bounding_box', 'BBOX (use_combined_mask takes it)', undefined, 'missing');
}

/** White with a black border of this width, as Pillow draws it. */
function framed(width: number, height: number, border: number): Picture {
  const made = filledPicture(width, height, [255]);
  return mapped(made, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return Math.min(x, y, width - 1 - x, height - 1 - y) < border ? 0 : 255;
  });
}

/** Image.alpha_composite of a picture with alpha over an opaque one, in Pillow's integers. */
function composed(under: Picture, over: Picture, alpha: Picture): Picture {
  return mapped(under, (v, at) => {
    const share = alpha.data[Math.floor(at / 3)];
    if (share === 0) return v;
    const whole = share * 255 + 255 * (255 - share);
    const coefficient = Math.floor((share * 255 * 255 * 128) / whole);
    const sum = over.data[at] * coefficient + v * (255 * 128 - coefficient) + (0x80 << 7);
    return (((sum >> 8) + sum) >> 8) >> 7;
  });
}
