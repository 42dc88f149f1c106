// BiRefNet's pack: removes the background's colours from the soft edge of a masked picture.
import { refusal } from '../../../base/errors.js';
import { boolean, image, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { cvBlur, type Doubles } from '../lib/cvBlur.js';
import { bytesOf, floatsOf } from '../lib/each.js';
import { empty, fitting, imageOfFloats } from '../lib/pictures.js';
import { picturesOf } from '../lib/pillow.js';

const f = Math.fround;
/** The sizes that the original uses. It ignores its widgets. */
const SIDES = [90, 6] as const;

const mixed = (one: Doubles, make: (v: number, at: number) => number): Doubles => ({
  ...one,
  data: one.data.map(make),
});

/** Photoroom's estimate: the foreground, from blurred foreground and background, and that blurred background. */
function estimated(image: Doubles, front: Doubles, back: Doubles, alpha: Doubles, side: number) {
  const share = (at: number): number => alpha.data[Math.floor(at / 3)];
  const soft = cvBlur(alpha, side);
  const near = mixed(
    cvBlur(
      mixed(front, (v, at) => v * share(at)),
      side,
    ),
    (v, at) => v / (soft.data[Math.floor(at / 3)] + 1e-5),
  );
  const far = mixed(
    cvBlur(
      mixed(back, (v, at) => v * (1 - share(at))),
      side,
    ),
    (v, at) => v / (1 - soft.data[Math.floor(at / 3)] + 1e-5),
  );
  const made = mixed(near, (v, at) => {
    const a = share(at);
    return Math.min(Math.max(v + a * (image.data[at] - a * v - (1 - a) * far.data[at]), 0), 1);
  });
  return { made, far };
}

export const nodes = {
  BlurFusionForegroundEstimation: node({
    title: 'BlurFusionForegroundEstimation',
    category: 'rembg/BiRefNet',
    module: 'custom_nodes.ComfyUI_BiRefNet_ll',
    about:
      'The colours of the foreground as estimated twice, from means over squares of 90 and 6, in bytes; the mask as their alpha, or a colour behind them.',
    quirk:
      'blur_size and blur_size_two change nothing, as in the original. Masks of another size or number, and pictures of other than 3 channels, are refused; the original fails.',
    inputs: {
      images: image,
      masks: mask,
      blur_size: int({ default: 90, min: 1, max: 255 }),
      blur_size_two: int({ default: 6, min: 1, max: 255 }),
      fill_color: boolean(false),
      color: int({ default: 0, min: 0, max: 0xffffff }),
    },
    outputs: [
      ['IMAGE', 'image'],
      ['MASK', 'mask'],
    ],
    async run({ images, masks, fill_color, color }, call) {
      const [batch, height, width, channels] = images.shape;
      if (channels !== 3) throw refusal(call.node, 'images', 'of 3 channels', `shape [${images.shape}]`, 'bad-shape');
      if (!fitting(images, masks) || masks.shape[0] !== batch) {
        const expected = `${batch} of ${width} x ${height}, like the images`;
        throw refusal(call.node, 'masks', expected, `shape [${masks.shape}]`, 'bad-shape');
      }
      const pictures = await picturesOf(call.node, 'images', images, call);
      const [alphas, shares] = await Promise.all([bytesOf(masks.as('uint8'), call), floatsOf(masks, call)]);
      const made = empty([batch, height, width, fill_color ? 3 : 4]);
      const behind = [color >> 16, (color >> 8) & 255, color & 255].map((v) => f(v / 255));
      for (const [b, picture] of pictures.entries()) {
        call.signal?.throwIfAborted();
        const size = { width, height };
        const own = { ...size, channels: 3, data: Float64Array.from(picture.data, (v) => v / 255) };
        const alpha = { ...size, channels: 1, data: Float64Array.from(alphas[b].data, (v) => v / 255) };
        const first = estimated(own, own, own, alpha, SIDES[0]);
        const front = estimated(own, first.made, first.far, alpha, SIDES[1]).made.data;
        for (let at = 0; at < width * height; at++) {
          const to = (b * width * height + at) * made.shape[3];
          const share = shares[b].data[at];
          for (let c = 0; c < 3; c++) {
            const value = f(Math.trunc(front[at * 3 + c] * 255) / 255);
            made.data[to + c] = fill_color ? f(value * share) + f(behind[c] * f(1 - share)) : value;
          }
          if (!fill_color) made.data[to + 3] = share;
        }
      }
      return [imageOfFloats(call.device, made), masks];
    },
  }),
};
