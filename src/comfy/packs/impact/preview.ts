// Impact: shows the regions of SEGS, each cut out.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, type ImageBatch } from '../../../index.js';
import { List } from '../../evaluate.js';
import { boolean, float, image, optional, segs } from '../../inputs.js';
import { node } from '../../node.js';
import type { Seg } from '../../sockets.js';
import { floatsOf, type Named, type Plane } from '../lib/each.js';
import { resized } from '../lib/filters.js';
import { floatsOfImage, imageOfFloats } from '../lib/pictures.js';
import { gray, imageOf, picturesOf, rgba } from '../lib/pillow.js';
import { maskOf, util } from './common.js';
import { matched } from './matched.js';

const f = Math.fround;

/** A region's mask for its picture `i`. If the region has no pictures, each of its masks belongs to one. */
async function maskFor(seg: Seg, i: number, count: number, call: Named): Promise<Plane<Float32Array>> {
  const masks = seg.mask.shape[0];
  if (seg.image || masks === 1 || masks === count) return maskOf(seg, i, count, call);
  if (i < masks) return (await floatsOf(seg.mask, call))[i];
  throw refusal(call.node, 'segs', `${count} masks, as many as pictures`, masks, 'bad-shape');
}

/** The picture times a mask of its size. */
async function through(picture: ImageBatch, mask: Plane<Float32Array>, call: Named): Promise<ImageBatch> {
  const { data, shape } = await floatsOfImage(picture, call);
  if (shape[1] !== mask.height || shape[2] !== mask.width) {
    const expected = `with pictures of ${mask.width} x ${mask.height}, like their masks`;
    throw refusal(call.node, 'segs', expected, `${shape[2]} x ${shape[1]}`, 'bad-shape');
  }
  return imageOfFloats(call.device, {
    data: Float32Array.from(data, (x, at) => x * mask.data[Math.floor(at / shape[3])]),
    shape,
  });
}

export const nodes = {
  SEGSPreview: node({
    ...util,
    title: 'SEGSPreview',
    about:
      'Each region cut out of its picture or of the one given, shown with its mask as alpha, of min_alpha at least; and as a list, times the mask.',
    quirk:
      'Without pictures the list is empty, where the original gives nothing. No file is written: runWorkflow gives the pictures as bytes, and the caller ' +
      'decides where they go.',
    inputs: {
      segs,
      alpha_mode: boolean(true),
      min_alpha: float({ default: 0.2, min: 0, max: 1, step: 0.01 }),
      fallback_image_opt: optional(image),
    },
    outputs: [['IMAGE', 'IMAGE', 'list']],
    ends: true,
    async run({ segs, alpha_mode, min_alpha, fallback_image_opt: other }, call) {
      const fit = other ? await matched(segs, other.shape[1], other.shape[2], call) : segs.segs;
      const [made, shown]: [ImageBatch[], ImageBatch[]] = [[], []];
      const count = fit[0]?.image?.shape[0] ?? other?.shape[0] ?? 0;
      const least = Math.trunc(255 * min_alpha);
      for (const seg of fit) {
        const [left, top, right, bottom] = seg.crop_region;
        const place = { x: left, y: top, width: right - left, height: bottom - top };
        const source = seg.image ?? other?.crop(place);
        if (!source) continue;
        const own: ImageBatch[] = [];
        for (let i = 0; i < count; i++) {
          if (i >= source.shape[0]) {
            throw refusal(
              call.node,
              'segs',
              `with ${count} pictures each, like the first`,
              source.shape[0],
              'bad-shape',
            );
          }
          const picture = source.at(i);
          if (!alpha_mode) {
            own.push(picture);
            shown.push(picture.as('uint8'));
            continue;
          }
          const mask = await maskFor(seg, i, count, call);
          const [bytes] = await picturesOf(call.node, 'segs', picture, call);
          const light = Uint8Array.from(mask.data, (x) => f(x * 255)).map((v) => Math.max(v, least));
          const alpha = await resized(call.node, gray({ ...mask, data: light }), bytes.width, bytes.height, call);
          own.push(await through(picture, mask, call));
          shown.push(imageOf(call, [rgba(bytes, alpha)]));
        }
        made.push(Image.cat(own));
      }
      return [made, new List(shown)];
    },
  }),
};
