// RMBG: shows pictures and masks, overlays them, and crops them.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { combo, float, image, int, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, bytesOf, checkOne, floatsOf, type Named } from '../lib/each.js';
import { resized, resizedRgba } from '../lib/filters.js';
import { boundsOf } from '../lib/label.js';
import { layOver } from '../lib/over.js';
import {
  channelOf,
  filledPicture,
  gray,
  imageOf,
  mapped,
  type Picture,
  paste,
  picturesOf,
  rgb,
  rgba,
} from '../lib/pillow.js';
import { colorOf, part, rmbg } from './common.js';

const f = Math.fround;
const percent = int({ default: 50, min: 0, max: 100 });
const shown = 'No file is written: runWorkflow gives the picture as bytes, and the caller decides where it goes.';

const nothing = (node: string): never => {
  throw refusal(node, 'image', 'a picture or a mask', undefined, 'missing');
};
const grayOf = (mask: MaskBatch): ImageBatch => mask.as('float32').toGray();

const modes = {
  multiply: (a, b) => Math.trunc((a * b) / 255),
  screen: (a, b) => 255 - Math.trunc(((255 - a) * (255 - b)) / 255),
  overlay: (a, b) => {
    const [x, y] = [a / 255, b / 255];
    const made = y < 0.5 ? 2 * x * y : 1 - 2 * (1 - x) * (1 - y);
    return Math.trunc(Math.min(Math.max(made * 255, 0), 255));
  },
  add: (a, b) => Math.min(a + b, 255),
  subtract: (a, b) => Math.max(a - b, 0),
} satisfies Record<string, (foreground: number, background: number) => number>;

export const nodes = {
  AILab_Preview: node({
    ...rmbg,
    title: 'Image / Mask Preview (RMBG) 🖼️🎭',
    about: 'Shows a picture, or without one a mask, and hands both on.',
    quirk: shown,
    inputs: { image: optional(image), mask: optional(mask) },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    ends: true,
    run: ({ image, mask }, { node }) => [image, mask, (image ?? (mask ? grayOf(mask) : nothing(node))).as('uint8')],
  }),

  AILab_ImagePreview: node({
    ...rmbg,
    title: 'Image Preview (RMBG) 🖼️',
    about: 'Shows a picture, and hands it on.',
    quirk: shown,
    inputs: { image },
    outputs: [['IMAGE', 'IMAGE']],
    ends: true,
    run: ({ image }) => [image, image.as('uint8')],
  }),

  AILab_MaskPreview: node({
    ...rmbg,
    title: 'Mask Preview (RMBG) 🎭',
    about: 'Shows a mask, and hands it on.',
    quirk: shown,
    inputs: { mask },
    outputs: [['MASK', 'MASK']],
    ends: true,
    run: ({ mask }) => [mask, grayOf(mask).as('uint8')],
  }),

  AILab_MaskOverlay: node({
    ...rmbg,
    title: 'Mask Overlay (RMBG) 🖼️🎭',
    about:
      'The colour over the picture, through the mask times the opacity, as ImageCompositeMasked does it; the picture or the mask where one is alone.',
    quirk: `Without either zeros of 64 x 64. ${shown}`,
    inputs: {
      mask_opacity: { ...part, default: 0.5 },
      mask_color: string('#0000FF'),
      ...{ image: optional(image), mask: optional(mask) },
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    ends: true,
    async run({ mask_opacity, mask_color, image, mask }, call) {
      const zeros = call.device.solid({ value: 0, width: 64, height: 64 });
      const picture = image?.removeAlpha();
      const made = picture && mask ? await overlaid(picture, mask, mask_opacity, mask_color, call) : picture;
      const preview = made ?? grayOf(mask ?? zeros);
      return [preview, mask ?? zeros, preview.as('uint8')];
    },
  }),

  AILab_ImageCombiner: node({
    ...rmbg,
    title: 'Image Combiner (RMBG) 🖼️',
    about:
      'The foreground, scaled and masked (Lanczos), its middle at the place in per cent, on the background by the mode, in bytes; without alpha, on ' +
      'white. And the size.',
    quirk:
      'There is a background, and a mask if any, for each foreground; without, it is refused. A result without pixels is refused.',
    inputs: {
      ...{ foreground: image, background: image },
      mode: combo(['normal', 'multiply', 'screen', 'overlay', 'add', 'subtract'], 'normal'),
      foreground_opacity: part,
      foreground_scale: float({ default: 1, min: 0.1, max: 5, step: 0.05 }),
      ...{ position_x: percent, position_y: percent, foreground_mask: optional(mask) },
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['INT', 'WIDTH'],
      ['INT', 'HEIGHT'],
    ],
    async run({ foreground, background, mode, foreground_mask, ...given }, call) {
      const { node } = call;
      const backs = await picturesOf(node, 'background', background, call);
      const fronts = await picturesOf(node, 'foreground', foreground, call);
      const masks = foreground_mask && (await bytesOf(foreground_mask.as('uint8'), call));
      for (const [input, all] of [
        ['background', backs],
        ['foreground_mask', masks ?? fronts],
      ] as const) {
        if (all.length < fronts.length)
          throw refusal(node, input, `at least ${fronts.length}, one for each`, all.length, 'bad-shape');
      }
      const made: Picture[] = [];
      for (const [b, front] of fronts.entries()) {
        const by = given.foreground_scale;
        const [wide, high] = [Math.trunc(front.width * by), Math.trunc(front.height * by)];
        let over = by === 1 ? rgba(front) : await resizedRgba(node, rgba(front), wide, high, call, 'lanczos');
        if (masks) {
          const through = await resized(node, gray(masks[b]), over.width, over.height, call, 'lanczos');
          over = mapped(over, (v, at) => (at % 4 === 3 ? Math.trunc((v * through.data[at >> 2]) / 255) : v));
        }
        const { width, height } = backs[b];
        const layer = filledPicture(width, height, [0, 0, 0, 0]);
        const x = Math.trunc((width * given.position_x) / 100 - over.width / 2);
        const y = Math.trunc((height * given.position_y) / 100 - over.height / 2);
        paste(layer, over, x, y, channelOf(over, 3));
        const dim = given.foreground_opacity;
        const seen = dim < 1 ? mapped(layer, (v, at) => (at % 4 === 3 ? Math.trunc(v * dim) : v)) : layer;
        const canvas = rgba(backs[b]);
        const under = Uint8Array.from(canvas.data);
        const mix = mode === 'normal' ? undefined : modes[mode];
        layOver(canvas, mix ? mapped(seen, (v, at) => (at % 4 === 3 ? v : mix(v, under[at]))) : seen);
        const white = filledPicture(width, height, [255, 255, 255, 255]);
        layOver(white, canvas);
        made.push(rgb(white));
      }
      const all = imageOf(call, made);
      return [all, all.shape[2], all.shape[1]];
    },
  }),

  AILab_CropObject: node({
    ...rmbg,
    title: 'Crop To Object (RMBG) 🖼️🎭',
    about:
      'The part of the picture and the mask around all that is above 0 in the mask, or without a mask in the alpha, with a padding; all where there is nothing.',
    quirk: 'More than one mask, neither mask nor picture, and what leaves nothing of the picture are refused.',
    inputs: { image: optional(image), mask: optional(mask), padding: optional(int({ default: 0, min: 0, max: 256 })) },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    async run({ image, mask, padding }, call) {
      if (!image && !mask) return nothing(call.node);
      if (mask) checkOne(call.node, 'mask', mask);
      const alpha = !mask && image?.shape[3] === 4 ? image.at(0).channel('alpha') : undefined;
      const shape = mask ?? alpha;
      const [own] = shape ? await floatsOf(shape, call) : [];
      const bounds = own && boundsOf(own, (at) => own.data[at] > 0);
      if (!own || !bounds) return [image, mask];
      const [x, y] = [Math.max(bounds[0] - padding, 0), Math.max(bounds[1] - padding, 0)];
      const [right, bottom] = [Math.min(bounds[2] + padding, own.width), Math.min(bounds[3] + padding, own.height)];
      if (image && (x >= image.shape[2] || y >= image.shape[1])) {
        throw refusal(call.node, 'mask', 'so that something of the picture is left', `from ${x}, ${y} on`, 'bad-shape');
      }
      const size = (height: number, width: number) => ({
        width: Math.min(right, width) - x,
        height: Math.min(bottom, height) - y,
      });
      return [
        image?.crop({ x, y, ...size(image.shape[1], image.shape[2]) }),
        mask?.crop({ x, y, ...size(own.height, own.width) }),
      ];
    },
  }),
};

async function overlaid(picture: ImageBatch, mask: MaskBatch, opacity: number, color: string, call: Named) {
  const { compose } = await import('../core/compose.js');
  const rgbColor = colorOf(call.node, 'mask_color', color);
  const [count, height, width] = mask.shape;
  const painted = Float32Array.from({ length: count * height * width * 3 }, (_, i) => rgbColor[i % 3] / 255);
  const source = call.device.image(painted, [count, height, width, 3]);
  const planes = await floatsOf(mask, call);
  const through = batchOf(
    call,
    planes.map((one) => ({ ...one, data: one.data.map((x) => f(x * f(opacity))) })),
  );
  const given = { destination: picture, source, x: 0, y: 0, resize_source: true, mask: through };
  const [made] = await compose.ImageCompositeMasked.run(given, {
    ...call,
    compat: 'comfy-2026',
    more: new Map<number, never>(),
  });
  return made as ImageBatch;
}
