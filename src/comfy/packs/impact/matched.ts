// Impact: adapts SEGS to a picture of another size. As in the original, the right and lower edges both scale by the
// height.
import { refusal } from '../../../base/errors.js';
import type { Seg, Segs } from '../../sockets.js';
import type { Named } from '../lib/each.js';
import { upscaled } from '../lib/upscale.js';

/** The regions scaled to a picture of this size. */
export async function matched(
  { size, segs }: Segs,
  height: number,
  width: number,
  call: Named,
): Promise<readonly Seg[]> {
  const [high, wide] = size;
  if ((high === height && wide === width) || high === 0 || wide === 0) return segs;
  const [down, across] = [height / high, width / wide];
  const made: Seg[] = [];
  for (const seg of segs) {
    const place = ([x1, y1, x2, y2]: readonly number[]) =>
      [Math.trunc(x1 * across), Math.trunc(y1 * across), Math.trunc(x2 * down), Math.trunc(y2 * down)] as const;
    const region = place(seg.crop_region);
    const to = { width: region[2] - region[0], height: region[3] - region[1] };
    if (to.width < 1 || to.height < 1) {
      throw refusal(
        call.node,
        'segs',
        'so that regions keep a pixel in the size of the picture',
        `${to.width} x ${to.height}`,
      );
    }
    const own = seg.image && {
      image: await upscaled(seg.image, to, seg.image.shape[3] === 1 ? 'bilinear' : 'lanczos', call),
    };
    const mask = await upscaled(seg.mask, to, 'bilinear', call);
    made.push({ ...seg, ...own, crop_region: region, bbox: place(seg.bbox), mask });
  }
  return made;
}
