// Code2Collapse: shapes drawn as masks, and boxes smoothed from frame to frame.
import { refusal } from '../../../base/errors.js';
import { isPlain } from '../../../base/params.js';
import { combo, float, image, int, MAX, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, floatsOf, type Plane } from '../lib/each.js';
import { filledPolygon } from '../lib/fillPoly.js';
import { spaced } from '../lib/json.js';
import { halfEven } from '../lib/numbers.js';
import { numeric } from '../lib/values.js';
import { cornersOf, drawnAs, inPixels, type Of, type Point, SHAPES, type Shape } from './shapes.js';

const f = Math.fround;
const module = 'custom_nodes.ComfyUI-CustomNodePacks';
const side = int({ default: 512, min: 1, max: MAX });
const METHODS = ['median_then_exponential', 'moving_average', 'exponential', 'median'] as const;
/** The costs of OpenCV's straight and diagonal steps, in 65536ths of a pixel. */
const [STRAIGHT, ACROSS] = [halfEven(f(0.955) * 65536), halfEven(f(1.3693) * 65536)];
const FAR = 2 ** 31;

/** The names of the numbers in a list. */
const LISTS: Partial<Record<Shape, readonly string[]>> = {
  circle: ['cx', 'cy', 'radius'],
  rectangle: ['x', 'y', 'w', 'h'],
  ellipse: ['cx', 'cy', 'rx', 'ry', 'angle'],
  line: ['x1', 'y1', 'x2', 'y2', 'thickness'],
};
/** How many numbers a list must have. */
const LEAST: Partial<Record<Shape, number>> = { circle: 3, rectangle: 4, ellipse: 4, line: 4 };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The numbers of a shape by name: from an object, the first object of a list, or a list of numbers in order. */
function paramsOf(shape: Shape, text: string): Readonly<Record<string, unknown>> {
  const given = parsed(text);
  if (!Array.isArray(given)) return isPlain(given) ? given : {};
  if (isPlain(given[0])) return given[0];
  if (shape === 'polygon' || shape === 'triangle') return { points: given };
  const names = LISTS[shape];
  if (!names || given.length < (LEAST[shape] ?? 0)) return {};
  return Object.fromEntries(names.slice(0, given.length).map((name, i) => [name, given[i]]));
}

function pointsIn(node: string, given: unknown): readonly Point[] | undefined {
  if (given === undefined || given === null) return undefined;
  if (!Array.isArray(given)) throw refusal(node, 'shape_params_json', 'points as a list', given);
  return given.map((one) => {
    if (!Array.isArray(one) || one.length < 2) throw refusal(node, 'shape_params_json', 'points of two numbers', one);
    return [numeric(node, 'shape_params_json', one[0]), numeric(node, 'shape_params_json', one[1])];
  });
}

/** cv2.distanceTransform from 0 to the nearest 1 with a 3 x 3 mask, in integer steps, forwards and backwards. */
function distances({ data, width, height }: Plane): Float64Array {
  const line = width + 2;
  const all = new Float64Array(line * (height + 2)).fill(FAR);
  const pass = (y: number, x: number, way: 1 | -1): void => {
    const at = (y + 1) * line + x + 1;
    const before = at - way * line;
    const straight = Math.min(all[before], all[at - way]) + STRAIGHT;
    const across = Math.min(all[before - 1], all[before + 1]) + ACROSS;
    all[at] = Math.min(all[at], straight, across);
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x]) all[(y + 1) * line + x + 1] = 0;
      else pass(y, x, 1);
    }
  }
  for (let y = height - 1; y >= 0; y--) for (let x = width - 1; x >= 0; x--) pass(y, x, -1);
  return Float64Array.from({ length: width * height }, (_, i) => {
    const at = (Math.floor(i / width) + 1) * line + (i % width) + 1;
    return all[at] / 65536;
  });
}

interface Look {
  readonly width: number;
  readonly height: number;
  readonly value: number;
  readonly feather: number;
  readonly rotation: number;
}

function canvasOf(node: string, shape: Shape, text: string, look: Look): Float32Array<ArrayBuffer> {
  const { width, height, value, feather, rotation } = look;
  const params = paramsOf(shape, text);
  const of: Of = (name, fallback) =>
    params[name] === undefined ? fallback : numeric(node, 'shape_params_json', params[name]);
  const soft = (far: number): number => f(f(1 - Math.min(Math.max(f(far / f(feather)), 0), 1)) * f(value));
  const made = new Float32Array(width * height);
  const drawn = drawnAs(shape, of, look, rotation);
  if (drawn) {
    for (let i = 0; i < made.length; i++) {
      const { far, inside } = drawn(i % width, Math.floor(i / width));
      made[i] = feather > 0 ? soft(far) : inside ? value : 0;
    }
    return made;
  }
  const corners = cornersOf(shape, of, pointsIn(node, params.points), look, rotation);
  if (corners.length < 3) return made;
  filledPolygon({ data: made, width, height }, inPixels(corners, feather > 0));
  if (!feather) return made.map((v) => v * value);
  const far = distances({ data: made, width, height });
  return made.map((v, i) => (v ? value : soft(f(far[i]))));
}

const operations = {
  set: (base, drawn) => (drawn > 0 ? drawn : base),
  add: (base, drawn) => f(base + drawn),
  subtract: (base, drawn) => f(base - drawn),
  max: Math.max,
  min: Math.min,
} satisfies Record<string, (base: number, drawn: number) => number>;
const OPERATIONS = ['set', 'add', 'subtract', 'max', 'min'] as const;

/** A box as Python writes it in JSON, and several boxes. */
const rounded = (row: readonly number[]): number[] => row.slice(0, 4).map((v) => halfEven(v) + 0);

function middle(all: readonly number[]): number {
  const sorted = [...all].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

export const nodes = {
  MaskDrawFrame: node({
    module,
    category: 'C2C/Draw',
    title: 'Mask Draw Frame',
    about:
      'A shape from its numbers, which are JSON, turned about its middle and soft at its edge; by itself, or on the first of the masks. As large ' +
      'as the picture where there is one.',
    quirk:
      'Invalid JSON or missing numbers are replaced by the defaults of the shape. Files of an older version have no rotation.',
    older: (row) => (row.length === 7 && typeof row[6] === 'string' ? [...row.slice(0, 6), 0, row[6]] : row),
    inputs: {
      ...{ width: side, height: side, shape: combo(SHAPES) },
      shape_params_json: { ...string('{"cx": 256, "cy": 256, "radius": 50}'), multiline: true },
      value: float({ default: 1, min: 0, max: 1, step: 0.01 }),
      feather: float({ default: 0, min: 0, max: 128, step: 0.5 }),
      rotation: float({ default: 0, min: -360, max: 360, step: 0.5 }),
      operation: combo(OPERATIONS),
      ...{ existing_mask: optional(mask), reference_image: optional(image) },
    },
    outputs: [['MASK', 'MASK']],
    async run({ shape, shape_params_json, operation, existing_mask, reference_image, ...given }, call) {
      const { value, feather, rotation } = given;
      const [width, height] = reference_image
        ? [reference_image.shape[2], reference_image.shape[1]]
        : [given.width, given.height];
      const look = { width, height, value, feather, rotation };
      const drawn = { data: canvasOf(call.node, shape, shape_params_json, look), width, height };
      if (!existing_mask) return [batchOf(call, [drawn])];
      const [base] = await floatsOf(existing_mask.at(0).as('float32'), call);
      const same = base.width === width && base.height === height;
      const size = { width: base.width, height: base.height };
      const own = same
        ? drawn
        : (await floatsOf(batchOf(call, [drawn]).interpolate({ ...size, mode: 'bilinear' }), call))[0];
      const mixed = base.data.map((v, i) => Math.min(Math.max(operations[operation](v, own.data[i]), 0), 1));
      return [batchOf(call, [{ data: mixed, ...size }])];
    },
  }),

  BBoxSmooth: node({
    module,
    category: 'C2C/BBox',
    title: 'BBox Smooth',
    about:
      'Boxes, one a frame, as JSON: each the median or the mean of those around it, or mixed with the one before; and the first of them.',
    quirk: 'Anything but a list of boxes becomes a box of 128 x 128, as in the original.',
    inputs: {
      bboxes_json: { ...string(''), multiline: true },
      smoothing_radius: int({ default: 3, min: 1, max: 30 }),
      method: combo(METHODS),
      alpha: float({ default: 0.3, min: 0.05, max: 1, step: 0.05 }),
    },
    outputs: [
      ['STRING', 'smoothed_bboxes_json'],
      ['BBOX', 'first_bbox'],
    ],
    run({ bboxes_json, smoothing_radius, method, alpha }, { node }) {
      const given = parsed(bboxes_json);
      const list: unknown[] = Array.isArray(given) && given.length ? given : [[0, 0, 128, 128]];
      const boxes = list.map((one) => {
        const wrong = !Array.isArray(one) || one.length < 4;
        if (wrong) throw refusal(node, 'bboxes_json', 'boxes of four numbers', one);
        return one.map((v: unknown) => numeric(node, 'bboxes_json', v));
      });
      if (boxes.length === 1) return [spaced(boxes), boxes[0].slice(0, 4)];
      const around = (make: (column: number[]) => number) => (rows: readonly number[][]) =>
        rows.map((row, i) => {
          const near = rows.slice(Math.max(0, i - smoothing_radius), i + smoothing_radius + 1);
          return row.map((_, c) => make(near.map((one) => one[c])));
        });
      let rows = boxes;
      if (method.startsWith('median')) rows = around(middle)(rows);
      if (method === 'moving_average') rows = around((all) => all.reduce((a, b) => a + b) / all.length)(rows);
      if (method.endsWith('exponential')) {
        let before = rows[0];
        rows = rows.map((row, i) => {
          before = i ? row.map((v, c) => alpha * v + (1 - alpha) * before[c]) : row;
          return before;
        });
      }
      const made = rows.map(rounded);
      return [spaced(made), made[0]];
    },
  }),
};
