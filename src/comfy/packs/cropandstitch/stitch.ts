// Inpaint-CropAndStitch: puts a crop back where it was cut out.
import { refusal } from '../../../base/errors.js';
import { pausing } from '../../../base/pause.js';
import { image } from '../../inputs.js';
import { node } from '../../node.js';
import type { Filter } from '../lib/filters.js';
import { floatsOfImage } from '../lib/pictures.js';
import { type Floats, imageOf, lquesada, oneChannel, part, scaled } from './parts.js';

export const nodes = {
  InpaintStitchImproved: node({
    ...lquesada,
    title: '✂️ Inpaint Stitch (Improved)',
    about:
      'The picture scaled to where it was cut, mixed by the blurred mask with what is there, and the original part of it.',
    inputs: { stitcher: { type: 'STITCHER' }, inpainted_image: image },
    outputs: [['IMAGE', 'image']],
    async run({ stitcher, inpainted_image }, call) {
      const { stitches, downscale_algorithm, upscale_algorithm } = stitcher;
      const { signal } = call;
      const pause = signal && pausing(() => signal.throwIfAborted());
      const { data, shape } = await floatsOfImage(inpainted_image, call);
      const [count, height, width, channels] = shape;
      if (stitches.length !== 1 && stitches.length !== count) {
        throw refusal(
          call.node,
          'inpainted_image',
          `${stitches.length} pictures, as many as were cut`,
          count,
          'bad-shape',
        );
      }
      const made: Floats[] = [];
      const size = height * width * channels;
      for (let i = 0; i < count; i++) {
        const { canvas, original, cropped, mask } = stitches[Math.min(i, stitches.length - 1)];
        if (canvas.channels !== channels) {
          throw refusal(
            call.node,
            'inpainted_image',
            `of ${canvas.channels} channels`,
            `shape [${shape}]`,
            'bad-shape',
          );
        }
        const [x, y, w, h] = cropped;
        const filter = (w > width || h > height ? upscale_algorithm : downscale_algorithm) as Filter;
        const picture = { data: data.subarray(i * size, (i + 1) * size), width, height, channels };
        const over = await scaled(picture, w, h, filter, call);
        const through = await scaled(oneChannel(mask), w, h, filter, call);
        const to = { ...canvas, data: Float32Array.from(canvas.data) };
        for (let row = 0, at = 0; row < h; row++) {
          await pause?.();
          let place = ((row + y) * canvas.width + x) * channels;
          for (let column = 0; column < w; column++, at++) {
            const share = through.data[at];
            const rest = Math.fround(1 - share);
            for (let c = 0; c < channels; c++, place++) {
              to.data[place] =
                Math.fround(share * over.data[at * channels + c]) + Math.fround(rest * canvas.data[place]);
            }
          }
        }
        const [left, top, own, high] = original;
        made.push(part(to, { x: left, y: top, w: own, h: high }));
      }
      return [imageOf(call, made)];
    },
  }),
};
