// Pillow's mode HSV: RGB to bytes of hue, saturation and value and back, with Pillow's own float steps.
import { mapped, type Picture } from './pillow.js';
import { modulo } from './values.js';

const f = Math.fround;
const byte = (x: number): number => Math.min(Math.max(Math.trunc(x), 0), 255);
/** C's round: halves away from 0. */
const rounded = (x: number): number => Math.floor(x + 0.5);

type Color = readonly [number, number, number];

/** Red, green and blue for this sixth of the colour circle; v is the value, p, q and t are HSV's usual terms. */
export function sextant(sixth: number, v: number, p: number, q: number, t: number): Color {
  const all: readonly Color[] = [
    [v, t, p],
    [q, v, p],
    [p, v, t],
    [p, q, v],
    [t, p, v],
    [v, p, q],
  ];
  return all[modulo(sixth, 6)];
}

function hsvOf([r, g, b]: Color): Color {
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  if (most === least) return [0, 0, most];
  const range = f(most - least);
  const [red, green, blue] = [r, g, b].map((v) => f((most - v) / range));
  const turn = r === most ? f(blue - green) : g === most ? f(2 + red - blue) : f(4 + green - red);
  const hue = f((turn / 6 + 1) % 1);
  return [byte(hue * 255), byte(f(range / most) * 255), most];
}

function rgbOf([h, s, v]: Color): Color {
  if (s === 0) return [v, v, v];
  const turn = f(h * 6) / 255;
  const sixth = Math.floor(turn);
  const part = f(turn - f(sixth));
  const share = f(s / 255);
  const p = rounded(v * (1 - share));
  const q = rounded(v * (1 - share * part));
  const t = rounded(v * (1 - share * (1 - part)));
  return sextant(sixth, v, byte(p), byte(q), byte(t));
}

function each(picture: Picture, make: (color: Color) => Color): Picture {
  const made = mapped(picture, () => 0);
  const { data } = picture;
  for (let i = 0; i < data.length; i += 3) made.data.set(make([data[i], data[i + 1], data[i + 2]]), i);
  return made;
}

/** convert('HSV') of a picture of three channels. */
export const toHsv = (picture: Picture): Picture => each(picture, hsvOf);

/** The inverse. */
export const fromHsv = (picture: Picture): Picture => each(picture, rgbOf);
