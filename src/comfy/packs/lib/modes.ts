// Photoshop's blend modes on floats, background first: those of the blend_modes library, and those that LayerStyle
// adds.
import { halfEven } from './scale.js';

type Mode = (background: number, layer: number, opacity: number) => number;
const clamp = (x: number): number => Math.min(Math.max(x, 0), 1);

/** Mixed with the background as comp * opacity + background * (1 - opacity). */
const library = {
  normal: (_, b) => b,
  darken: Math.min,
  multiply: (a, b) => b * a,
  lighten: Math.max,
  screen: (a, b) => 1 - (1 - a) * (1 - b),
  'linear dodge(add)': (a, b) => a + b,
  dodge: (a, b) => Math.min(a / (1 - b), 1),
  overlay: (a, b) => (a < 0.5 ? 2 * a * b : 1 - 2 * (1 - a) * (1 - b)),
  'soft light': (a, b) => (1 - a) * a * b + a * (1 - (1 - a) * (1 - b)),
  'hard light': (a, b) => (b > 0.5 ? Math.min(1 - (1 - a) * (1 - (b - 0.5) * 2), 1) : Math.min(a * (b * 2), 1)),
  difference: (a, b) => Math.abs(a - b),
  divide: (a, b) => Math.min(((256 / 255) * a) / (1 / 255 + b), 1),
  'grain extract': (a, b) => clamp(a - b + 0.5),
  'grain merge': (a, b) => clamp(a + b - 0.5),
} satisfies Record<string, (a: number, b: number) => number>;

const linearLight = (a: number, b: number): number => a + 2 * b - 1;
const mixed = (a: number, blend: number, opacity: number): number => clamp((1 - opacity) * a + opacity * blend);

/** Mixed as (1 - opacity) * background + opacity * blend. */
const added = {
  'color burn': (a, b) => clamp(1 - (1 - a) / b),
  'linear burn': (a, b) => a + b - 1,
  'color dodge': (a, b) => clamp(a / (1 - b)),
  'vivid light': (a, b) => clamp(b <= 0.5 ? a / (1 - 2 * b) : 1 - (1 - a) / (2 * b - 0.5)),
  'linear light': linearLight,
  'pin light': (a, b) => (b <= 0.5 ? Math.min(a, 2 * b) : Math.max(a, 2 * (b - 0.5))),
  'hard mix': (a, b, opacity) => halfEven((mixed(a, linearLight(a, b), opacity) * 255) / 255),
  exclusion: (a, b) => a + b - 2 * a * b,
  subtract: (a, b) => a - b,
} satisfies Record<string, Mode>;

export type Named = keyof typeof library | keyof typeof added;
const isLibrary = (mode: Named): mode is keyof typeof library => Object.hasOwn(library, mode);

/**
 * Blends a byte of the background with one of the layer, truncated to a byte; NaN is 0. `alpha` is the background's.
 * The library's modes weaken a layer where alpha is below 1; LayerStyle's ignore it.
 */
export function modeOf(mode: Named, opacity: number): (background: number, layer: number, alpha?: number) => number {
  const byte = (x: number): number => (Number.isNaN(x) ? 0 : Math.trunc(x * 255));
  if (isLibrary(mode)) {
    const own = library[mode];
    if (mode === 'normal') {
      return (a, b, alpha = 1) => {
        const rest = alpha * (1 - opacity);
        return byte(((b / 255) * opacity + (a / 255) * alpha * (1 - opacity)) / (opacity + rest));
      };
    }
    return (a, b, alpha = 1) => {
      const part = alpha * opacity;
      const ratio = part / (alpha + (1 - alpha) * part) || 0;
      return byte(clamp(own(a / 255, b / 255) * ratio + (a / 255) * (1 - ratio)));
    };
  }
  const own: Mode = added[mode];
  return (a, b) => byte(mixed(a / 255, own(a / 255, b / 255, opacity), opacity));
}

/** Mixes the background with the darker or lighter colour, which the caller has chosen. */
export const mixedByte = (background: number, chosen: number, opacity: number): number =>
  Math.trunc(mixed(background / 255, chosen / 255, opacity) * 255);
