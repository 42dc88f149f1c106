// Nodes of several small packs that lay pictures over others: Efficiency's overlay, Allor's composite, a paste by a
// mask.
import { refusal } from '../../../base/errors.js';
import { combo, float, image, int, MAX, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { bytesOf, checkOne } from '../lib/each.js';
import { resized, resizedRgba } from '../lib/filters.js';
import { boundsOf } from '../lib/label.js';
import { halfEven } from '../lib/numbers.js';
import { layOver, rotatedRgba } from '../lib/over.js';
import {
  alphaOf,
  cropped,
  filledPicture,
  gray,
  imageOf,
  inverted,
  mapped,
  type Picture,
  paste,
  picturesOf,
  rgb,
  rgba,
} from '../lib/pillow.js';
import { upscaled } from '../lib/upscale.js';

const offset = int({ default: 0, min: -48000, max: 48000 });
const side = int({ default: 512, min: 0, max: MAX });
const part = { ...float({ default: 0, min: 0, max: 1, step: 0.01 }), takes: [0, 1] } as const;
const share = (fallback: number) => optional(float({ default: fallback, min: 0.01, max: 1, step: 0.01 }));

export const nodes = {
  'Image Overlay': node({
    title: 'Image Overlay',
    category: 'Efficiency Nodes/Image',
    module: 'custom_nodes.efficiency-nodes-comfyui',
    about:
      'The first picture of overlay_image, resized, its alpha 1 - the mask (bicubic to its size), turned counter-clockwise (bicubic) and less by ' +
      'opacity per cent, on each picture at the offset.',
    quirk: 'A result without pixels and more than one mask are refused; the original fails.',
    inputs: {
      ...{ base_image: image, overlay_image: image },
      overlay_resize: combo(['None', 'Fit', 'Resize by rescale_factor', 'Resize to width & heigth']),
      resize_method: combo(['nearest-exact', 'bilinear', 'area']),
      rescale_factor: float({ default: 1, min: 0.01, max: 16, step: 0.01 }),
      ...{ width: side, height: side, x_offset: offset, y_offset: offset },
      rotation: int({ default: 0, min: -180, max: 180, step: 0.1 }),
      opacity: float({ default: 0, min: 0, max: 100, step: 0.1 }),
      optional_mask: optional(mask),
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ base_image, overlay_image, optional_mask, ...given }, call) {
      const [, rows, columns] = base_image.shape;
      const [, height, width] = overlay_image.shape;
      const ratio = Math.min(rows / height, columns / width);
      const by = given.rescale_factor;
      const size = {
        None: { width, height },
        Fit: { width: halfEven(width * ratio), height: halfEven(height * ratio) },
        'Resize by rescale_factor': { width: Math.trunc(width * by), height: Math.trunc(height * by) },
        'Resize to width & heigth': { width: given.width, height: given.height },
      }[given.overlay_resize];
      if (size.width < 1 || size.height < 1) {
        const kept = 'so that a pixel is left on each side';
        throw refusal(call.node, 'overlay_resize', kept, `${size.width} x ${size.height}`);
      }
      const first = overlay_image.at(0);
      const fit = given.overlay_resize === 'None' ? first : await upscaled(first, size, given.resize_method, call);
      const [over] = await picturesOf(call.node, 'overlay_image', fit, call);
      let alpha = filledPicture(over.width, over.height, [255]);
      if (optional_mask) {
        checkOne(call.node, 'optional_mask', optional_mask);
        const [own] = await bytesOf(optional_mask, call);
        alpha = inverted(await resized(call.node, gray(own), over.width, over.height, call));
      }
      const turned = rotatedRgba(call.node, rgba(over, alpha), given.rotation, 'bicubic');
      const less = 1 - given.opacity / 100;
      const seen = mapped(turned, (v, at) => (at % 4 === 3 ? Math.trunc(v * less) : v));
      const bases = await picturesOf(call.node, 'base_image', base_image, call);
      const made = bases.map((base) => {
        const canvas = rgba(base);
        layOver(canvas, seen, given.x_offset, given.y_offset);
        return rgb(canvas);
      });
      return [imageOf(call, made)];
    },
  }),

  ImageCompositeRelative: node({
    title: 'Image Composite Relative',
    category: 'image/composite',
    module: 'custom_nodes.ComfyUI-Allor',
    about:
      'Two pictures on one of the larger (max) or both sides (sum), each so much of the free way from the left and the top, the one named in ' +
      'background below. Each with its own of the other batch (pair), or all with all (matrix). The result has an alpha.',
    quirk:
      'For sum_height the height is twice that of images_a, as in the original; an offset that is below 0 by that is refused.',
    inputs: {
      ...{ images_a: image, images_b: image },
      ...{ images_a_x: part, images_a_y: part, images_b_x: part, images_b_y: part },
      background: combo(['images_a', 'images_b']),
      container_size_type: combo(['max', 'sum', 'sum_width', 'sum_height']),
      method: combo(['pair', 'matrix']),
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ images_a, images_b, background, container_size_type, method, ...given }, call) {
      const { node } = call;
      const [countA, heightA, widthA] = images_a.shape;
      const [countB, heightB, widthB] = images_b.shape;
      if (method === 'pair' && countA !== countB) {
        throw refusal(node, 'images_b', `${countA}, as many as images_a`, countB, 'bad-shape');
      }
      const wide = container_size_type === 'sum' || container_size_type === 'sum_width';
      const width = wide ? widthA + widthB : Math.max(widthA, widthB);
      const high = { sum: heightA + heightB, sum_height: heightA + heightA, max: 0, sum_width: 0 }[container_size_type];
      const height = high || Math.max(heightA, heightB);
      const place = (whole: number, own: number, by: number): number => Math.trunc((whole - own) * by) + 0;
      const atA = [place(width, widthA, given.images_a_x), place(height, heightA, given.images_a_y)] as const;
      const atB = [place(width, widthB, given.images_b_x), place(height, heightB, given.images_b_y)] as const;
      if (atB[1] < 0)
        throw refusal(node, 'images_b_y', '0 where images_b is higher than twice images_a', given.images_b_y);
      const on = (one: Picture, [x, y]: readonly [number, number]): Picture => {
        const canvas = filledPicture(width, height, [0, 0, 0, 0]);
        paste(canvas, rgba(one, alphaOf(one)), x, y);
        return canvas;
      };
      const all = (await picturesOf(node, 'images_a', images_a, call)).map((one) => on(one, atA));
      const others = (await picturesOf(node, 'images_b', images_b, call)).map((one) => on(one, atB));
      const pairs = all.flatMap((a, i) => (method === 'pair' ? [[a, others[i]]] : others.map((b) => [a, b])));
      const made = pairs.map(([a, b]) => {
        const [under, over] = background === 'images_a' ? [a, b] : [b, a];
        const canvas = { ...under, data: Uint8Array.from(under.data) };
        layOver(canvas, over);
        return canvas;
      });
      return [imageOf(call, made)];
    },
  }),

  Image_center_paste: node({
    title: 'Image_center_paste(My Node)',
    category: 'My Nodes/Image center paste',
    module: 'custom_nodes.Cheny_custom_nodes',
    about:
      'The part of the first picture around the mask, its longer side ratio of the longer of back_image (Lanczos), through the mask onto it, so ' +
      'much of the free way from the right and the bottom; and the mask.',
    quirk: 'What comes within a pixel of the size of back_image is refused, as in the original.',
    inputs: {
      ...{ need_paste_image: image, back_image: image, mask },
      ratio: { ...share(2 / 3), step: 0.1 },
      ...{ x_ratio: share(0.5), y_ratio: share(0.1) },
    },
    outputs: [
      ['IMAGE', 'paste_img'],
      ['MASK', 'mask'],
    ],
    async run({ need_paste_image, back_image, mask, ratio, x_ratio, y_ratio }, call) {
      const { node } = call;
      const [picture] = await picturesOf(node, 'need_paste_image', need_paste_image.at(0), call);
      const [back] = await picturesOf(node, 'back_image', back_image.at(0), call);
      const [own] = await bytesOf(mask.at(0), call);
      const bounds = boundsOf(own, (at) => own.data[at] !== 0);
      const over = bounds ? cropped(picture, bounds) : picture;
      const through = bounds ? cropped(gray(own), bounds) : gray(own);
      if (through.width !== over.width || through.height !== over.height) {
        throw refusal(
          node,
          'mask',
          'as large as need_paste_image, where it is zeros',
          `shape [${mask.shape}]`,
          'bad-shape',
        );
      }
      const by = (ratio * Math.max(back.width, back.height)) / Math.max(over.width, over.height);
      const [width, height] = [Math.trunc(over.width * by), Math.trunc(over.height * by)];
      if (width >= back.width - 1 || height >= back.height - 1) {
        throw refusal(node, 'ratio', `so that ${width} x ${height} is within ${back.width} x ${back.height}`, ratio);
      }
      const place = (free: number, part: number): number => free - Math.trunc(part * free);
      const sized = (one: Picture): Promise<Picture> => resizedRgba(node, one, width, height, call, 'lanczos');
      const small = await sized(through);
      const canvas = rgb(back);
      paste(
        canvas,
        rgb(await sized(over)),
        place(back.width - width, x_ratio),
        place(back.height - height, y_ratio),
        small,
      );
      return [imageOf(call, [canvas]), call.device.mask(small.data, [1, height, width]).as('float32')];
    },
  }),
};
