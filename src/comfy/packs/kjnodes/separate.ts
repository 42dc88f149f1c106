// KJNodes: splits a mask into its parts, from left to right.
import { combo, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, floatsOf, type Plane } from '../lib/each.js';
import { filledPolygon } from '../lib/fillPoly.js';
import { approximated, hullOf, type Point, perimeterOf } from '../lib/hull.js';
import { halfEven } from '../lib/numbers.js';
import { parts } from '../lib/parts.js';
import { kj } from './common.js';

const MODES = ['convex_polygons', 'area', 'box'] as const;

export const nodes = {
  SeparateMasks: node({
    ...kj,
    title: 'Separate Masks',
    about:
      'Each part joined by sides or corners that is at least so wide and so high, as a mask of its own, from left to right: itself, its box, or ' +
      'its convex hull with about so many points.',
    quirk: 'Without a part large enough, a mask of 64 x 64 zeros; the original leaves its values open.',
    inputs: {
      mask,
      size_threshold_width: int({ default: 256, min: 0, max: 4096 }),
      size_threshold_height: int({ default: 256, min: 0, max: 4096 }),
      mode: combo(MODES),
      max_poly_points: int({ default: 8, min: 3, max: 32 }),
    },
    outputs: [['MASK', 'mask']],
    async run({ mask, size_threshold_width, size_threshold_height, mode, max_poly_points }, call) {
      const made: { middle: number; plane: Plane }[] = [];
      for (const plane of await floatsOf(mask, call)) {
        const { width, height, data } = plane;
        for (const { box, pixels } of parts(plane, (at) => Math.trunc(halfEven(data[at])) !== 0)) {
          const [left, top, right, bottom] = box;
          if (right - left < size_threshold_width || bottom - top < size_threshold_height) continue;
          const own = { data: new Float32Array(data.length), width, height };
          if (mode === 'box') {
            for (let y = top; y < bottom; y++) own.data.fill(1, y * width + left, y * width + right);
          } else if (mode === 'area') {
            for (const at of pixels) own.data[at] = 1;
          } else {
            const points = pixels.map((at): Point => [at % width, Math.floor(at / width)]);
            const corners = polygon(points, max_poly_points);
            // a single point makes no polygon
            if (corners.length > 1) filledPolygon(own, corners);
          }
          made.push({ middle: (left + right - 1) / 2, plane: own });
        }
      }
      made.sort((one, other) => one.middle - other.middle);
      const all = made.map(({ plane }) => plane);
      return [batchOf(call, all.length ? all : [{ data: new Float32Array(64 * 64), width: 64, height: 64 }])];
    },
  }),
};

/** The hull with about as many points as wanted. Bisects the distance for approxPolyDP. */
function polygon(points: readonly Point[], wanted: number): readonly Point[] {
  const hull = hullOf(points);
  const around = perimeterOf(hull);
  let [least, most] = [around * 0.001, around * 0.2];
  let best = hull;
  let apart = Infinity;
  for (let i = 0; i < 20; i++) {
    const distance = (least + most) / 2;
    const made = approximated(hull, distance);
    const difference = Math.abs(made.length - wanted);
    if (difference < apart) [best, apart] = [made, difference];
    if (made.length > wanted) least = distance * 1.1;
    else if (made.length < wanted) most = distance * 0.9;
    else return made;
    if (Math.abs(most - least) < around * 0.0001) break;
  }
  return best;
}
