// masquerade: finds the region of a mask, cuts it out, and pastes it back.
import { refusal } from '../../../base/errors.js';
import { combo, image, int } from '../../inputs.js';
import { node } from '../../node.js';
import type { Around } from '../lib/each.js';
import { empty, type Floats, floatsOfImage, imageOfFloats } from '../lib/pictures.js';
import { interpolated } from '../lib/scale.js';
import { asImage, asMask, asRgb, asRgba, BIG, boundsOf, masquerade, slice, withBatch } from './channels.js';
import { pasted, sizeOf } from './paste.js';
import { regionsOf } from './region.js';

const big = (fallback: number, min = 0) => int({ default: fallback, min, max: BIG });
const mask_mapping_optional = { type: 'MASK_MAPPING', optional: true } as const;

/** Resized by nearest pixel. */
const fitted = async (mask: Floats, height: number, width: number, call: Around): Promise<Floats> =>
  mask.shape[1] === height && mask.shape[2] === width ? mask : interpolated(mask, { width, height }, 'nearest', call);

/** The pictures named by a mapping, in its order. */
function mapped(node: string, { data, shape }: Floats, mapping: readonly number[]): Floats {
  const [batch, height, width, channels] = shape;
  const size = height * width * channels;
  const made = empty([mapping.length, height, width, channels]);
  for (const [to, b] of mapping.entries()) {
    if (b >= batch) throw refusal(node, 'mask_mapping_optional', `below ${batch}, the number of pictures`, b);
    made.data.set(data.subarray(b * size, (b + 1) * size), to * size);
  }
  return made;
}

export const nodes = {
  'Mask To Region': node({
    ...masquerade,
    title: 'Mask To Region',
    about:
      'A rectangle of 1 around each mask, with a border, in the proportions and least sizes asked for, moved into the picture; nothing for an ' +
      'empty mask.',
    quirk: 'A rectangle without a finite size is refused; the original fails.',
    inputs: {
      mask: image,
      padding: big(0),
      constraints: combo(['keep_ratio', 'keep_ratio_divisible', 'multiple_of', 'ignore']),
      ...{ constraint_x: big(64, 2), constraint_y: big(64, 2), min_width: big(0), min_height: big(0) },
      batch_behavior: combo(['match_ratio', 'match_size']),
    },
    outputs: asImage,
    async run({ mask, ...options }, call) {
      const gray = asMask(await floatsOfImage(mask, call));
      const [batch, height, width] = gray.shape;
      const bounds = Array.from({ length: batch }, (_, b) => boundsOf(gray, b));
      const made = empty([batch, height, width, 1]);
      for (const [b, box] of regionsOf(call.node, bounds, width, height, options).entries()) {
        if (!box) continue;
        const [top, bottom] = slice(box.top, Math.trunc(box.bottom) + 1, height);
        const [left, right] = slice(box.left, Math.trunc(box.right) + 1, width);
        for (let y = top; y < bottom && left < right; y++) {
          made.data.fill(1, (b * height + y) * width + left, (b * height + y) * width + right);
        }
      }
      return [imageOfFloats(call.device, made)];
    },
  }),

  'Cut By Mask': node({
    ...masquerade,
    title: 'Cut By Mask',
    about:
      'Each picture times its mask as alpha, cut to where the mask is and resized, bicubic, to the largest of these or to the size asked for. ' +
      'A picture without alpha stays without it if the result is opaque.',
    quirk: 'More masks than pictures, or a number that does not divide theirs, are refused; the original fails.',
    inputs: { image, mask: image, force_resize_width: big(0), force_resize_height: big(0), mask_mapping_optional },
    outputs: asImage,
    async run({ image, mask, force_resize_width, force_resize_height, mask_mapping_optional: mapping }, call) {
      const given = asRgba(await floatsOfImage(image, call));
      const picture = mapping ? mapped(call.node, given, mapping) : given;
      const [batch, height, width] = picture.shape;
      const gray = await fitted(asMask(await floatsOfImage(mask, call)), height, width, call);
      const masks = withBatch(call.node, 'mask', gray, batch);
      const bounds = Array.from({ length: batch }, (_, b) => boundsOf(masks, b));
      const sides = bounds.map((box) => (box ? [box.right - box.left + 1, box.bottom - box.top + 1] : [1, 1]));
      const size = {
        width: force_resize_width || Math.max(...sides.map(([side]) => side)),
        height: force_resize_height || Math.max(...sides.map(([, side]) => side)),
      };
      const made = empty([batch, size.height, size.width, 4]);
      for (const [b, box] of bounds.entries()) {
        if (!box) continue;
        const part = empty([1, box.bottom - box.top + 1, box.right - box.left + 1, 4]);
        for (let y = box.top, to = 0; y <= box.bottom; y++) {
          for (let x = box.left; x <= box.right; x++, to += 4) {
            const at = (b * height + y) * width + x;
            part.data.set(picture.data.subarray(at * 4, at * 4 + 4), to);
            part.data[to + 3] *= masks.data[at];
          }
        }
        const resized = await interpolated(part, size, 'bicubic', call);
        made.data.set(resized.data, b * size.height * size.width * 4);
      }
      const opaque = made.data.every((value, i) => i % 4 !== 3 || value >= 1);
      const channels = image.shape[3];
      const least = made.data.reduce(
        (low, value, i) => (i % 4 === 3 && value < low ? value : low),
        Number.POSITIVE_INFINITY,
      );
      const given3 = channels === 3 && opaque && least === 1;
      return [imageOfFloats(call.device, channels === 1 ? asMask(made) : given3 ? asRgb(made) : made)];
    },
  }),

  'Paste By Mask': node({
    ...masquerade,
    title: 'Paste By Mask',
    about:
      'A picture pasted where the mask is, resized, bicubic, to fit, to fill or not at all, as far as its alpha and, unless it fills, the mask ' +
      'let it. With four channels.',
    quirk: 'Batches that do not divide one another are refused; the original fails.',
    inputs: {
      image_base: image,
      image_to_paste: image,
      mask: image,
      resize_behavior: combo(['resize', 'keep_ratio_fill', 'keep_ratio_fit', 'source_size', 'source_size_unmasked']),
      mask_mapping_optional,
    },
    outputs: asImage,
    async run({ image_base, image_to_paste, mask, resize_behavior, mask_mapping_optional: mapping }, call) {
      let base = asRgba(await floatsOfImage(image_base, call));
      let paste = asRgba(await floatsOfImage(image_to_paste, call));
      let masks = asMask(await floatsOfImage(mask, call));
      const [, height, width] = base.shape;
      if (!mapping) {
        const many = Math.max(base.shape[0], paste.shape[0], masks.shape[0]);
        base = withBatch(call.node, 'image_base', base, many);
        paste = withBatch(call.node, 'image_to_paste', paste, many);
        masks = withBatch(call.node, 'mask', masks, many);
      }
      masks = await fitted(masks, height, width, call);
      if (paste.shape[0] < masks.shape[0]) {
        throw refusal(call.node, 'image_to_paste', `${masks.shape[0]} pictures`, paste.shape[0], 'bad-shape');
      }
      const made: Floats = { data: Float32Array.from(base.data), shape: base.shape };
      const [source] = [{ width: paste.shape[2], height: paste.shape[1] }];
      for (let b = 0; b < masks.shape[0]; b++) {
        const box = boundsOf(masks, b);
        if (!box) continue;
        const to = mapping ? mapping[b] : b;
        if (to === undefined || to >= base.shape[0]) {
          throw refusal(call.node, 'mask_mapping_optional', `below ${base.shape[0]}, the number of pictures`, to);
        }
        const size = sizeOf(box, source, resize_behavior);
        if (size.width < 1 || size.height < 1)
          throw refusal(call.node, 'mask', 'wide and high enough for the picture', 'none');
        await pasted(made, to, paste, masks, b, box, size, /fill|unmasked/.test(resize_behavior), call);
      }
      return [imageOfFloats(call.device, made)];
    },
  }),

  'Separate Mask Components': node({
    ...masquerade,
    title: 'Separate Mask Components',
    about:
      'Each part above 0 that hangs together, corners included, as a mask of its own with its values, in the order of their last pixels, and ' +
      'the number of the mask it is from.',
    quirk: 'Masks without a part give nothing and an empty list; the original gives an empty batch.',
    inputs: { mask: image },
    outputs: [
      ['IMAGE', 'mask'],
      ['MASK_MAPPING', 'mask_mappings'],
    ],
    async run({ mask }, call) {
      const gray = asMask(await floatsOfImage(mask, call));
      const [, height, width] = gray.shape;
      const size = height * width;
      const parts: { b: number; last: number; places: number[] }[] = [];
      const seen = new Uint8Array(gray.data.length);
      for (let start = 0; start < seen.length; start++) {
        if (seen[start] || !(gray.data[start] > 0)) continue;
        const b = Math.floor(start / size);
        const places = [start];
        seen[start] = 1;
        for (let next = 0; next < places.length; next++) {
          const at = places[next] - b * size;
          const [x, y] = [at % width, Math.floor(at / width)];
          for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row++) {
            for (let column = Math.max(x - 1, 0); column <= Math.min(x + 1, width - 1); column++) {
              const place = b * size + row * width + column;
              if (seen[place] || !(gray.data[place] > 0)) continue;
              seen[place] = 1;
              places.push(place);
            }
          }
        }
        parts.push({ b, last: places.reduce((most, place) => Math.max(most, place), 0), places });
      }
      if (!parts.length) return [undefined, []];
      parts.sort((one, other) => one.last - other.last);
      const made = empty([parts.length, height, width, 1]);
      for (const [i, { b, places }] of parts.entries()) {
        for (const place of places) made.data[i * size + place - b * size] = gray.data[place];
      }
      return [imageOfFloats(call.device, made), parts.map(({ b }) => b)];
    },
  }),
};
