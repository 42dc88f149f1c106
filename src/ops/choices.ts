// What parameters of rows may choose from. What the choices mean is in figures/, which loads when a row is first run.

export const AUTO = ['otsu', 'triangle', 'li', 'yen', 'isodata', 'mean'] as const;
export type Auto = (typeof AUTO)[number];

export const FILTERS = ['nearest', 'box', 'bilinear', 'hamming', 'bicubic', 'lanczos'] as const;
export type Filter = (typeof FILTERS)[number];

export const MODES = ['nearest', 'nearest-exact', 'bilinear', 'bicubic', 'area'] as const;
export type Mode = (typeof MODES)[number];

export const METRICS = ['rgb', 'lab', 'box'] as const;
export type Metric = (typeof METRICS)[number];
export type Selecting = {
  /** 0xBBGGRR each, with spaces between; without any, the colour of the pixel at x, y is meant. */
  readonly colors: string;
  readonly x: number;
  readonly y: number;
  readonly tolerance: number;
  readonly softness: number;
  readonly metric: Metric;
};

export const SHAPES = ['diamond', 'square', 'disk'] as const;
export type Growth = {
  readonly expand: number;
  readonly shape: (typeof SHAPES)[number];
};
