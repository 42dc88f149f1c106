// KJNodes: masks without an input: shapes, gradients and fades; and plain numbers. They load separately.
import { boolean, combo, float, int } from '../../inputs.js';
import { node } from '../../node.js';
import { ellipse, polygon, rectangle } from '../lib/draw.js';
import { batchOf } from '../lib/each.js';
import { both, kj } from './common.js';

const side = (fallback: number, min: number) =>
  ({ ...int({ default: fallback, min, max: 4096 }), takes: [1, 4096] }) as const;
const level = (fallback: number) => float({ default: fallback, min: 0, max: 1, step: 0.01 });
const place = int({ default: 256, min: 0, max: 4096 });
const f = Math.fround;
/** 0xffffffffffffffff as the nearest double. */
const WIDE = 2 ** 64;

const eases = {
  linear: (t: number) => t,
  ease_in: (t: number) => t * t,
  ease_out: (t: number) => 1 - (1 - t) * (1 - t),
  ease_in_out: (t: number) => 3 * t * t - 2 * t * t * t,
};

export const nodes = {
  CreateShapeMask: node({
    ...kj,
    category: 'KJNodes/masking/generate',
    title: 'Create Shape Mask',
    about:
      'An ellipse, rectangle or triangle around a point, drawn like by Pillow and larger by grow in each frame; and 1 - the mask.',
    inputs: {
      shape: combo(['circle', 'square', 'triangle']),
      frames: int({ default: 1, min: 1, max: 4096 }),
      ...{ location_x: place, location_y: place, grow: int({ default: 0, min: -512, max: 512 }) },
      ...{ frame_width: side(512, 16), frame_height: side(512, 16) },
      ...{ shape_width: side(128, 8), shape_height: side(128, 8) },
    },
    outputs: both,
    run({ shape, frames, location_x: x, location_y: y, grow, ...size }, call) {
      const all = Array.from({ length: frames }, (_, i) => {
        const [width, height] = [size.frame_width, size.frame_height];
        const canvas = { data: new Uint8Array(width * height), width, height };
        const across = Math.floor(Math.max(0, size.shape_width + i * grow) / 2);
        const down = Math.floor(Math.max(0, size.shape_height + i * grow) / 2);
        const corners = [x - across, y - down, x + across, y + down] as const;
        if (shape === 'circle') ellipse(canvas, corners);
        else if (shape === 'square') rectangle(canvas, corners);
        else
          polygon(canvas, [
            [x, y - down],
            [x - across, y + down],
            [x + across, y + down],
          ]);
        return canvas;
      });
      const mask = batchOf(call, all).as('float32');
      return [mask, mask.invert()];
    },
  }),

  CreateGradientMask: node({
    ...kj,
    category: 'KJNodes/masking/generate',
    title: 'Create Gradient Mask',
    about: 'From 1 at the left to 0 at the right, less i / frames in frame i, without a clamp.',
    quirk: 'Without frames it is refused, for the batch would be empty.',
    inputs: {
      invert: boolean(false),
      frames: { ...int({ default: 0, min: 0, max: 255 }), takes: [1, 255] },
      ...{ width: side(256, 16), height: side(256, 16) },
    },
    outputs: [['MASK', 'MASK']],
    run({ invert, frames, width, height }, { device }) {
      const data = new Float32Array(frames * width * height);
      const step = -1 / Math.max(width - 1, 1);
      for (const at of data.keys()) {
        const x = at % width;
        const level = f(f(x && x === width - 1 ? 0 : 1 + x * step) - f(Math.floor(at / (width * height)) / frames));
        data[at] = invert ? 1 - level : level;
      }
      return [device.mask(data, [frames, height, width])];
    },
  }),

  CreateFadeMask: node({
    ...kj,
    category: 'KJNodes/deprecated',
    title: 'Create Fade Mask',
    about:
      'One value for each frame: from start_level to midpoint_level at midpoint_frame (0: in the middle), and on to end_level.',
    inputs: {
      invert: boolean(false),
      frames: int({ default: 2, min: 2, max: 10000 }),
      ...{ width: side(256, 16), height: side(256, 16) },
      interpolation: combo(['linear', 'ease_in', 'ease_out', 'ease_in_out']),
      ...{ start_level: level(1), midpoint_level: level(0.5), end_level: level(0) },
      midpoint_frame: int({ default: 0, min: 0, max: 4096 }),
    },
    outputs: [['MASK', 'MASK']],
    run({ invert, frames, width, height, interpolation, ...levels }, { device }) {
      const { start_level: start, midpoint_level: middle, end_level: end } = levels;
      const turn = levels.midpoint_frame || Math.floor(frames / 2);
      const ease = eases[interpolation];
      const size = width * height;
      const data = new Float32Array(frames * size);
      for (let i = 0; i < frames; i++) {
        const value =
          i <= turn
            ? start - ease(i / turn) * (start - middle)
            : middle - ease((i - turn) / (frames - turn)) * (middle - end);
        const own = f(Math.max(value, 0));
        data.fill(invert ? 1 - own : own, i * size, (i + 1) * size);
      }
      return [device.mask(data, [frames, height, width])];
    },
  }),

  INTConstant: node({
    ...kj,
    category: 'KJNodes/constants',
    title: 'INT Constant',
    about: 'A whole number.',
    inputs: { value: int({ default: 0, min: -WIDE, max: WIDE }) },
    outputs: [['INT', 'value']],
    run: ({ value }) => [value],
  }),

  FloatConstant: node({
    ...kj,
    category: 'KJNodes/constants',
    title: 'Float Constant',
    about: 'A number, rounded to six places.',
    inputs: { value: float({ default: 0, min: -WIDE, max: WIDE, step: 0.00001 }) },
    outputs: [['FLOAT', 'value']],
    run: ({ value }) => [sixPlaces(value)],
  }),
};

/** Python's round(value, 6), half to even on the double's binary value. */
function sixPlaces(value: number): number {
  const [whole, places] = value.toFixed(60).split('.');
  const tie = places !== undefined && /^\d{5}[02468]50*$/.test(places);
  return Number(tie ? `${whole}.${places.slice(0, 6)}` : value.toFixed(6));
}
