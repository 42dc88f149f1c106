// JakeUpgrade: resizes control maps so that lines stay lines and flat colours stay flat (lvmin's resizing).
import { refusal } from '../../../base/errors.js';
import { walked } from '../../../base/pause.js';
import { combo, image, int, MAX } from '../../inputs.js';
import { node } from '../../node.js';
import { cvArea, cvCubic, cvNearest } from '../lib/cvResize.js';
import { cvSpreading } from '../lib/morphology.js';
import { halfEven } from '../lib/numbers.js';
import {
  channelOf,
  cropped,
  filledPicture,
  imageOf,
  mapped,
  type Picture,
  paste,
  picturesOf,
  rgb,
  rgba,
} from '../lib/pillow.js';
import { inTwo, ridges, thinned } from '../lib/thin.js';
import { jake } from './common.js';

const f = Math.fround;
const side = int({ default: 512, min: 64, max: MAX, step: 8 });

function colorsOf({ data }: Picture, most: number): number {
  const seen = new Set<number>();
  for (let i = 0; i < data.length && seen.size < most; i += 3)
    seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
  return seen.size;
}

/** Whether most light pixels of a black and white picture belong to lines one pixel wide. */
function* isOfLines(picture: Picture): Generator<void, boolean> {
  let [narrow, light] = [0, 0];
  for (let c = 0; c < 3; c++) {
    const own = channelOf(picture, c);
    const opened = (yield* cvSpreading(yield* cvSpreading(own, -3), 3)).data;
    for (const [at, v] of own.data.entries()) {
      if (opened[at] < v) narrow++;
      if (v > 127) light++;
    }
  }
  return narrow * 2 > light;
}

function* resized(picture: Picture, width: number, height: number): Generator<void, Picture> {
  const alpha = picture.channels === 4 ? channelOf(picture, 3) : undefined;
  const own = rgb(picture);
  let [made, through] = [own, alpha];
  if (own.width !== width || own.height !== height) {
    const size = { width, height };
    const before = own.width * own.height;
    const colors = colorsOf(own, 200);
    const small = width * height < before;
    const way = colors > 2 && colors < 200 ? cvNearest : small ? cvArea : cvCubic;
    made = yield* way(own, size);
    through = alpha && (yield* way(alpha, size));
    const isBinary = colors === 2 && own.data.some((v) => v < 16) && own.data.some((v) => v > 240);
    if (isBinary) {
      const gray = channelOf(made, 0);
      const mean = mapped(gray, (_, at) => {
        const [r, g, b] = [0, 1, 2].map((c) => made.data[at * 3 + c]);
        return f(f(r + g + b) / 3);
      });
      const isThin = yield* isOfLines(own);
      const line = isThin ? yield* thinned(inTwo(yield* ridges(mean)), width * height > before) : inTwo(mean);
      made = rgb({ ...gray, data: line.data });
    }
  }
  return through
    ? rgba(
        made,
        mapped(through, (v) => (v > 127 ? 255 : 0)),
      )
    : made;
}

const middle = (all: readonly number[]): number => {
  const sorted = [...all].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return Math.trunc(sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
};

/** The median colour along the four edges. Corners count twice. */
function borderOf({ data, width, height, channels }: Picture): number[] {
  const at: number[] = [];
  for (let x = 0; x < width; x++) at.push(x, (height - 1) * width + x);
  for (let y = 0; y < height; y++) at.push(y * width, y * width + width - 1);
  return Array.from({ length: channels }, (_, c) =>
    c === 3 ? 255 : middle(at.map((one) => data[one * channels + c])),
  );
}

export const nodes = {
  'HintImageEnchance JK': node({
    ...jake(
      'HintImageEnchance JK',
      '🛩️ Image',
      'In bytes to this size, as OpenCV resizes: few colours by the nearest pixel, else by area or cubic; black and white stays so, and lines of one pixel stay lines. Or in its ' +
        'proportions, filled with the median of its edges, or cut in the middle. And what was done.',
    ),
    quirk: 'A picture of one channel is refused; the original fails.',
    inputs: {
      hint_image: image,
      ...{ image_gen_width: side, image_gen_height: side },
      resize_mode: combo(['Just Resize', 'Crop and Resize', 'Resize and Fill'], 'Just Resize'),
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['STRING', 'METADATA'],
      ['STRING', 'MODE'],
    ],
    async run({ hint_image, image_gen_width: width, image_gen_height: height, resize_mode }, call) {
      if (hint_image.shape[3] < 3) {
        throw refusal(call.node, 'hint_image', 'of 3 or 4 channels', `shape [${hint_image.shape}]`, 'bad-shape');
      }
      const pictures = await picturesOf(call.node, 'hint_image', hint_image, call);
      const made: Picture[] = [];
      for (const picture of pictures) made.push(await walked(fitted(picture), call.signal));
      return [imageOf(call, made), `Resize Mode: ${resize_mode}`, resize_mode];

      function* fitted(picture: Picture): Generator<void, Picture> {
        if (resize_mode === 'Just Resize') return yield* resized(picture, width, height);
        const steps = [height / picture.height, width / picture.width];
        const by = resize_mode === 'Resize and Fill' ? Math.min(...steps) : Math.max(...steps);
        const [w, h] = [halfEven(picture.width * by), halfEven(picture.height * by)];
        if (w < 1 || h < 1) throw refusal(call.node, 'hint_image', 'so that each side keeps a pixel', `${w} x ${h}`);
        const own = yield* resized(picture, w, h);
        if (resize_mode === 'Resize and Fill') {
          const canvas = filledPicture(width, height, borderOf(picture));
          paste(canvas, own, Math.floor((width - w) / 2), Math.floor((height - h) / 2));
          return canvas;
        }
        const [x, y] = [Math.max(0, Math.floor((w - width) / 2)), Math.max(0, Math.floor((h - height) / 2))];
        return cropped(own, [x, y, Math.min(x + width, w), Math.min(y + height, h)]);
      }
    },
  }),
};
