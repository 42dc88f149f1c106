// RyanOnTheInside: masks by brightness and by colour, and pictures at an interval.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image } from '../../../index.js';
import { float, image, int } from '../../inputs.js';
import { node } from '../../node.js';
import { withinBytes } from '../lib/byColor.js';
import { batchOf, type Plane } from '../lib/each.js';
import { reflected } from '../lib/edges.js';
import { floatsOfImage } from '../lib/pictures.js';
import { weighed } from '../lib/torchBlur.js';

const ryan = { category: 'RyanOnTheInside/Masks', module: 'custom_nodes.ComfyUI_RyanOnTheInside' } as const;
const f = Math.fround;
const byte = int({ default: 255, min: 0, max: 255 });
const place = (fallback: number, min: number) => int({ default: fallback, min, max: 100000 });
type Plain = Plane<Float32Array>;

export const nodes = {
  AdvancedLuminanceMask: node({
    ...ryan,
    title: 'Advanced Luminance Mask | RyanOnTheInside',
    about:
      'How far the brightness of each pixel is from that of the corners, by luminance_threshold up to 1; smoothed by a bilateral filter, with a ' +
      'Gaussian glow of so much weight, times brightness / threshold up to 1. And as a gray picture.',
    quirk:
      'A picture of other than 3 channels, a threshold of 0, corners without a pixel, and a filter or glow that reaches across the picture are ' +
      'refused; the original fails. Where denoise_strength gives an even size it fails as well.',
    inputs: {
      image,
      luminance_threshold: float({ default: 0.05, min: 0, max: 1, step: 0.01 }),
      glow_radius: int({ default: 5, min: 0, max: 50 }),
      edge_preservation: float({ default: 0.5, min: 0, max: 1, step: 0.01 }),
      background_samples: int({ default: 10, min: 1, max: 100 }),
      denoise_strength: float({ default: 0.3, min: 0, max: 1, step: 0.01 }),
    },
    outputs: [
      ['MASK', 'MASK'],
      ['IMAGE', 'IMAGE'],
    ],
    async run(given, call) {
      const {
        luminance_threshold: threshold,
        glow_radius,
        edge_preservation,
        background_samples,
        denoise_strength,
      } = given;
      const { node } = call;
      const { data, shape } = await floatsOfImage(given.image, call);
      const [batch, height, width, channels] = shape;
      if (channels !== 3) throw refusal(node, 'image', 'of 3 channels', `shape [${shape}]`, 'bad-shape');
      if (threshold === 0) throw refusal(node, 'luminance_threshold', 'above 0', threshold);
      const corner = Math.floor(Math.max(height, width) / background_samples);
      if (corner < 1)
        throw refusal(node, 'background_samples', `at most ${Math.max(height, width)}`, background_samples);
      const size = Math.max(3, Math.trunc(denoise_strength * 10));
      const smooth = denoise_strength > 0;
      if (smooth && size % 2 === 0)
        throw refusal(node, 'denoise_strength', 'so that 10 times it is odd when cut', denoise_strength);
      const reach = Math.max(smooth ? Math.floor(size / 2) : 0, glow_radius);
      if (reach >= Math.min(width, height)) {
        throw refusal(node, 'glow_radius', `below ${Math.min(width, height)}, the shorter side`, reach);
      }
      const grays = Array.from({ length: batch }, (_, b): Plain => {
        const own = new Float32Array(width * height);
        for (const i of own.keys()) {
          const at = (b * own.length + i) * 3;
          own[i] = f(f(f(data[at] * f(0.299)) + f(data[at + 1] * f(0.587))) + f(data[at + 2] * f(0.114)));
        }
        return { data: own, width, height };
      });
      const background = middle(cornersOf(grays, corner).map(middle));
      const made = grays.map((own) => {
        const ramp = {
          ...own,
          data: own.data.map((x) => Math.min(Math.max(f(Math.abs(f(x - background)) / f(threshold)), 0), 1)),
        };
        const first = smooth ? bilateral(ramp, size, denoise_strength * 75) : ramp;
        const glow = glow_radius ? weighed(first, glowing(glow_radius)).data : undefined;
        const out = first.data.map((x, i) => {
          const lit = glow ? Math.max(x, f(glow[i] * f(edge_preservation))) : x;
          return f(lit * Math.min(Math.max(f(own.data[i] * f(1 / threshold)), 0), 1));
        });
        return { data: out, width, height };
      });
      const mask = batchOf(call, made);
      return [mask, mask.toGray().as('float32')];
    },
  }),

  _mfc: node({
    ...ryan,
    title: '_mfc',
    about:
      '1 where each channel, clamped to 0..1 and rounded to bytes half to even, is within the threshold of the colour; and as a picture.',
    quirk: 'A picture of 4 channels is refused; the original fails.',
    inputs: { image, ...{ red: byte, green: byte, blue: byte }, threshold: int({ default: 0, min: 0, max: 127 }) },
    outputs: [
      ['MASK', 'MASK'],
      ['IMAGE', 'IMAGE'],
    ],
    async run({ image, red, green, blue, threshold }, call) {
      const { data, shape } = await floatsOfImage(image, call);
      const [batch, height, width, channels] = shape;
      if (channels === 4) throw refusal(call.node, 'image', 'of 1 or 3 channels', `shape [${shape}]`, 'bad-shape');
      const made = withinBytes(data, channels, [red, green, blue], threshold);
      const mask = call.device.mask(made, [batch, height, width]).as('float32');
      return [mask, mask.toGray()];
    },
  }),

  ImageInterval: node({
    title: 'Image Interval Select | RyanOnTheInside',
    category: 'RyanOnTheInside/Utility/Batches',
    module: ryan.module,
    about: 'Every interval-th picture from start_at until end_at, at most to the end (0: to the end); at least one.',
    inputs: { image, interval: place(1, 1), start_at: place(0, 0), end_at: place(0, 0) },
    outputs: [['IMAGE', 'IMAGE']],
    run({ image, interval, start_at, end_at }) {
      const [count] = image.shape;
      const start = Math.min(start_at, count - 1);
      const end = Math.max(start + 1, Math.min(end_at || count, count));
      const places = Array.from({ length: Math.ceil((end - start) / interval) }, (_, i) => start + i * interval);
      return [interval === 1 ? image.slice(start, end) : Image.cat(places.map((at) => image.at(at)))];
    },
  }),
};

/** A Gaussian that leans to the left and up: its first weight is a pixel further out than its last. */
function glowing(radius: number): number[] {
  const size = 2 * radius + 1;
  return Array.from({ length: size }, (_, i) =>
    Math.exp(-0.5 * ((-radius - 1 + (i * size) / (size - 1)) / (radius / 3)) ** 2),
  );
}

/** torch's median: for an even count, the lower of the middle two. */
const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

/** The values in each of the four corners, over all pictures. */
function cornersOf(planes: readonly Plain[], side: number): number[][] {
  return [0, 1, 2, 3].map((corner) =>
    planes.flatMap(({ data, width, height }) => {
      const [wide, high] = [Math.min(side, width), Math.min(side, height)];
      const [left, top] = [corner % 2 ? width - wide : 0, corner > 1 ? height - high : 0];
      return Array.from(
        { length: wide * high },
        (_, i) => data[(top + Math.floor(i / wide)) * width + left + (i % wide)],
      );
    }),
  );
}

/** A bilateral filter of `size` weights in each direction. The edge is mirrored without repeating it. */
function bilateral({ data, width, height }: Plain, size: number, sigma: number): Plain {
  const half = Math.floor(size / 2);
  const places = (length: number): number[] =>
    Array.from({ length: length + 2 * half }, (_, i) => reflected(i - half, length));
  const [across, down] = [places(width), places(height)];
  const by = 2 * sigma * sigma;
  const to = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const own = data[y * width + x];
      let [sum, weights] = [0, 0];
      for (let v = 0; v < size; v++) {
        for (let u = 0; u < size; u++) {
          const value = data[down[y + v] * width + across[x + u]];
          const far = (u - half) ** 2 + (v - half) ** 2;
          const weight = Math.exp(-far / by) * Math.exp(-((value - own) ** 2) / by);
          sum += weight * value;
          weights += weight;
        }
      }
      to[y * width + x] = sum / Math.max(weights, 1e-8);
    }
  }
  return { data: to, width, height };
}
