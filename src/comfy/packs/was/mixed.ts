// WAS: Image.composite, the last step of its blends.
import { halfEven } from '../lib/numbers.js';
import { filledPicture, mapped, type Picture, paste } from '../lib/pillow.js';

/**
 * Image.composite: the first where the mask is white, the second where it is black. As large as the second, aligned
 * top left.
 */
export function composite(first: Picture, second: Picture, mask: Picture): Picture {
  const made = mapped(second, (v) => v);
  paste(made, first, 0, 0, mask);
  return made;
}

/** Mixes in the second by `part` 255ths. */
export const mixed = (first: Picture, second: Picture, part: number): Picture =>
  composite(first, second, filledPicture(first.width, first.height, [255 - halfEven(part * 255)]));
