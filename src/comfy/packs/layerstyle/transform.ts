// LayerStyle: mirrors, scales, rotates and moves masks.
import { combo, float, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { resized } from '../lib/filters.js';
import { filledPicture, type Picture, paste } from '../lib/pillow.js';
import { graysOf, layerUtility, masksOf } from './common.js';
import { TURNING, turnedBy } from './turning.js';

const shift = int({ default: 0, min: -99999, max: 99999 });
const times = float({ default: 1, min: 0.01, max: 100, step: 0.01 });

export const transform = {
  'LayerUtility: LayerMaskTransform': node({
    ...layerUtility,
    title: 'LayerUtility: LayerMaskTransform',
    about:
      'The mask mirrored, scaled (bicubic), turned counter-clockwise about its middle and moved, on black of its size; from 2 on, anti_aliasing ' +
      'turns it so many times as large.',
    inputs: {
      mask,
      ...{ x: shift, y: shift, mirror: combo(['None', 'horizontal', 'vertical']), scale: times, aspect_ratio: times },
      rotate: float({ default: 0, min: -999999, max: 999999, step: 0.01 }),
      transform_method: combo(TURNING),
      anti_aliasing: int({ default: 2, min: 0, max: 16 }),
    },
    outputs: [['MASK', 'mask']],
    async run({ mask, x, y, mirror, scale, aspect_ratio, rotate, transform_method, anti_aliasing }, call) {
      const axis = mirror === 'horizontal' ? 'x' : 'y';
      const made: Picture[] = [];
      for (const own of await graysOf(mirror === 'None' ? mask : mask.flip({ axis }), call)) {
        const { width, height } = own;
        const [wide, high] = [Math.trunc(width * scale), Math.trunc(height * scale * aspect_ratio)];
        let moved = await resized(call.node, own, wide, high, call);
        moved = await turnedBy(moved, rotate, transform_method, anti_aliasing, call);
        const canvas = filledPicture(width, height, [0]);
        paste(canvas, moved, Math.floor((width - moved.width) / 2) + x, Math.floor((height - moved.height) / 2) + y);
        made.push(canvas);
      }
      return [masksOf(call, made)];
    },
  }),
};
