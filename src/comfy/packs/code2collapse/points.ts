// Code2Collapse: a mask from the points and boxes of its editor, and both in the forms that other nodes take.
import { isPlain } from '../../../base/params.js';
import { boolean, float, image, int, MAX, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import type { Box } from '../../sockets.js';
import { batchOf, floatsOf } from '../lib/each.js';
import { spaced } from '../lib/json.js';
import { halfEven } from '../lib/numbers.js';

const f = Math.fround;
const side = int({ default: 512, min: 1, max: MAX });
const truncated = (value: unknown): number => Math.trunc(Number(value));

interface Drawn {
  readonly points: readonly Readonly<Record<string, unknown>>[];
  readonly boxes: readonly { readonly box: Box; readonly adds: boolean }[];
}

/** Parses what the editor writes. Anything else counts as an empty drawing. */
function drawnIn(text: string): Drawn {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    data = {};
  }
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const [points, boxes]: [unknown[], unknown[]] = Array.isArray(data)
    ? [data, []]
    : isPlain(data)
      ? [list(data.points), list(data.bboxes)]
      : [[], []];
  return {
    points: points.filter(isPlain),
    boxes: boxes
      .filter((one): one is unknown[] => Array.isArray(one) && one.length >= 4)
      .map((one) => ({
        box: [truncated(one[0]), truncated(one[1]), truncated(one[2]), truncated(one[3])],
        adds: one.length < 5 || truncated(one[4]) === 1,
      })),
  };
}

const numberOf = (value: unknown, fallback: number): number => (value === undefined ? fallback : Number(value));
const isAdded = (point: Readonly<Record<string, unknown>>): boolean => truncated(point.label ?? 1) === 1;

/** Numbers as Python writes floats. */
const pointText = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));
function placeText(point: Readonly<Record<string, unknown>>): string {
  const at = (name: string): string => pointText(halfEven(numberOf(point[name], 0) * 100) / 100);
  return `{"x": ${at('x')}, "y": ${at('y')}}`;
}

export const nodes = {
  PointsMaskEditor: node({
    title: 'Points Mask Editor',
    category: 'C2C/Editor',
    module: 'custom_nodes.ComfyUI-CustomNodePacks',
    about:
      'Points and boxes of the editor on a mask: soft or hard circles and rectangles that are added, or taken away. And the points and boxes as texts and boxes.',
    quirk:
      'A box that there is not comes as nothing. A whole number that the editor wrote with a point is written without one. Its boxes are left, top, right and bottom, but for the last.',
    inputs: {
      ...{ width: side, height: side },
      editor_data: { ...string('{"points":[],"bboxes":[]}'), multiline: true },
      default_radius: float({ default: 3, min: 0.5, max: 256, step: 0.5 }),
      softness: float({ default: 1, min: 0, max: 10, step: 0.1 }),
      normalize: boolean(true),
      ...{ reference_image: optional(image), existing_mask: optional(mask) },
    },
    outputs: [
      ['MASK', 'mask'],
      ['STRING', 'positive_coords'],
      ['STRING', 'negative_coords'],
      ['BBOX', 'bboxes'],
      ['BBOX', 'neg_bboxes'],
      ['STRING', 'points_json'],
      ['STRING', 'bbox_json'],
      ['BBOX', 'primary_bbox'],
    ],
    async run(given, call) {
      const { editor_data, default_radius, softness, normalize, reference_image, existing_mask } = given;
      const [, height, width] = reference_image?.shape ?? [1, given.height, given.width];
      const { points, boxes } = drawnIn(editor_data);
      const fits = existing_mask?.shape[1] === height && existing_mask.shape[2] === width;
      const under = fits ? existing_mask : existing_mask?.as('float32').interpolate({ width, height });
      const planes = under
        ? (await floatsOf(under, call)).map((plane) => ({ ...plane, data: Float32Array.from(plane.data) }))
        : [{ data: new Float32Array(width * height), width, height }];
      // the original draws on the first mask only
      const [{ data }] = planes;
      for (const point of points) {
        const [x, y] = [f(numberOf(point.x, 0)), f(numberOf(point.y, 0))];
        stroke(circle(x, y, numberOf(point.radius, default_radius)), isAdded(point));
      }
      for (const wanted of [true, false]) {
        for (const { box, adds } of boxes) if (adds === wanted) stroke(rectangle(box), adds);
      }
      const made = normalize
        ? planes.map((one) => ({ ...one, data: one.data.map((v) => Math.min(Math.max(v, 0), 1)) }))
        : planes;
      const [added, taken] = [true, false].map((wanted) =>
        boxes.filter(({ adds }) => adds === wanted).map(({ box }) => box),
      );
      const texts = [true, false].map((wanted) => points.filter((one) => isAdded(one) === wanted).map(placeText));
      const [first] = added;
      return [
        batchOf(call, made),
        ...texts.map((all) => `[${all.join(', ')}]`),
        added.length ? added : undefined,
        taken.length ? taken : undefined,
        spaced(points),
        spaced(first ?? []),
        first ? [first[0], first[1], first[2] - first[0], first[3] - first[1]] : undefined,
      ];

      function stroke(brush: ((x: number, y: number) => number) | undefined, adds: boolean): void {
        if (!brush) return;
        for (let at = 0; at < data.length; at++) {
          const value = brush(at % width, Math.floor(at / width));
          data[at] = adds ? Math.max(data[at], value) : data[at] * f(1 - value);
        }
      }

      function circle(x: number, y: number, radius: number) {
        const sigma = Math.max(radius * softness, 1e-6);
        return (column: number, row: number): number => {
          const away = f(f(f(column - x) ** 2) + f(f(row - y) ** 2));
          if (softness <= 0) return Number(away <= f(radius ** 2));
          return away > f((3 * sigma) ** 2) ? 0 : f(Math.exp(f(-away / f(2 * sigma ** 2))));
        };
      }

      function rectangle(box: Box) {
        const inside = (at: number, length: number): number => Math.max(0, Math.min(at, length));
        const [left, top] = [inside(box[0], width), inside(box[1], height)];
        const [right, bottom] = [inside(box[2], width), inside(box[3], height)];
        if (right <= left || bottom <= top) return undefined;
        const sigma = softness * 3;
        return (column: number, row: number): number => {
          const across = Math.max(column - (right - 1), left - column, 0);
          const down = Math.max(row - (bottom - 1), top - row, 0);
          if (across === 0 && down === 0) return 1;
          if (sigma <= 0) return 0;
          const away = f(Math.sqrt(across ** 2 + down ** 2));
          return f(Math.exp(f(-f(away * away) / f(2 * sigma ** 2))));
        };
      }
    },
  }),
};
