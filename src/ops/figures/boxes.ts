// Pillow's blurs in numbers: the extended box of a radius, and the box that three times over is nearly a Gaussian.
import type { Radius } from '../near.js';
import type { Figures, Stride } from '../row.js';

const f = Math.fround;

/** Whole radius, weight of what is inside, weight of the two beyond it, in 2^24ths, and how many times to go. */
function boxOf(radius: number, times: number): Int32Array {
  const whole = Math.trunc(radius);
  const inside = Math.trunc(f(2 ** 24 / f(f(radius * 2) + 1)));
  return Int32Array.of(whole, inside, Math.trunc((2 ** 24 - (2 * whole + 1) * inside) / 2), times);
}

/** `BoxBlur(radius)`. */
const simple = ({ radius }: Radius): Int32Array => boxOf(f(radius), 1);

/** `GaussianBlur(radius)`: in float32 as there, only the root in double. */
function gaussian({ radius }: Radius): Int32Array {
  const sigma = f(radius);
  const s2 = f(f(sigma * sigma) / 3);
  const length = f(Math.sqrt(12 * s2 + 1));
  const l = Math.floor((length - 1) / 2);
  const a = f(f(2 * l + 1) * f(f(l * (l + 1)) - f(3 * s2)));
  return boxOf(f(l + f(a / f(6 * f(s2 - f((l + 1) * (l + 1)))))), 3);
}

/** Above this radius a pixel reads sums of runs rather than every byte. */
const DIRECT = 12;

/** The passes of a shader: along the rows, then along the columns. */
function passesOf([r, ww, fw, times]: Int32Array): Stride[] {
  const run = Math.ceil(Math.sqrt(((2 * r + 1) * 2) / 3));
  return [0, 1].flatMap((axis) =>
    Array.from({ length: times }, (): Stride[] =>
      r <= DIRECT
        ? [{ shader: 'box', numbers: [axis, r, ww, fw] }]
        : [
            { shader: 'boxRuns', numbers: [axis, run], dtype: 'float32' },
            { shader: 'boxOfRuns', numbers: [axis, r, ww, fw, run] },
          ],
    ).flat(),
  );
}

export const boxBlur: Figures = { data: simple, passes: (values: Radius) => passesOf(simple(values)) };
export const blur: Figures = { data: gaussian, passes: (values: Radius) => passesOf(gaussian(values)) };
