// palant's Image Resize: scales a picture and its mask, and crops or pads them to a ratio.
import { refusal } from '../../../base/errors.js';
import type { MaskBatch } from '../../../index.js';
import { combo, float, image, int, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { antialiased } from '../lib/antialias.js';
import type { Around } from '../lib/each.js';
import { interpolated } from '../lib/interpolate.js';
import { halfEven } from '../lib/numbers.js';
import {
  checkSide,
  empty,
  type Floats,
  floatsOfImage,
  floatsOfMask,
  imageOfFloats,
  maskOfFloats,
  placed,
} from '../lib/pictures.js';

const side = int({ default: 0, min: 0, max: 8192, step: 8 });
const clamped = ({ data, shape }: Floats): Floats => ({ data: data.map((x) => Math.min(Math.max(x, 0), 1)), shape });

/** The ratio x:y as a number. */
function ratioOf(node: string, text: string): number {
  const parts = /^\s*\+?(\d+)\s*:\s*\+?(\d+)\s*$/.exec(text);
  const [x, y] = [Number(parts?.[1]), Number(parts?.[2])];
  if (!(x >= 1 && y >= 1)) throw refusal(node, 'side_ratio', 'two whole numbers with a colon between them', text);
  return x / y;
}

/** What is cut from, or added to, both ends of a line. */
type Ends = readonly [before: number, after: number];
const apart = (whole: number, position: number): Ends =>
  whole > 0 ? [halfEven(whole * position), halfEven(whole * (1 - position))] : [0, 0];

function cut({ data, shape: [batch, rows, columns, channels] }: Floats, x: Ends, y: Ends): Floats {
  const [height, width] = [rows - y[0] - y[1], columns - x[0] - x[1]];
  const made = empty([batch, height, width, channels]);
  for (let line = 0; line < batch * height; line++) {
    const from = ((Math.floor(line / height) * rows + y[0] + (line % height)) * columns + x[0]) * channels;
    made.data.set(data.subarray(from, from + width * channels), line * width * channels);
  }
  return made;
}

function padded(floats: Floats, x: Ends, y: Ends, value: number): Floats {
  const [, rows, columns] = floats.shape;
  const size = { width: columns + x[0] + x[1], height: rows + y[0] + y[1] };
  return placed(floats, { ...size, x: x[0], y: y[0] }, value);
}

/** Raises the mask near picture edges that are padded, falling off as a square. */
function feathered({ data, shape: [batch, rows, columns] }: Floats, x: Ends, y: Ends, over: number): void {
  const [width, height] = [columns - x[0] - x[1], rows - y[0] - y[1]];
  const strength = (j: number): number => (j < over ? (1 - j / over) * (1 - j / over) : 0);
  const along = ([before, after]: Ends, length: number) =>
    Array.from({ length }, (_, i) => Math.max(before > 0 ? strength(i) : 0, after > 0 ? strength(length - 1 - i) : 0));
  const [across, down] = [along(x, width), along(y, height)];
  for (let b = 0; b < batch; b++) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const at = (b * rows + y[0] + row) * columns + x[0] + column;
        data[at] = Math.max(data[at], across[column], down[row]);
      }
    }
  }
}

export const nodes = {
  ImageResize: node({
    title: 'Image Resize',
    category: 'image',
    module: 'custom_nodes.image-resize-comfyui',
    about:
      "To the length of one side or so many times as large, by torch's bicubic with antialias; before that cut or padded to a ratio of sides, if asked. " +
      'The mask is 1 in what was added and falls off inside.',
    quirk:
      'More than one rule, a scale_factor against resize_mode, and a ratio that cannot be read are refused, as in the original.',
    inputs: {
      pixels: image,
      action: combo(['resize only', 'crop to ratio', 'pad to ratio']),
      ...{ smaller_side: side, larger_side: side },
      scale_factor: float({ default: 0, min: 0, max: 10, step: 0.1 }),
      resize_mode: combo(['reduce size only', 'increase size only', 'any']),
      side_ratio: string('4:3'),
      crop_pad_position: float({ default: 0.5, min: 0, max: 1, step: 0.01 }),
      pad_feathering: int({ default: 20, min: 0, max: 8192 }),
      mask_optional: optional(mask),
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    async run(given, call) {
      const { pixels, action, smaller_side, larger_side, scale_factor, resize_mode, crop_pad_position } = given;
      const rules = [smaller_side, larger_side, scale_factor].filter((one) => one > 0);
      if (rules.length > 1) throw refusal(call.node, 'smaller_side', 'the only rule above 0', rules.join(', '));
      const against = resize_mode === 'reduce size only' ? scale_factor > 1 : scale_factor > 0 && scale_factor < 1;
      if (resize_mode !== 'any' && against) {
        throw refusal(call.node, 'scale_factor', `as ${resize_mode} asks`, scale_factor);
      }
      const [, height, width] = pixels.shape;
      const ratio = action === 'resize only' ? width / height : ratioOf(call.node, given.side_ratio);
      // how far the picture is from the ratio: cut along one side, or padded along the other
      const tooWide = width - height * ratio;
      const more = { x: 0, y: 0 };
      if (action === 'crop to ratio') {
        if (height * ratio < width) more.x = -tooWide;
        else more.y = -(height - width / ratio);
      } else if (action === 'pad to ratio') {
        if (height * ratio > width) more.x = -tooWide;
        else more.y = width / ratio - height;
      }
      const [wide, high] = [width + more.x, height + more.y];
      let scale = scale_factor;
      if (smaller_side > 0) scale = smaller_side / (wide > high ? high : wide);
      if (larger_side > 0) scale = larger_side / (wide > high ? wide : high);
      if (resize_mode === 'reduce size only' ? scale >= 1 : resize_mode === 'increase size only' && scale <= 1)
        scale = 0;
      let image = await floatsOfImage(pixels, call);
      let own = await maskOf(given.mask_optional, { width, height }, call);
      if (scale > 0) {
        const [toWidth, toHeight] = [Math.floor(width * scale), Math.floor(height * scale)];
        checkSide(call.node, 'scale_factor', toWidth, toHeight);
        image = clamped(antialiased(image, toWidth, toHeight, 'bicubic', 1 / scale));
        own = clamped(antialiased(own, toWidth, toHeight, 'bicubic', 1 / scale));
      }
      const times = scale > 0 ? scale : 1;
      const [moreX, moreY] = [more.x * times, more.y * times];
      const [x, y] = [apart(Math.abs(moreX), crop_pad_position), apart(Math.abs(moreY), crop_pad_position)];
      if (moreX < 0 || moreY < 0) {
        checkSide(call.node, 'side_ratio', image.shape[2] - x[0] - x[1], image.shape[1] - y[0] - y[1]);
        [image, own] = [cut(image, x, y), cut(own, x, y)];
      } else if (moreX > 0 || moreY > 0) {
        checkSide(call.node, 'side_ratio', image.shape[2] + x[0] + x[1], image.shape[1] + y[0] + y[1]);
        [image, own] = [padded(image, x, y, 0), padded(own, x, y, 1)];
        if (given.pad_feathering > 0) feathered(own, x, y, given.pad_feathering);
      }
      return [imageOfFloats(call.device, image), maskOfFloats(call.device, own)];
    },
  }),
};

async function maskOf(given: MaskBatch | undefined, size: { width: number; height: number }, call: Around) {
  if (!given) return empty([1, size.height, size.width, 1]);
  const own = await floatsOfMask(given, call);
  const fits = own.shape[1] === size.height && own.shape[2] === size.width;
  return fits ? own : clamped(await interpolated(own, size, 'bicubic', call));
}
