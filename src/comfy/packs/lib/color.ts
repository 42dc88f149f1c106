// Parses colours as Pillow's ImageColor and the packs do.
import { refusal } from '../../../base/errors.js';

/** #rgb or #rrggbb as bytes. */
export function hexColor(node: string, input: string, value: string): [red: number, green: number, blue: number] {
  if (!/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(value)) throw refusal(node, input, 'a colour, #rgb or #rrggbb', value);
  const digits = value.length === 4 ? [...value.slice(1)].map((one) => one + one).join('') : value.slice(1);
  const number = Number.parseInt(digits, 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}
