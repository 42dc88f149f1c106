// Blends a background's byte with a layer's byte: Pillow's ImageChops, and Photoshop's modes as LayerStyle computes
// them on floats.
import { halfEven } from './numbers.js';

type Mode = (background: number, layer: number) => number;

const clip = (v: number): number => Math.min(Math.max(v, 0), 255);
const clamp = (x: number): number => Math.min(Math.max(x, 0), 1);

/** On bytes. Pictures of different sizes are cut to their common size. */
export const chops = {
  multply: (a, b) => Math.trunc((a * b) / 255),
  screen: (a, b) => 255 - Math.trunc(((255 - a) * (255 - b)) / 255),
  add: (a, b) => clip(a + b),
  subtract: (a, b) => clip(a - b),
  difference: (a, b) => Math.abs(a - b),
  darker: Math.min,
  lighter: Math.max,
} satisfies Record<string, Mode>;

const floats = {
  color_burn: (a, b) => clamp(1 - (1 - b) / (a + 0.001)),
  color_dodge: (a, b) => Math.min(b / (1 - a + 0.001), 1),
  linear_burn: (a, b) => Math.max(a + b - 1, 0),
  linear_dodge: (a, b) => Math.min(a + b, 1),
  overlay: (a, b) => (b < 0.5 ? 2 * a * b : 1 - 2 * (1 - a) * (1 - b)),
  soft_light: (a, b) => (2 * a - 1) * (a < 0.5 ? b - b * b : Math.sqrt(b) - b) + b,
  hard_light: (a, b) => (a < 0.5 ? 2 * a * b : 1 - 2 * (1 - a) * (1 - b)),
  vivid_light: (a, b) =>
    a < 0.5 ? Math.max(1 - (1 - b) / (2 * a + 0.001), 0) : Math.min(b / (2 * (1 - a) + 0.001), 1),
  pin_light: (a, b) => (b < a * 2 - 1 ? 2 * a - 1 : b > 2 * a ? 2 * a : b),
  linear_light: (a, b) => clamp(b + a * 2 - 1),
  hard_mix: (a, b) => Number(a + b > 1),
} satisfies Record<string, Mode>;

const part = 1 / 255;

/** On bytes as floats, rounded to bytes again. Both pictures have the same size. */
const rounded = Object.fromEntries(
  Object.entries(floats).map(([name, mode]) => [name, (a, b) => clip(halfEven(mode(a * part, b * part) * 255))]),
) as Record<keyof typeof floats, Mode>;

export const onFloats: Readonly<Record<keyof typeof floats, Mode>> = rounded;
