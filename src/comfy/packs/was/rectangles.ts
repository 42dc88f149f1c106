// WAS: draws rectangles as masks.
import { int } from '../../inputs.js';
import { node } from '../../node.js';
import { cvFloats, cvKernel } from '../lib/gaussian.js';
import { was } from './common.js';

const percent = (fallback: number) => int({ default: fallback, min: 0, max: 100 });
const pixels = (fallback: number) => int({ default: fallback, min: 0, max: 4096, step: 64 });
const side = { ...int({ default: 512, min: 64, max: 4096, step: 64 }), takes: [1, 4096] } as const;
const one = { ...was, outputs: [['MASK', 'MASKS']] } as const;
const blur_radius = int({ default: 0, min: 0, max: 255 });
const SIDE = 512;

export const rectangles = {
  'Mask Rect Area': node({
    ...one,
    title: 'Mask Rect Area',
    about: 'A rectangle in percent of 512 x 512, blurred as cv2.GaussianBlur with 2 * blur_radius + 1 weights.',
    inputs: { x: percent(0), y: percent(0), width: percent(50), height: percent(50), blur_radius },
    run({ x, y, width, height, blur_radius }, { device }) {
      const place = (part: number): number => Math.trunc(part * SIDE);
      const [left, top] = [place(x / 100), place(y / 100)];
      const [right, bottom] = [place(x / 100 + width / 100), place(y / 100 + height / 100)];
      return [device.mask(drawn(SIDE, SIDE, [left, top, right, bottom], blur_radius), [1, SIDE, SIDE])];
    },
  }),

  'Mask Rect Area (Advanced)': node({
    ...one,
    title: 'Mask Rect Area (Advanced)',
    about:
      'A rectangle in pixels of a picture of this size, blurred as cv2.GaussianBlur with 2 * blur_radius + 1 weights.',
    inputs: {
      ...{ x: pixels(0), y: pixels(0), width: pixels(256), height: pixels(256) },
      ...{ image_width: side, image_height: side, blur_radius },
    },
    run({ x, y, width, height, image_width, image_height, blur_radius }, { device }) {
      const box = [x, y, x + width, y + height] as const;
      return [device.mask(drawn(image_width, image_height, box, blur_radius), [1, image_height, image_width])];
    },
  }),
};

function drawn(
  width: number,
  height: number,
  [left, top, right, bottom]: readonly [number, number, number, number],
  radius: number,
): Float32Array<ArrayBuffer> {
  const data = new Float32Array(width * height);
  for (let y = top; y < Math.min(bottom, height); y++)
    data.fill(1, y * width + left, y * width + Math.min(right, width));
  return radius ? cvFloats({ data, width, height }, cvKernel(2 * radius + 1)) : data;
}
