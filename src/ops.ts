// The operations: each is declared here, once. Methods, types, validation, the kernels' parameter blocks, the shaders'
// uniforms, the README's table and the contract tests all read these rows.
import type { StepKind } from './engine.js';
import { labNodes } from './lab.js';
import type { Schema } from './params.js';
import * as tables from './tables.js';

export interface Row {
  readonly kind: StepKind;
  /** What the operation is a method of. Rows without a receiver are steps that other methods are made of. */
  readonly on?: 'image' | 'mask';
  /** A channel of `image.channel(name)` rather than a method of its own. */
  readonly channel?: true;
  /**
   * The element types it computes in; a value of another type is converted first. `both`: a kernel each, the second
   * named with `Float`. `any`: it moves elements without looking at them.
   */
  readonly of: 'uint8' | 'float32' | 'both' | 'any';
  /** A second operand. */
  readonly with?: 'mask';
  /** Channels of what it gives, where that is a picture. */
  readonly gives?: 3 | 4;
  /** How a `table` row makes its 256 entries; `counts` is there when the row says `counts`. */
  readonly table?: (values: never, counts: Uint32Array) => Uint8Array;
  readonly counts?: true;
  /** On float masks a `table` row is a `map` of the same name. */
  readonly floats?: 'map';
  /** The lattice a pick interpolates in. */
  readonly nodes?: () => Uint16Array;
  /** There is a kernel, `<name>All`, that makes many picks of one picture in one pass over it. */
  readonly many?: true;
  readonly params: Schema;
}

const SIDE = 2 ** 30;
const none = {} as const;
const pick = { kind: 'pick', on: 'image', channel: true, of: 'uint8', params: none } as const;
const join = { kind: 'join', on: 'mask', of: 'both', with: 'mask', params: none } as const;
const whole = (fallback: number, min: number, max: number) =>
  ({ type: 'integer', default: fallback, min, max }) as const;

export const ops = {
  /** CIE lightness of sRGB, as LittleCMS gives it: L * 255 / 100. */
  labL: { ...pick, nodes: () => labNodes('labL') },
  /** Green to red, a + 128. */
  labA: { ...pick, nodes: () => labNodes('labA') },
  /** Blue to yellow, b + 128. */
  labB: { ...pick, nodes: () => labNodes('labB') },
  /** The red byte. */
  red: pick,
  /** The green byte. */
  green: pick,
  /** The blue byte. */
  blue: pick,
  /** The alpha byte; 255 where a picture has none. */
  alpha: pick,
  /** JPEG's luma. */
  yuvY: pick,
  /** JPEG's blue difference, Cb. */
  yuvU: pick,
  /** JPEG's red difference, Cr. */
  yuvV: pick,
  /** Hue: 255 is a full turn. */
  hsvH: pick,
  /** Saturation. */
  hsvS: pick,
  /** Value: the largest of red, green and blue. */
  hsvV: pick,
  /** Pillow's gray: (19595 R + 38470 G + 7471 B + 32768) >> 16. */
  luma: pick,

  /** One stored channel of a float picture. */
  plane: { kind: 'pick', of: 'float32', params: { index: whole(0, 0, 3) } },
  /** 255 (or 1) where a pixel has exactly this colour; `color` is packed, red lowest. */
  match: { kind: 'pick', of: 'uint8', many: true, params: { color: whole(0, 0, 0xffffffff) } },
  /** 1 where a pixel of floats has exactly these values in all its channels. */
  matchFloat: {
    kind: 'pick',
    of: 'float32',
    params: {
      red: { type: 'number', default: 0, min: -Infinity, max: Infinity },
      green: { type: 'number', default: 0, min: -Infinity, max: Infinity },
      blue: { type: 'number', default: 0, min: -Infinity, max: Infinity },
      alpha: { type: 'number', default: 0, min: -Infinity, max: Infinity },
    },
  },
  /** 1 where a pixel, clamped to 0..1 and rounded to bytes, is this colour (0xRRGGBB). */
  colorMask: { kind: 'pick', on: 'image', of: 'float32', params: { color: whole(0, 0, 0xffffff) } },

  /** What was selected is not, and the other way round: 255 - v, or 1 - x. */
  invert: { kind: 'table', on: 'mask', of: 'uint8', floats: 'map', params: none, table: tables.invert },
  /** Stretch from the first to the last value that more than 0.05 % of a picture's pixels have. */
  normalize: {
    kind: 'table',
    on: 'mask',
    of: 'uint8',
    params: none,
    counts: true,
    table: (_: object, counts: Uint32Array) => tables.normalize(counts),
  },
  /** Black point, white point and gamma; crossed points swap, equal points give 128 everywhere. */
  levels: {
    kind: 'table',
    on: 'mask',
    of: 'uint8',
    params: {
      /** What becomes black. */
      black: whole(0, 0, 255),
      /** What becomes white. */
      white: whole(255, 0, 255),
      /** Gamma: above 1 brightens the middle. */
      gray: { type: 'number', default: 1, min: 0.01, max: 9.99, step: 0.01 },
    },
    table: tables.levels,
  },
  /** White above the value, black at and below it. */
  threshold: {
    kind: 'table',
    on: 'mask',
    of: 'uint8',
    floats: 'map',
    params: {
      /** The limit, 0..1. */
      value: { type: 'number', default: 0.5, min: 0, max: 1, step: 0.01 },
    },
    table: tables.threshold,
  },
  /** Bytes as the floats they mean: v / 255. */
  floats: { kind: 'cast', of: 'uint8', params: none },
  /** Floats as bytes by truncation, as the nodes do: clamped, NaN is 0. */
  bytes: { kind: 'cast', of: 'float32', params: none },
  /** Values below 0 become 0, above 1 become 1. */
  clamp: { kind: 'map', on: 'mask', of: 'float32', params: none },

  /** Keep this mask as far as the other lets it through: Pillow's paste onto black, or a * b. */
  multiply: join,
  /** The sum; bytes stop at 255. */
  add: join,
  /** This mask less the other; bytes stop at 0. */
  subtract: join,
  /** The larger of the two: union of soft masks. */
  max: join,
  /** The smaller of the two: intersection of soft masks. */
  min: join,
  /** How far the two are apart. */
  difference: join,
  /** Half way between the two; bytes are rounded down. */
  average: join,
  /** White where both round to 1. */
  and: join,
  /** White where either rounds to 1. */
  or: join,
  /** White where exactly one rounds to 1. */
  xor: join,

  /** The picture without its alpha. */
  rgb: { kind: 'pack', on: 'image', of: 'any', gives: 3, params: none },
  /** A gray picture: the value three times. */
  toImage: { kind: 'pack', on: 'mask', of: 'any', gives: 3, params: none },
  /** The picture with this mask as its alpha; red, green and blue stay as they are. */
  withAlpha: { kind: 'pack', on: 'image', of: 'any', with: 'mask', gives: 4, params: none },

  /** Pictures `from`, `from + 1`, … of a batch; beyond the end the last again, or round to the first. */
  take: {
    kind: 'gather',
    of: 'any',
    params: {
      from: whole(0, 0, SIDE),
      count: whole(1, 1, SIDE),
      beyond: { type: 'choice', default: 'last', options: ['last', 'cycle'] },
    },
  },
  /** The pictures of a batch one below another, as one. */
  column: { kind: 'gather', on: 'mask', of: 'any', params: none },
  /** A rectangle of the mask, cut at its edges. */
  crop: {
    kind: 'gather',
    on: 'mask',
    of: 'any',
    params: {
      /** Columns left out on the left. */
      x: whole(0, 0, SIDE),
      /** Rows left out at the top. */
      y: whole(0, 0, SIDE),
      width: whole(512, 1, SIDE),
      height: whole(512, 1, SIDE),
    },
  },
  /** The mask with another laid over it at x, y; what hangs over the edge is cut. */
  place: {
    kind: 'gather',
    on: 'mask',
    of: 'any',
    with: 'mask',
    params: { x: whole(0, 0, SIDE), y: whole(0, 0, SIDE) },
  },
  /** Fade towards the edges of the picture over so many columns and rows. */
  feather: {
    kind: 'gather',
    on: 'mask',
    of: 'float32',
    params: {
      left: whole(0, 0, SIDE),
      top: whole(0, 0, SIDE),
      right: whole(0, 0, SIDE),
      bottom: whole(0, 0, SIDE),
      /** `comfy-2025` begins the right and bottom ramps in the first column and row, as that version did. */
      compat: { type: 'choice', default: 'comfy-2026', options: ['comfy-2026', 'comfy-2025'] },
    },
  },
  /** Grow (or, below 0, shrink) the light parts by so many pixels. */
  grow: {
    kind: 'gather',
    on: 'mask',
    of: 'both',
    params: {
      expand: whole(0, -16384, 16384),
      /** A diamond rather than a square. */
      tapered: { type: 'boolean', default: true },
    },
  },
  /** Another size, bilinear with half-pixel centres. */
  resize: {
    kind: 'gather',
    on: 'mask',
    of: 'float32',
    params: { width: whole(512, 1, SIDE), height: whole(512, 1, SIDE) },
  },
  /** One value everywhere. */
  solid: {
    kind: 'gather',
    of: 'float32',
    params: { value: { type: 'number', default: 1, min: 0, max: 1, step: 0.01 } },
  },
} as const satisfies Record<string, Row>;

export type Ops = typeof ops;
export type OpName = keyof Ops;
/** The row, seen without its own literal types. */
export const rowOf = (name: OpName): Row => ops[name];
