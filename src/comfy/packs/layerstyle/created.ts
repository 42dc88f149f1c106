// LayerStyle: masks made from numbers.
import { refusal } from '../../../base/errors.js';
import { anything, combo, int, optional } from '../../inputs.js';
import { node } from '../../node.js';
import type { Named } from '../lib/each.js';
import { blurred, resized } from '../lib/filters.js';
import { checkSide } from '../lib/numbers.js';
import { blended, cropped, filledPicture, mapped, type Picture, paste } from '../lib/pillow.js';
import { areaOf } from './boxes.js';
import { layerMask, masksOf, sizeAs } from './common.js';
import { gradient_offset, gradient_scale, opacity } from './gradients.js';

const side = int({ default: 512, min: 4, max: 99999 });

export const created = {
  'LayerMask: CreateGradientMask': node({
    ...layerMask,
    title: 'LayerMask: CreateGradientMask',
    about: 'A gradient from white to black towards a side, or from the middle, scaled and moved, at a percentage.',
    inputs: {
      width: side,
      height: side,
      gradient_side: combo(['bottom', 'top', 'left', 'right', 'center']),
      gradient_scale,
      gradient_offset,
      opacity,
      size_as: optional(anything),
    },
    outputs: [['MASK', 'mask']],
    async run({ gradient_side, gradient_scale, gradient_offset, opacity, size_as, ...own }, call) {
      const { width, height } = size_as === undefined ? own : sizeAs(call.node, 'size_as', size_as);
      checkSide(call.node, 'width', width * height);
      const black = filledPicture(width, height, [0]);
      const made =
        gradient_side === 'center'
          ? await central(width, height, gradient_scale, gradient_offset, call)
          : await linear(width, height, gradient_side, gradient_scale, gradient_offset, call);
      const part = opacity === 0 ? black : opacity < 100 ? blended(made, black, 1 - opacity / 100) : made;
      return [masksOf(call, [part])];
    },
  }),
};

async function linear(width: number, height: number, side: string, scale: number, offset: number, call: Named) {
  const upright = side === 'top' || side === 'bottom';
  const down = side === 'bottom' || side === 'right';
  const length = upright ? height : width;
  const data = Uint8Array.from({ length }, (_, i) => (255 * (down ? length - i : i)) / length);
  const line = { data, width: 1, height: length, channels: 1 };
  const scaled = Math.trunc((length * scale) / 100);
  const whole = scale === 100 ? line : await resized(call.node, line, 1, scaled, call);
  let made = filledPicture(1, length, [0]);
  const white = filledPicture(1, length, [255]);
  paste(made, whole, 0, down ? offset : length - scaled + offset);
  if (down ? offset > length : offset < -length) made = white;
  else if (down ? offset > 0 : offset < 0) paste(made, white, 0, down ? offset - length : length + offset);
  const canvas = filledPicture(width, height, [0]);
  return mapped(canvas, (_, i) => made.data[upright ? Math.floor(i / width) : i % width]);
}

/** Nested frames from black to white, blurred, cropped to the parts that are not nearly black, and scaled back. */
async function central(width: number, height: number, scale: number, offset: number, call: Named): Promise<Picture> {
  const step = Math.trunc((Math.min(width, height) * Math.min(scale, 100)) / 100 / 2);
  const box = filledPicture(width, height, [0]);
  const fill = (from: number, v: number): void =>
    paste(box, filledPicture(width - 2 * from + 1, height - 2 * from + 1, [v]), from, from);
  for (let i = 0; i < step; i++) fill(i, Math.trunc((255 * i) / step));
  fill(step, 255);
  const wide = filledPicture(width * 2, height * 2, [0]);
  paste(wide, box, Math.trunc(width / 2), Math.trunc(height / 2));
  const soft = await blurred(wide, Math.trunc(((width + height) * scale) / 100 / 16), call);
  const [x, y, w, h] = areaOf(mapped(soft, (v) => Math.round((v / 255) ** 0.15 * 255)));
  if (w < 1 || h < 1) throw refusal(call.node, 'gradient_scale', 'so that a gradient is left', scale);
  let made = await resized(call.node, cropped(soft, [x, y, x + w, y + h]), width, height, call, 'bilinear');
  const canvas = filledPicture(width, height, [0]);
  let [left, top] = [0, 0];
  if (offset !== 0) {
    const size = [Math.max(width - offset, 1), Math.max(height - offset, 1)] as const;
    made = await resized(call.node, made, ...size, call, 'bilinear');
    [left, top] = [Math.trunc((width - size[0]) / 2), Math.trunc((height - size[1]) / 2)];
  }
  paste(canvas, made, left, top);
  return canvas;
}
