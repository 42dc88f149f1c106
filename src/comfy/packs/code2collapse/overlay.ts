// Code2Collapse: masks shown over pictures or stretched along either axis, and their boxes, in torch's floats.
import { refusal } from '../../../base/errors.js';
import { boolean, combo, float, image, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { floatsOf, type Plane } from '../lib/each.js';
import { reflected } from '../lib/edges.js';
import { boundsOf } from '../lib/label.js';
import { type Floats, floatsOfImage, imageOfFloats, maskOfFloats } from '../lib/pictures.js';

const f = Math.fround;
const module = 'custom_nodes.ComfyUI-CustomNodePacks';
const unit = (fallback: number) => float({ default: fallback, min: 0, max: 1, step: 0.01 });
const soft = float({ default: 0, min: 0, max: 128, step: 0.5 });
const pixels = (most: number) => int({ default: 0, min: -most, max: most });
const padding = int({ default: 0, min: 0, max: 512 });
const clamped = (x: number): number => Math.min(Math.max(x, 0), 1);
type Gray = Plane<Float32Array>;

/** Applies `make` to every row, or to every column. */
function lines({ data, width, height }: Gray, down: boolean, make: (line: Float32Array) => ArrayLike<number>): Gray {
  const to = new Float32Array(data.length);
  const [count, length, step] = down ? [width, height, width] : [height, width, 1];
  for (let l = 0; l < count; l++) {
    const start = down ? l : l * width;
    const made = make(Float32Array.from({ length }, (_, i) => data[start + i * step]));
    for (let i = 0; i < length; i++) to[start + i * step] = made[i];
  }
  return { data: to, width, height };
}

/** For each place the sum of its value and of `reach` values on either side. Values beyond the ends are `outside`. */
function sums(line: Float32Array, reach: number, outside: number): Float64Array {
  const { length } = line;
  const made = new Float64Array(length);
  let sum = 0;
  const at = (i: number): number => (i >= 0 && i < length ? line[i] : outside);
  for (let i = -reach; i < reach; i++) sum += at(i);
  for (let i = 0; i < length; i++) {
    sum += at(i + reach);
    made[i] = sum;
    sum -= at(i - reach);
  }
  return made;
}

/**
 * Growing: 1 where the sum of the values within `by` is above 0.5. Shrinking (`by` below 0): 0 where that of their
 * inverse is.
 */
function spread(plane: Gray, by: number, down: boolean): Gray {
  if (by === 0) return plane;
  if (by > 0) return lines(plane, down, (line) => sums(line, by, 0).map((sum) => Number(sum > 0.5)));
  return lines(plane, down, (line) =>
    sums(
      line.map((x) => 1 - x),
      -by,
      0,
    ).map((sum) => Number(!(sum > 0.5))),
  );
}

/** A Gaussian along each line. Its ends are mirrored, or repeated if the line is too short. */
function blurred(plane: Gray, sigma: number, down: boolean): Gray {
  if (sigma <= 0) return plane;
  const radius = Math.max(1, Math.trunc(3 * sigma + 0.5));
  const raw = Float64Array.from({ length: 2 * radius + 1 }, (_, i) => f(Math.exp(-0.5 * ((i - radius) / sigma) ** 2)));
  const total = raw.reduce((sum, one) => sum + one, 0);
  const weights = raw.map((one) => f(one / total));
  return lines(plane, down, (line) => {
    const last = line.length - 1;
    const at = (i: number): number => line[radius <= last ? reflected(i, line.length) : Math.min(Math.max(i, 0), last)];
    return Float64Array.from(line, (_, i) => weights.reduce((sum, one, k) => sum + one * at(i + k - radius), 0));
  });
}

function moved({ data, width, height }: Gray, across: number, down: number): Gray {
  const to = new Float32Array(data.length);
  for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
    for (let x = Math.max(0, across); x < Math.min(width, width + across); x++) {
      to[y * width + x] = data[(y - down) * width + x - across];
    }
  }
  return { data: to, width, height };
}

/** The difference between the mask grown and the mask shrunk by a square. */
function edge(plane: Gray, reach: number): Float32Array {
  const { width, height } = plane;
  if (reach <= 0) return new Float32Array(width * height);
  const square = (outside: number): Float64Array => {
    const rows = new Float64Array(width * height);
    for (let y = 0; y < height; y++) {
      rows.set(sums(plane.data.subarray(y * width, (y + 1) * width), reach, outside), y * width);
    }
    const beyond = outside * (2 * reach + 1);
    for (let x = 0; x < width; x++) {
      const column = Float32Array.from({ length: height }, (_, y) => rows[y * width + x]);
      const made = sums(column, reach, beyond);
      for (let y = 0; y < height; y++) rows[y * width + x] = made[y];
    }
    return rows;
  };
  const [reached, filled] = [square(0), square(1)];
  const whole = (2 * reach + 1) ** 2;
  return Float32Array.from(reached, (sum, at) => Number(sum > 0.5) - Number(filled[at] >= whole)).map(clamped);
}

/** Draws the frame of a box, two pixels wide, with Python's rules for slices. */
function framed(to: Floats & { data: Float32Array }, [x, y, w, h]: readonly number[], color: readonly number[]): void {
  const [, height, width] = to.shape;
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const [right, bottom] = [Math.min(width - 1, x + w), Math.min(height - 1, y + h)];
  const fill = (rows: readonly [number, number], columns: readonly [number, number]): void => {
    const place = (at: number, length: number): number => Math.min(at < 0 ? Math.max(at + length, 0) : at, length);
    for (let row = place(rows[0], height); row < place(rows[1], height); row++) {
      for (let column = place(columns[0], width); column < place(columns[1], width); column++) {
        to.data.set(color, (row * width + column) * 3);
      }
    }
  };
  fill([top, top + 2], [left, right]);
  fill([Math.max(0, bottom - 2), bottom], [left, right]);
  fill([top, bottom], [left, left + 2]);
  fill([top, bottom], [Math.max(0, right - 2), right]);
}

export const nodes = {
  MaskPreviewOverlay: node({
    module,
    category: 'MaskEditControl/Preview',
    title: 'Mask Preview Overlay',
    about:
      'Shows a mask over a picture in a colour, alone, beside it, before a checkerboard, or its edge; with its edge in that colour, and with its box or the one given.',
    quirk:
      'Pictures of other than three channels are refused, but for the alpha of one beside its mask; the original fails.',
    inputs: {
      ...{ image, mask },
      display_mode: combo(['overlay', 'mask_only', 'side_by_side', 'checkerboard', 'edge_highlight'], 'overlay'),
      ...{ overlay_color_r: unit(1), overlay_color_g: unit(0), overlay_color_b: unit(0), opacity: unit(0.4) },
      edge_width: int({ default: 2, min: 0, max: 20 }),
      show_bbox: boolean(false),
      ...{ bbox_color_r: unit(0), bbox_color_g: unit(1), bbox_color_b: unit(0) },
      bbox: { type: 'BBOX', optional: true },
    },
    outputs: [['IMAGE', 'preview']],
    ends: true,
    async run(given, call) {
      const { image, mask, display_mode: mode, edge_width, bbox } = given;
      const [batch, height, width, channels] = image.shape;
      const beside = mode === 'side_by_side';
      if (channels !== 3 && !(beside && channels === 4)) {
        throw refusal(call.node, 'image', 'of three channels', `shape [${image.shape}]`, 'bad-shape');
      }
      const fits = mask.shape[1] === height && mask.shape[2] === width;
      const masks = await floatsOf(fits ? mask : mask.as('float32').interpolate({ width, height }), call);
      const { data } = await floatsOfImage(image, call);
      const color = [f(given.overlay_color_r), f(given.overlay_color_g), f(given.overlay_color_b)];
      const boxColor = [f(given.bbox_color_r), f(given.bbox_color_g), f(given.bbox_color_b)];
      const opacity = f(given.opacity);
      const wide = beside ? 2 * width : width;
      const made = new Float32Array(batch * height * wide * 3);
      for (let b = 0; b < batch; b++) {
        const own = masks[b % masks.length];
        const edges = edge_width > 0 && !beside ? edge(own, edge_width) : undefined;
        const frame = { data: new Float32Array(height * wide * 3), shape: [1, height, wide, 3] as const };
        for (let at = 0; at < height * width; at++) {
          const [x, y] = [at % width, Math.floor(at / width)];
          const m = own.data[at];
          const checker = ((Math.floor(y / 16) + Math.floor(x / 16)) % 2) * 0.5 + 0.25;
          for (let c = 0; c < 3; c++) {
            const v = data[((b * height + y) * width + x) * channels + c];
            const to = (y * wide + x) * 3 + c;
            let value = v;
            if (mode === 'overlay') value = f(v * f(1 - f(m * opacity))) + f(f(color[c] * m) * opacity);
            if (mode === 'mask_only') value = m;
            if (mode === 'checkerboard') value = f(v * m) + f(checker * f(1 - m));
            frame.data[to] = value;
            if (beside) frame.data[to + 3 * width] = m;
            if (edges) frame.data[to] = f(frame.data[to] * f(1 - edges[at])) + f(color[c] * edges[at]);
          }
        }
        if (given.show_bbox) {
          const bounds = boundsOf(own, (at) => own.data[at] > 0.5);
          const found = bounds && [bounds[0], bounds[1], bounds[2] - bounds[0], bounds[3] - bounds[1]];
          const box = bbox?.[0]?.map(Math.trunc) ?? found;
          if (box) framed(frame, box, boxColor);
        }
        made.set(frame.data.map(clamped), b * frame.data.length);
      }
      const preview = imageOfFloats(call.device, { data: made, shape: [batch, height, wide, 3] });
      return [preview, preview.as('uint8')];
    },
  }),

  BBoxFromMask: node({
    module,
    category: 'MaskEditControl/BBox',
    title: 'BBox From Mask',
    about:
      'The box around all of the first mask that is at least so light, with so much more on each side within it; of none, the whole mask.',
    inputs: { mask, padding, padding_x: padding, padding_y: padding, threshold: unit(0.5) },
    outputs: [
      ['BBOX', 'bbox'],
      ['INT', 'x'],
      ['INT', 'y'],
      ['INT', 'width'],
      ['INT', 'height'],
      ['STRING', 'bbox_str'],
    ],
    async run({ mask, padding, padding_x, padding_y, threshold }, call) {
      const [plane] = await floatsOf(mask.at(0), call);
      const bounds = boundsOf(plane, (at) => plane.data[at] >= f(threshold));
      const [across, down] = [padding + padding_x, padding + padding_y];
      const box = bounds
        ? [
            ...[Math.max(0, bounds[0] - across), Math.max(0, bounds[1] - down)],
            ...[Math.min(plane.width, bounds[2] + across), Math.min(plane.height, bounds[3] + down)],
          ]
        : [0, 0, plane.width, plane.height];
      const made = [box[0], box[1], box[2] - box[0], box[3] - box[1]];
      return [made, ...made, `[${made.join(', ')}]`];
    },
  }),

  MaskTransformXY: node({
    module,
    category: 'MaskEditControl/Transform',
    title: 'Mask Transform XY',
    about:
      'The mask grown or shrunk by lines across and down, which makes it 0 and 1; softened, moved, softened both ways, and above 0 made 0 and 1 by the threshold; inverted if asked.',
    inputs: {
      mask,
      ...{ expand_x: pixels(512), expand_y: pixels(512), blur_x: soft, blur_y: soft },
      ...{ offset_x: pixels(4096), offset_y: pixels(4096), feather: soft },
      threshold: unit(0.5),
      invert: boolean(false),
    },
    outputs: [['MASK', 'MASK']],
    async run({ mask, expand_x, expand_y, blur_x, blur_y, offset_x, offset_y, feather, threshold, invert }, call) {
      const [batch, height, width] = mask.shape;
      const made = new Float32Array(batch * height * width);
      for (const [b, plane] of (await floatsOf(mask, call)).entries()) {
        call.signal?.throwIfAborted();
        let own = spread(spread(plane, expand_x, false), expand_y, true);
        own = moved(blurred(blurred(own, blur_x, false), blur_y, true), offset_x, offset_y);
        own = blurred(blurred(own, feather, false), feather, true);
        const toned = own.data.map((x) => (threshold > 0 ? Number(x >= f(threshold)) : x));
        made.set(
          toned.map((x) => clamped(invert ? 1 - x : x)),
          b * height * width,
        );
      }
      return [maskOfFloats(call.device, { data: made, shape: [batch, height, width, 1] })];
    },
  }),
};
