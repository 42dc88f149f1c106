// KJNodes: resizes pictures and their masks, and cuts or pads them.
import { refusal } from '../../../base/errors.js';
import { combo, image, int, MAX, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf } from '../lib/each.js';
import { MARKER } from '../lib/marker.js';
import { checkSide, type Floats, fitting, floatsOfImage, imageOfFloats, moved } from '../lib/pictures.js';
import { halfEven, METHODS, upscaledImage, upscaledMask } from '../lib/scale.js';
import { kj } from './common.js';

const WAYS = ['stretch', 'resize', 'pad', 'pad_edge', 'pad_edge_pixel', 'crop', 'total_pixels'] as const;
const POSITIONS = ['center', 'top', 'bottom', 'left', 'right'] as const;
const side = int({ default: 512, min: 0, max: MAX });

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The requested size, or one in the picture's proportions. */
function sized(way: string, own: Size, { width, height }: Size): Size {
  if (way === 'stretch' || way === 'crop') return { width: width || own.width, height: height || own.height };
  if (way === 'total_pixels') {
    const aspect = own.width / own.height;
    const pixels = width * height;
    return { width: Math.trunc(Math.sqrt(pixels * aspect)), height: Math.trunc(Math.sqrt(pixels / aspect)) };
  }
  if (!width && !height) return own;
  if (!width) return { width: halfEven(own.width * (height / own.height)), height };
  if (!height) return { width, height: halfEven(own.height * (width / own.width)) };
  const ratio = Math.min(width / own.width, height / own.height);
  return { width: halfEven(own.width * ratio), height: halfEven(own.height * ratio) };
}

/** Splits the excess: in halves, unless the position names a side. */
function rest(over: number, position: string, [first, last]: readonly [string, string]): [number, number] {
  const before = position === first ? 0 : position === last ? over : Math.floor(over / 2);
  return [before, over - before];
}

export const resizing = {
  ImageResizeKJv2: node({
    ...kj,
    category: 'KJNodes/image',
    title: 'Resize Image v2',
    about:
      "The picture and its mask in this size, by torch's interpolate or Pillow's Lanczos on bytes: stretched, in the same proportions (resize), then padded " +
      'with a colour, the mean of each edge or its pixels, cut first, or with as many pixels in all. A side of 0 is free; sides are multiples of divisible_by. ' +
      'Without a mask it is 1 on what is padded, or zeros, [1, 64, 64].',
    quirk:
      'pillarbox_blur and nvidia_rtx_vsr are refused, as are colours by name, which are black there where Pillow has no such colour.',
    inputs: {
      image,
      ...{ width: side, height: side, upscale_method: combo(METHODS) },
      keep_proportion: combo(WAYS),
      pad_color: string('0, 0, 0'),
      crop_position: combo(POSITIONS),
      divisible_by: int({ default: 2, min: 0, max: 512 }),
      mask: optional(mask),
      device: { ...combo(['cpu', 'gpu']), optional: true },
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['INT', 'width'],
      ['INT', 'height'],
      ['MASK', 'mask'],
    ],
    async run({ image, mask, upscale_method, keep_proportion, crop_position, pad_color, ...given }, call) {
      const own = { width: image.shape[2], height: image.shape[1] };
      const whole = sized(keep_proportion, own, given);
      const step = Math.max(given.divisible_by, 1);
      const size = { width: whole.width - (whole.width % step), height: whole.height - (whole.height % step) };
      checkSide(call.node, 'width', size.width);
      checkSide(call.node, 'height', size.height);
      const [left, right] = rest(given.width - whole.width, crop_position, ['left', 'right']);
      const [top, bottom] = rest(given.height - whole.height, crop_position, ['top', 'bottom']);
      const padded = keep_proportion.startsWith('pad') && Math.max(left, right, top, bottom) > 0;
      const color = keep_proportion === 'pad' && padded ? colorOf(call.node, pad_color, image.shape[3]) : [];
      const marker = mask?.shape[1] === MARKER && mask.shape[2] === MARKER && !fitting(image, mask);
      const through = marker ? undefined : mask;
      const fit = through && !fitting(image, through) ? await upscaledMask(through, own, 'bilinear', call) : through;
      const part = keep_proportion === 'crop' ? cutting(own, size, crop_position) : { x: 0, y: 0, ...own };
      const made = await upscaledImage(image.crop(part), size, upscale_method, call);
      const masked = fit && (await upscaledMask(fit.crop(part), size, upscale_method, call));
      if (!padded) {
        const none = () => call.device.solid({ value: 0, width: MARKER, height: MARKER });
        return [made, size.width, size.height, masked ?? none()];
      }
      const extra = (length: number): number => (step - (length % step)) % step;
      const wanted = { width: size.width + left + right, height: size.height + top + bottom };
      const full = { width: wanted.width + extra(wanted.width), height: wanted.height + extra(wanted.height) };
      const from = (x: number, y: number) => [clamped(x - left, size.width), clamped(y - top, size.height)] as const;
      const isIn = (x: number, y: number) => from(x, y).join() === [x - left, y - top].join();
      const wide = moved(await floatsOfImage(made, call), full, from);
      if (keep_proportion !== 'pad_edge_pixel') {
        const means = keep_proportion === 'pad_edge' ? meansOf(await floatsOfImage(made, call)) : undefined;
        paint(wide, isIn, (b, x, y) => {
          if (!means) return color;
          // the colours of the sides also cover the corners
          if (x >= left + size.width) return means[b].right;
          return x < left ? means[b].left : y < top ? means[b].top : means[b].bottom;
        });
      }
      const picture = imageOfFloats(call.device, wide);
      if (masked) {
        const shape = [...masked.shape, 1] as const;
        const { data } = moved({ data: await masked.data({ signal: call.signal }), shape }, full, from);
        return [picture, full.width, full.height, call.device.mask(data, [masked.shape[0], full.height, full.width])];
      }
      const around = Uint8Array.from({ length: full.width * full.height }, (_, at) =>
        isIn(at % full.width, Math.floor(at / full.width)) ? 0 : 255,
      );
      const all = Array.from({ length: image.shape[0] }, () => ({ data: around, ...full }));
      return [picture, full.width, full.height, batchOf(call, all).as('float32')];
    },
  }),
};

const clamped = (at: number, length: number): number => Math.min(Math.max(at, 0), length - 1);

/** The part of a picture that is kept when it is cut to the proportions of a size. */
function cutting(own: Size, size: Size, position: string) {
  const [is, wanted] = [own.width / own.height, size.width / size.height];
  const kept = {
    width: is > wanted ? halfEven(own.height * wanted) : own.width,
    height: is > wanted ? own.height : halfEven(own.width / wanted),
  };
  const [x] = rest(own.width - kept.width, position, ['left', 'right']);
  const [y] = rest(own.height - kept.height, position, ['top', 'bottom']);
  return { x, y, width: Math.max(kept.width, 1), height: Math.max(kept.height, 1) };
}

/** Colours every pixel that is outside, in all pictures. */
function paint(
  { data, shape: [batch, height, width, channels] }: Floats,
  isIn: (x: number, y: number) => boolean,
  color: (b: number, x: number, y: number) => readonly number[],
): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (isIn(x, y)) continue;
      for (let b = 0; b < batch; b++) data.set(color(b, x, y), ((b * height + y) * width + x) * channels);
    }
  }
}

/** The mean colour of each edge of each picture. */
function meansOf({ data, shape: [batch, height, width, channels] }: Floats) {
  const mean = (b: number, count: number, at: (i: number) => number): number[] => {
    const place = (i: number): number => (b * width * height + at(i)) * channels;
    const sum = (c: number): number => {
      let total = 0;
      for (let i = 0; i < count; i++) total += data[place(i) + c];
      return total / count;
    };
    return Array.from({ length: channels }, (_, c) => sum(c));
  };
  return Array.from({ length: batch }, (_, b) => ({
    top: mean(b, width, (x) => x),
    bottom: mean(b, width, (x) => (height - 1) * width + x),
    left: mean(b, height, (y) => y * width),
    right: mean(b, height, (y) => y * width + width - 1),
  }));
}

/** #RRGGBB, comma-separated numbers, or one number for gray: 0..1 if all are in that range, else 0..255, truncated. */
function colorOf(node: string, given: string, channels: number): number[] {
  const digits = /^#?([0-9a-f]{6}|[0-9a-f]{8})$/i.exec(given.includes(',') ? '' : given)?.[1];
  const isHex = digits !== undefined && (given.startsWith('#') || !/^\d+$/.test(digits));
  const numbers = given.split(',').map((one) => (one.trim() ? Number(one) : Number.NaN));
  const small = numbers.every((one) => one >= 0 && one <= 1);
  const all = isHex
    ? (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
    : numbers.map((one) => clamped(Math.trunc(small ? one * 255 : one), 256));
  const color = all.length === 1 ? [all[0], all[0], all[0]] : all;
  if (color.length !== channels || !color.every(Number.isFinite)) {
    throw refusal(node, 'pad_color', `#RRGGBB, or ${channels} numbers with commas, as many as channels`, given);
  }
  return color.map((one) => one / 255);
}
