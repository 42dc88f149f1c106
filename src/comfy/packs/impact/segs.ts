// Impact: turns the regions of a mask into SEGS.
import { boolean, float, int, MAX, mask } from '../../inputs.js';
import { node } from '../../node.js';
import type { Box, Seg } from '../../sockets.js';
import { type Around, batchOf, floatsOf, type Plane } from '../lib/each.js';
import { boundsOf } from '../lib/label.js';
import { outlined } from '../lib/outline.js';
import { cropRegion, impact, wrapped } from './common.js';

interface Ways {
  readonly crop_factor: number;
  readonly bbox_fill: boolean;
  readonly drop_size: number;
  readonly contour_fill: boolean;
}

export const segments = {
  MaskToSEGS: node({
    ...impact,
    title: 'MASK to SEGS',
    about:
      "A region for each outermost contour of each mask's bytes (OpenCV's findContours), last in reading order first, larger than drop_size both ways; " +
      'its mask, or with contour_fill the whole contour filled; combined: one region around all that is not 0. crop_region is crop_factor times the box, ' +
      'moved into the picture. bbox_fill makes the box 1.',
    quirk:
      'With combined the box lacks its last column and row, and bbox_fill fills it at its place in the picture within the region: as there.',
    inputs: {
      mask,
      combined: boolean(false),
      crop_factor: float({ default: 3, min: 1, max: 100, step: 0.1 }),
      bbox_fill: boolean(false),
      drop_size: int({ default: 10, min: 1, max: MAX }),
      contour_fill: boolean(false),
    },
    outputs: [['SEGS', 'SEGS']],
    async run({ mask, combined, ...ways }, call) {
      const [floats, bytes] = await Promise.all([floatsOf(mask, call), wrapped(mask, call)]);
      const segs = floats.flatMap((plane, b) =>
        combined ? whole(plane, ways, call) : parts(plane, bytes[b], ways, call),
      );
      return [{ size: [mask.shape[1], mask.shape[2]] as const, segs }];
    },
  }),
};

function whole(plane: Plane<Float32Array>, { crop_factor, bbox_fill }: Ways, call: Around): Seg[] {
  const bounds = boundsOf(plane, (at) => plane.data[at] !== 0);
  if (!bounds) return [];
  const bbox: Box = [bounds[0], bounds[1], bounds[2] - 1, bounds[3] - 1];
  const region = cropRegion(plane.width, plane.height, bbox, crop_factor);
  if (region[2] <= region[0] || region[3] <= region[1]) return [];
  const own = cut(region, (x, y) => plane.data[y * plane.width + x]);
  if (bbox_fill) fill(own, bbox);
  return [seg(own, region, bbox, call)];
}

function parts(plane: Plane<Float32Array>, bytes: Plane<Uint8Array>, ways: Ways, call: Around): Seg[] {
  const { width, height, data } = plane;
  return outlined(bytes)
    .reverse()
    .flatMap(({ box, inside }) => {
      const [left, top, right, bottom] = box;
      if (right - left <= ways.drop_size || bottom - top <= ways.drop_size) return [];
      const region = cropRegion(width, height, box, ways.crop_factor);
      const value = (at: number): number => (ways.contour_fill ? 1 : Math.min(Math.max(data[at], 0), 1));
      const own = cut(region, (x, y) => (inside(x, y) ? value(y * width + x) : 0));
      if (ways.bbox_fill) fill(own, [left - region[0], top - region[1], right - region[0], bottom - region[1]]);
      return [seg(own, region, box, call)];
    });
}

const seg = (own: Plane, crop_region: Box, bbox: Box, call: Around): Seg => ({
  label: 'A',
  confidence: 1,
  crop_region,
  bbox,
  mask: batchOf(call, [own]),
});

function cut([left, top, right, bottom]: Box, value: (x: number, y: number) => number): Plane<Float32Array> {
  const [width, height] = [right - left, bottom - top];
  const data = Float32Array.from({ length: width * height }, (_, at) =>
    value(left + (at % width), top + Math.floor(at / width)),
  );
  return { data, width, height };
}

/** Fills a rectangle with 1 as far as it is inside. */
function fill({ data, width, height }: Plane<Float32Array>, [left, top, right, bottom]: Box): void {
  for (let y = top; y < Math.min(bottom, height); y++) {
    if (left < width) data.fill(1, y * width + left, y * width + Math.min(right, width));
  }
}
