// Pillow's resampling in numbers: which input places make an output place, and with what weights, in 2^22ths.

import type { Filter } from '../choices.js';
import type { Resized } from '../resamplings.js';
import type { Figures, Stride } from '../row.js';

/** For each output place the first input place, how many there are, and their weights, `most` words a place. */
export type Weights = {
  readonly most: number;
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Int32Array;
  /** The same as a kernel reads it, once one has asked. */
  packed?: Int32Array;
};

/** Taylor series up to half a turn, `x` in half turns: + - * / only, because engines differ in the last bits of Math.sin. */
function series(x: number, from: 0 | 1): number {
  const turns = Math.round(x);
  const angle = (x - turns) * Math.PI;
  let term = from ? angle : 1;
  let sum = term;
  for (let n = from; n < 22; n += 2) {
    term *= (-angle * angle) / ((n + 1) * (n + 2));
    sum += term;
  }
  return turns % 2 ? -sum : sum;
}
const sinc = (x: number): number => (x === 0 ? 1 : series(x, 1) / (x * Math.PI));

/** How far a filter reaches, and its value there. */
const filters: Readonly<Record<Exclude<Filter, 'nearest'>, readonly [number, (x: number) => number]>> = {
  box: [0.5, (x) => (x > -0.5 && x <= 0.5 ? 1 : 0)],
  bilinear: [1, (x) => Math.max(1 - Math.abs(x), 0)],
  hamming: [1, (x) => (Math.abs(x) < 1 ? sinc(Math.abs(x)) * (0.54 + 0.46 * series(Math.abs(x), 0)) : 0)],
  bicubic: [2, (x) => cubic(Math.abs(x))],
  lanczos: [3, (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0)],
};

function cubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
}

const ONE = 2 ** 22;

/** The last tables: kernels and shaders each pack theirs of the same. */
const made = new Map<string, Weights>();
const KEPT = 4;

/** The table of one axis, from `from` places to `to`. */
export function weightsOf(filter: Filter, from: number, to: number): Weights {
  const name = `${filter} ${from} ${to}`;
  const weights = made.get(name) ?? computed(filter, from, to);
  made.delete(name);
  made.set(name, weights);
  for (const oldest of made.keys()) if (made.size > KEPT) made.delete(oldest);
  return weights;
}

function computed(filter: Filter, from: number, to: number): Weights {
  if (filter === 'nearest') return nearest(from, to);
  const [reach, value] = filters[filter];
  const scale = from / to;
  const wider = Math.max(scale, 1);
  const support = reach * wider;
  const narrower = 1 / wider;
  const most = Math.ceil(support) * 2 + 1;
  const [first, count, weights] = [new Int32Array(to), new Int32Array(to), new Int32Array(to * most)];
  const own = new Float64Array(most);
  for (let x = 0; x < to; x++) {
    const centre = (x + 0.5) * scale;
    const begin = Math.max(Math.trunc(centre - support + 0.5), 0);
    const length = Math.min(Math.trunc(centre + support + 0.5), from) - begin;
    let sum = 0;
    for (let k = 0; k < length; k++) sum += own[k] = value((k + begin - centre + 0.5) * narrower);
    for (let k = 0; k < length; k++) {
      const weight = sum === 0 ? own[k] : own[k] / sum;
      weights[x * most + k] = Math.trunc(weight * ONE + (weight < 0 ? -0.5 : 0.5));
    }
    first[x] = begin;
    count[x] = length;
  }
  return { most, first, count, weights };
}

/** One place each: where a running sum of steps stands. A product would differ by its rounding. */
function nearest(from: number, to: number): Weights {
  const first = new Int32Array(to);
  const scale = from / to;
  for (let x = 0, at = scale * 0.5; x < to; x++, at += scale) first[x] = Math.min(Math.trunc(at), from - 1);
  return { most: 1, first, count: new Int32Array(to).fill(1), weights: new Int32Array(to).fill(ONE) };
}

/** What the kernel reads: for each axis the words of a place (0: this axis stays), then the places of both. */
function resizeTable({ filter }: Resized, from: Size, to: Size): Int32Array {
  const columns = from.width === to.width ? undefined : weightsOf(filter, from.width, to.width);
  const rows = from.height === to.height ? undefined : weightsOf(filter, from.height, to.height);
  const [across, down] = [columns, rows].map((axis) => (axis ? packed(axis) : none));
  const table = new Int32Array(2 + across.length + down.length);
  table.set([columns ? wordsOf(columns) : 0, rows ? wordsOf(rows) : 0]);
  table.set(across, 2);
  table.set(down, 2 + across.length);
  return table;
}

type Size = {
  readonly width: number;
  readonly height: number;
};

const none = new Int32Array();
const wordsOf = ({ most }: Weights): number => 2 + 2 * ((most + 1) >> 1);

/** First place, count, then weights two by two: their low 12 bits in a word, and what is above in the next. */
function packed(axis: Weights): Int32Array {
  if (axis.packed) return axis.packed;
  const { most, first, count, weights } = axis;
  const words = wordsOf(axis);
  const into = new Int32Array(words * first.length);
  for (let x = 0; x < first.length; x++) {
    into[x * words] = first[x];
    into[x * words + 1] = count[x];
    for (let k = 0; k < count[x]; k += 2) {
      const [a, b] = [weights[x * most + k], k + 1 < count[x] ? weights[x * most + k + 1] : 0];
      into[x * words + 2 + k] = (a & 0xfff) | ((b & 0xfff) << 16);
      into[x * words + 3 + k] = ((a >> 12) & 0xffff) | ((b >> 12) << 16);
    }
  }
  axis.packed = into;
  return into;
}

/** The passes of a shader, of the axes that change: each with a table of its own. */
function resizePasses({ filter }: Resized, from: Size, to: Size): Stride[] {
  const sides = (['width', 'height'] as const).filter((side) => from[side] !== to[side]);
  return sides.map((side) => {
    const { most, first, count, weights } = weightsOf(filter, from[side], to[side]);
    const words = most + 2;
    const data = new Int32Array(words * to[side]);
    for (let x = 0; x < to[side]; x++) {
      data.set([first[x], count[x]], x * words);
      data.set(weights.subarray(x * most, x * most + count[x]), x * words + 2);
    }
    const height = side === 'width' ? from.height : to.height;
    return { shader: 'resample', numbers: [side === 'width' ? 0 : 1, words], height, data };
  });
}

export const resize: Figures = { data: resizeTable, passes: resizePasses };
