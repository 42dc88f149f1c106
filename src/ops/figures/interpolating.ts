// torch's interpolate in numbers: which places an output place is made of, and their weights, as torch 1.13 rounds them.

import type { Mode } from '../choices.js';
import type { Interpolated } from '../resamplings.js';
import type { Figures, Stride } from '../row.js';

type Size = {
  readonly width: number;
  readonly height: number;
};

const f = Math.fround;

/** The first and the second place, and float32 weights of both. */
type Tap = readonly [number, number, number, number];

const makers: Readonly<Record<Exclude<Mode, 'bicubic'>, (at: number, from: number, to: number) => Tap>> = {
  nearest: (at, from, to) => one(Math.floor(f(at * f(from / to))), from),
  'nearest-exact': (at, from, to) => one(Math.floor(f(f(at + 0.5) * f(from / to))), from),
  bilinear(at, from, to) {
    const place = Math.max(f(from / to) * (at + 0.5) - 0.5, 0);
    const first = Math.min(Math.trunc(place), from - 1);
    const other = f(place - first);
    return [first, Math.min(first + 1, from - 1), f(1 - other), other];
  },
  area: (at, from, to) => [Math.floor((at * from) / to), Math.ceil(((at + 1) * from) / to), 1, 0],
};
const one = (at: number, from: number): Tap => [Math.min(at, from - 1), 0, 1, 0];

/** a * b + c, rounded once, as torch's vector code has it. */
const fused = (a: number, b: number, c: number): number => f(a * b + c);
/** Keys's kernel with a = -0.75: within a pixel of the place, and beyond. */
const near = (x: number): number => f(f(f(fused(1.25, x, -2.25) * x) * x) + 1);
const far = (x: number): number => f(f(fused(fused(-0.75, x, 3.75), x, -6) * x) + 3);

/** Four places and their float32 weights. The first is found of a place rounded to float32, so what is left of it may be below 0. */
function cubic(at: number, from: number, to: number): { places: number[]; weights: number[] } {
  const place = f(from / to) * (at + 0.5) - 0.5;
  const first = Math.min(Math.floor(f(place)), from - 1);
  const t = f(place - first);
  const rest = f(1 - t);
  return {
    places: [-1, 0, 1, 2].map((k) => Math.min(Math.max(first + k, 0), from - 1)),
    weights: [far(f(t + 1)), near(t), near(rest), far(f(rest + 1))],
  };
}

/**
 * What the kernel reads: 1 for bilinear, 2 for area, 3 for bicubic, else 0, in four words; then four words for every column and
 * every row, of bicubic eight.
 */
function interpolateTable({ mode }: Interpolated, from: Size, to: Size): Int32Array {
  const each = mode === 'bicubic' ? 8 : 4;
  const words = new Int32Array(4 + each * (to.width + to.height));
  const floats = new Float32Array(words.buffer);
  words[0] = mode === 'bilinear' ? 1 : mode === 'area' ? 2 : mode === 'bicubic' ? 3 : 0;
  let at = 4;
  for (const side of ['width', 'height'] as const) {
    for (let i = 0; i < to[side]; i++, at += each) {
      if (mode === 'bicubic') {
        const { places, weights } = cubic(i, from[side], to[side]);
        words.set(places, at);
        floats.set(weights, at + 4);
        continue;
      }
      const [first, second, weight, other] = makers[mode](i, from[side], to[side]);
      words.set([first, second], at);
      floats.set([weight, other], at + 2);
    }
  }
  return words;
}

const shaders: Readonly<Record<Mode, string>> = {
  nearest: 'interpolatePlaces',
  'nearest-exact': 'interpolatePlaces',
  bilinear: 'interpolateBilinear',
  bicubic: 'interpolateBicubic',
  area: 'interpolateArea',
};

/** The one pass of a shader, which reads the same table and is told where the rows begin. */
function interpolatePasses(values: Interpolated, from: Size, to: Size): Stride[] {
  const rows = 4 + to.width * (values.mode === 'bicubic' ? 8 : 4);
  return [{ shader: shaders[values.mode], numbers: [rows], data: interpolateTable(values, from, to) }];
}

export const interpolate: Figures = { data: interpolateTable, passes: interpolatePasses };
