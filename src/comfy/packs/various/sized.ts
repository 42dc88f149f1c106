// Nodes of several packs about sizes: torchvision's resize of pictures and masks, an overlay, and numbers of sizes.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, type ImageBatch, type MaskBatch } from '../../../index.js';
import { anything, combo, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { antialiased } from '../lib/antialias.js';
import { floatsOf, type Named } from '../lib/each.js';
import { interpolated } from '../lib/interpolate.js';
import { checkSide, type Floats, floatsOfImage, floatsOfMask, imageOfFloats, maskOfFloats } from '../lib/pictures.js';
import { defined, divisor, floorDivided, modulo, numeric } from '../lib/values.js';

const f = Math.fround;
const various = { category: 'jamesWalker55', module: 'custom_nodes.comfyui-various' } as const;
const utility = { module: 'custom_nodes.ComfyUI_LayerStyle' } as const;
const side = int({ default: 512, min: 0, max: 99999 });
const sides = {
  height: side,
  width: side,
  interpolation_mode: combo(['bicubic', 'bilinear', 'nearest', 'nearest exact']),
};
const place = int({ default: 0, min: -16384, max: 16384 });
const smoothed = 'By torchvision with antialias, in doubles. A side of 0 is refused; the original fails.';

interface To {
  readonly width: number;
  readonly height: number;
  readonly interpolation_mode: 'bicubic' | 'bilinear' | 'nearest' | 'nearest exact';
}

function resized(
  floats: Floats,
  { width, height, interpolation_mode: mode }: To,
  call: Named,
): Floats | Promise<Floats> {
  checkSide(call.node, 'width', width, height);
  if (floats.shape[1] === height && floats.shape[2] === width) return floats;
  if (mode === 'bicubic' || mode === 'bilinear') return antialiased(floats, width, height, mode);
  return interpolated(floats, { width, height }, mode === 'nearest' ? 'nearest' : 'nearest-exact', call);
}

const OPERATORS = ['+', '-', '*', '/', '**', '//', '%', 'nth_root', 'min', 'max'] as const;

function calculated(node: string, a: number, b: number, operator: (typeof OPERATORS)[number]): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b ? a / b : 0;
    case '**':
      return a ** b;
    case '//':
      return b ? floorDivided(a, b) : 0;
    case '%':
      return modulo(a, divisor(node, 'b', b));
    case 'nth_root':
      return a ** (1 / divisor(node, 'b', b));
    default:
      return Math[operator](a, b);
  }
}

/** Element `i` of a batch, whose last element repeats. */
const nthOf = <B extends ImageBatch | MaskBatch>(batch: B, i: number): B =>
  batch.at(Math.min(i, batch.shape[0] - 1)) as B;

export const nodes = {
  JWImageResize: node({
    ...various,
    title: 'Image Resize',
    about: 'The pictures in this size.',
    quirk: smoothed,
    inputs: { image, ...sides },
    outputs: [['IMAGE', 'IMAGE']],
    run: async ({ image, ...to }, call) => [
      imageOfFloats(call.device, await resized(await floatsOfImage(image, call), to, call)),
    ],
  }),

  JWMaskResize: node({
    ...various,
    title: 'Mask Resize',
    about: 'The masks in this size.',
    quirk: smoothed,
    inputs: { mask, ...sides },
    outputs: [['MASK', 'MASK']],
    run: async ({ mask, ...to }, call) => [
      maskOfFloats(call.device, await resized(await floatsOfMask(mask, call), to, call)),
    ],
  }),

  'easy imageSize': node({
    title: 'ImageSize',
    category: 'EasyUse/Image',
    module: 'custom_nodes.ComfyUI-Easy-Use',
    about: 'Width and height.',
    inputs: { image },
    outputs: [
      ['INT', 'width_int'],
      ['INT', 'height_int'],
    ],
    run: ({ image: { shape } }) => [shape[2], shape[1]],
  }),

  'LayerUtility: GetImageSize': node({
    ...utility,
    category: '😺dzNodes/LayerUtility',
    title: 'LayerUtility: GetImageSize',
    about: 'Width and height, and both as a box of two numbers.',
    inputs: { image },
    outputs: [
      ['INT', 'width'],
      ['INT', 'height'],
      ['BOX', 'original_size'],
    ],
    run: ({ image: { shape } }) => [shape[2], shape[1], [shape[2], shape[1]]],
  }),

  'LayerUtility: NumberCalculator': node({
    ...utility,
    category: '😺dzNodes/LayerUtility/Data',
    title: 'LayerUtility: Number Calculator',
    about: 'Two numbers by an operator: by truncation, and as it is. Divided by 0 it is 0.',
    quirk: 'A remainder or root by 0, and results that are not numbers, are refused; the original fails.',
    inputs: { a: anything, b: anything, operator: combo(OPERATORS) },
    outputs: [
      ['INT', 'int'],
      ['FLOAT', 'float'],
    ],
    run({ a, b, operator }, { node }) {
      const result = calculated(node, numeric(node, 'a', a), numeric(node, 'b', b), operator);
      if (!Number.isFinite(result)) defined(node, 'b', Number.NaN, b);
      return [Math.trunc(result) + 0, result];
    },
  }),

  'ImageComposite+': node({
    title: '🔧 Image Composite',
    category: 'essentials/image manipulation',
    module: 'custom_nodes.ComfyUI_essentials',
    about:
      'The source at this place of the destination, through a mask that is made as large as it by bicubic. As many as there are sources: the first of more, the last again of fewer.',
    quirk: 'A source that does not lie in the destination, or has other channels, is refused; the original fails.',
    inputs: {
      ...{ destination: image, source: image },
      ...{ x: place, y: place, offset_x: place, offset_y: place },
      mask: optional(mask),
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ destination, source, mask, ...at }, call) {
      const [count, high, wide, own] = source.shape;
      const [, height, width, channels] = destination.shape;
      // a negative position beyond the opposite edge counts from that edge, as in Python's slices
      const from = (x: number, length: number, whole: number): number => (x < 0 && x + length < 0 ? x + whole : x);
      const [x, y] = [from(at.x + at.offset_x, wide, width), from(at.y + at.offset_y, high, height)];
      if (x < 0 || y < 0 || x + wide > width || y + high > height) {
        const got = `${wide} x ${high} at ${at.x + at.offset_x}, ${at.y + at.offset_y}`;
        throw refusal(
          call.node,
          'source',
          `so that it lies in the destination (${width} x ${height})`,
          got,
          'bad-shape',
        );
      }
      if (channels !== 3 || (own !== 3 && own !== 1)) {
        const [input, one] = channels === 3 ? ['source', source] : ['destination', destination];
        throw refusal(call.node, input, 'of three channels', `shape [${one.shape}]`, 'bad-shape');
      }
      const fits = mask?.shape[1] === high && mask.shape[2] === wide;
      const through = fits ? mask : mask?.as('float32').interpolate({ width: wide, height: high, mode: 'bicubic' });
      const made: ImageBatch[] = [];
      for (let i = 0; i < count; i++) {
        call.signal?.throwIfAborted();
        const to = await floatsOfImage(nthOf(destination, i), call);
        const data = Float32Array.from(to.data);
        const { data: over } = await floatsOfImage(source.at(i), call);
        const share = through ? (await floatsOf(nthOf(through, i), call))[0].data : undefined;
        for (let row = 0, k = 0; row < high; row++) {
          let place = ((row + y) * width + x) * 3;
          for (let column = 0; column < wide; column++, k++) {
            const m = share ? share[k] : 1;
            for (let c = 0; c < 3; c++, place++) {
              data[place] = f(over[k * own + (own === 1 ? 0 : c)] * m) + f(data[place] * f(1 - m));
            }
          }
        }
        made.push(imageOfFloats(call.device, { ...to, data }));
      }
      return [Image.cat(made)];
    },
  }),
};
