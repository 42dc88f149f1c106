// Pillow's ImageEnhance for pictures of three channels, and gamma by OpenCV-style tables.
import { halfEven } from './numbers.js';
import { blended, filledPicture, luma, mapped, type Picture, rgb } from './pillow.js';

/** ImageEnhance.Brightness: mixes black and the picture. */
export const brightened = (picture: Picture, factor: number): Picture =>
  factor === 1 ? picture : blended(filledPicture(picture.width, picture.height, [0, 0, 0]), picture, factor);

/** ImageEnhance.Contrast: mixes the mean of the picture's grays and the picture. */
export function contrasted(picture: Picture, factor: number): Picture {
  if (factor === 1) return picture;
  const { data, width, height } = luma(picture);
  const mean = Math.trunc(data.reduce((sum, v) => sum + v, 0) / data.length + 0.5);
  return blended(filledPicture(width, height, [mean, mean, mean]), picture, factor);
}

/** ImageEnhance.Color: mixes the picture's grays and the picture. */
export const saturated = (picture: Picture, factor: number): Picture =>
  factor === 1 ? picture : blended(rgb(luma(picture)), picture, factor);

/** Through a table of (v / 255) ** gamma. */
export function gammaOf(picture: Picture, gamma: number): Picture {
  const table = Uint8Array.from({ length: 256 }, (_, v) => halfEven((v / 255) ** gamma * 255));
  return mapped(picture, (v) => table[v]);
}
