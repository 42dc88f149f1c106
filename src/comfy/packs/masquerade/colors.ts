// Hue, saturation, and value or lightness, all in 0..1, in torch's float32 steps.
import type { Floats } from '../lib/pictures.js';
import { each } from './channels.js';

export const SPACES = ['RGB', 'HSV', 'HSL'] as const;
type Space = (typeof SPACES)[number];
type Color = readonly [number, number, number];

const f = Math.fround;
const modulo = (x: number, n: number): number => f(x - Math.floor(x / n) * n);

function rgbToHsv([r, g, b]: Color): Color {
  const value = Math.max(r, g, b);
  const chroma = f(value - Math.min(r, g, b));
  if (chroma === 0) return [0, 0, value];
  const sixth = f(1 / 6);
  const turned =
    value === r
      ? modulo(f(f(g - b) / chroma), 6)
      : value === g
        ? f(f(f(b - r) / chroma) + 2)
        : f(f(f(r - g) / chroma) + 4);
  return [f(sixth * turned), f(chroma / value), value];
}

function hsvToRgb([hue, s, v]: Color): Color {
  const h = f(modulo(hue, 1) * 6);
  const chroma = f(v * s);
  const x = f(chroma * f(1 - Math.abs(f(modulo(h, 2) - 1))));
  const sextants: readonly Color[] = [
    [chroma, x, 0],
    [x, chroma, 0],
    [0, chroma, x],
    [0, x, chroma],
    [x, 0, chroma],
    [chroma, 0, x],
  ];
  const [r, g, b] = sextants[Math.trunc(h)] ?? [0, 0, 0];
  const rest = f(v - chroma);
  return [f(r + rest), f(g + rest), f(b + rest)];
}

function hsvToHsl([h, s, v]: Color): Color {
  const l = f(v * f(1 - f(s / 2)));
  return [h, l === 0 || l === 1 ? 0 : f(f(v - l) / Math.min(l, f(1 - l))), l];
}

function hslToHsv([h, s, l]: Color): Color {
  const v = f(l + f(s * Math.min(l, f(1 - l))));
  return [h, v === 0 ? 0 : f(2 * f(1 - f(l / v))), v];
}

export function converted(picture: Floats, from: Space, to: Space): Floats {
  return each(picture, 3, (data, at, made, place) => {
    const given: Color = [data[at], data[at + 1], data[at + 2]];
    const hsv = from === 'RGB' ? rgbToHsv(given) : from === 'HSL' ? hslToHsv(given) : given;
    made.set(to === 'HSV' ? hsv : to === 'RGB' ? hsvToRgb(hsv) : hsvToHsl(hsv), place);
  });
}
