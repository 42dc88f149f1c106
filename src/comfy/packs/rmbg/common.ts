// Shared by the nodes of the RMBG pack.
import { refusal } from '../../../base/errors.js';
import { float } from '../../inputs.js';

export const rmbg = { category: '🧪AILab/🖼️IMAGE', module: 'custom_nodes.ComfyUI-RMBG' } as const;
export const part = float({ default: 1, min: 0, max: 1, step: 0.01 });

/** #rgb or #rrggbb as bytes. Further digits are ignored. */
export function colorOf(node: string, input: string, text: string): readonly number[] {
  const digits = text.trim().replace(/^#/, '');
  const six = /^[0-9a-f]{3}$/i.test(digits) ? digits.replace(/./g, '$&$&') : digits.slice(0, 6);
  if (!/^[0-9a-f]{6}$/i.test(six)) throw refusal(node, input, 'a colour, #rgb or #rrggbb', text);
  const number = Number.parseInt(six, 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}
