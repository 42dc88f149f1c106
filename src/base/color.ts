// Colours as callers write them: one notation everywhere.
import { refusal } from './errors.js';

/** Red, green and blue as bytes `[r, g, b]`, as `'#rrggbb'`, or as one number, `0xRRGGBB`. */
export type Color = string | number | readonly [red: number, green: number, blue: number];

/** The colour as 0xRRGGBB. */
export function colorOf(operation: string, name: string, given: unknown): number {
  const list: unknown[] = Array.isArray(given) ? [...given] : [];
  const [red, green, blue] = list;
  if (typeof given === 'string' && /^#[\da-f]{6}$/i.test(given)) return Number.parseInt(given.slice(1), 16);
  if (isWhole(given, 0xffffff)) return given;
  if (list.length === 3 && isWhole(red, 255) && isWhole(green, 255) && isWhole(blue, 255))
    return (red << 16) | (green << 8) | blue;
  throw refusal(operation, name, "[r, g, b] of bytes, '#rrggbb' or 0xRRGGBB", given);
}

const isWhole = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;

/** Red, green and blue of 0xRRGGBB. */
export const channelsOf = (color: number): [number, number, number] => [color >> 16, (color >> 8) & 255, color & 255];

/** `'#rrggbb'` of 0xRRGGBB. */
export const hexOf = (color: number): string => `#${color.toString(16).padStart(6, '0')}`;
