// JakeUpgrade: brightness, contrast, saturation and the balance of channels.
import { float, image, int } from '../../inputs.js';
import { node } from '../../node.js';
import {
  blended,
  channelOf,
  filledPicture,
  imageOf,
  luma,
  mapped,
  type Picture,
  picturesOf,
  rgb,
  rgba,
} from '../lib/pillow.js';
import { jake } from './common.js';

const factor = float({ default: 1, min: 0, max: 3, step: 0.01 });
const offset = int({ default: 0, min: -255, max: 255 });

/** The mean of the gray picture, as a gray picture. */
function meanOf(picture: Picture): Picture {
  const { data, width, height } = luma(picture);
  const mean = Math.trunc(data.reduce((sum, v) => sum + v, 0) / data.length + 0.5);
  return filledPicture(width, height, [mean, mean, mean]);
}

export const nodes = {
  'Color Grading JK': node({
    ...jake(
      'Color Grading JK',
      '🛩️ Image',
      "In bytes: Pillow's brightness, contrast and colour, one after another, each so many times; then so much more of red, green and blue. Alpha stays.",
    ),
    inputs: { image, brightness: factor, contrast: factor, saturation: factor, R: offset, G: offset, B: offset },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image, brightness, contrast, saturation, R, G, B }, call) {
      const made = (await picturesOf(call.node, 'image', image, call)).map((picture) => {
        let own = rgb(picture);
        const { width, height } = own;
        if (brightness !== 1) own = blended(filledPicture(width, height, [0, 0, 0]), own, brightness);
        if (contrast !== 1) own = blended(meanOf(own), own, contrast);
        if (saturation !== 1) own = blended(rgb(luma(own)), own, saturation);
        const more = [R, G, B];
        own = mapped(own, (v, at) => Math.min(Math.max(v + more[at % 3], 0), 255));
        return picture.channels === 4 ? rgba(own, channelOf(picture, 3)) : own;
      });
      return [imageOf(call, made)];
    },
  }),
};
