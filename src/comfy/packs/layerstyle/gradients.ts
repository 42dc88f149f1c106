// LayerStyle: gradients as masks, and over them.
import { boolean, combo, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import type { Named } from '../lib/each.js';
import { resized } from '../lib/filters.js';
import { blended, filledPicture, mapped, type Picture, paste } from '../lib/pillow.js';
import { areaOf } from './boxes.js';
import { graysOf, layerMask, masksOf } from './common.js';

export const gradient_scale = int({ default: 100, min: 1, max: 9999 });
export const gradient_offset = int({ default: 0, min: -9999, max: 9999 });
export const opacity = int({ default: 100, min: 0, max: 100 });

export const gradients = {
  'LayerMask: MaskGradient': node({
    ...layerMask,
    title: 'LayerMask: MaskGradient',
    about: 'A gradient to black over the area above 127, from a side, scaled and moved, at a percentage.',
    quirk:
      'The area is a pixel narrower and lower than it looks. Where it has no width or height, every mask comes as it was, not inverted.',
    inputs: {
      mask,
      invert_mask: boolean(true),
      gradient_side: combo(['top', 'bottom', 'left', 'right']),
      gradient_scale,
      gradient_offset,
      opacity,
    },
    outputs: [['MASK', 'mask']],
    async run({ mask, invert_mask, gradient_side, gradient_scale, gradient_offset, opacity }, call) {
      const made: Picture[] = [];
      const first = gradient_side === 'top' || gradient_side === 'left';
      const upright = gradient_side === 'top' || gradient_side === 'bottom';
      for (const gray of await graysOf(mask, call, invert_mask)) {
        const [x, y, width, height] = areaOf(gray);
        if (width < 1 || height < 1) return [mask];
        const length = upright ? height : width;
        const line = await lineOf(call, length, first, gradient_scale, gradient_offset);
        const canvas = mapped(gray, (v) => v);
        const shift = first ? 0 : 1;
        const [box, at] = upright
          ? [
              { width: gray.width, height: length },
              { x: 0, y: y + shift },
            ]
          : [
              { width: length, height: gray.height },
              { x: x + shift, y: 0 },
            ];
        const spread = filledPicture(box.width, box.height, [0]);
        for (let i = 0; i < spread.data.length; i++) {
          spread.data[i] = line[upright ? Math.floor(i / box.width) : i % box.width];
        }
        paste(canvas, filledPicture(box.width, box.height, [0]), at.x, at.y, spread);
        made.push(opacity === 0 ? gray : opacity < 100 ? blended(canvas, gray, 1 - opacity / 100) : canvas);
      }
      return [masksOf(call, made)];
    },
  }),
};

/** The original's gradient from black to white: 1024 rows, scaled up from a part of one of 512. */
const whole = (): Picture => {
  const data = Uint8Array.from({ length: 682 }, (_, i) => {
    const row = i + 768 - 341 - 512;
    return row < 0 ? 0 : row < 512 ? (255 * row) / 512 : 255;
  });
  return { data, width: 1, height: 682, channels: 1 };
};

/** One line across the gradient. It is white beyond its end. */
async function lineOf(call: Named, length: number, first: boolean, scale: number, offset: number) {
  const { node } = call;
  const full = await resized(node, whole(), 1, 1024, call);
  const turned = first ? { ...full, data: Uint8Array.from(full.data).reverse() } : full;
  let line = await resized(node, turned, 1, length, call);
  if (scale !== 100) {
    const box = filledPicture(1, length, [0]);
    line = await resized(node, line, 1, Math.trunc((length * scale) / 100), call);
    paste(box, line, 0, first ? 0 : length - line.height);
    line = box;
  }
  if (offset !== 0) {
    const white = filledPicture(1, length, [255]);
    const box = filledPicture(1, length, [0]);
    paste(box, line, 0, offset);
    paste(box, white, 0, first ? offset - length : offset + length);
    line = (first ? offset > length : offset < -length) ? white : box;
  }
  return line.data;
}
