// The tools for pictures and masks of the RMBG pack; its models are not here.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { boolean, combo, float, image, int, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { type Around, batchOf, bytesOf, floatsOf, type Plane } from '../lib/each.js';
import { blurred, resized, resizedRgba } from '../lib/filters.js';
import { scipyFloats } from '../lib/gaussian.js';
import { boundsOf } from '../lib/label.js';
import { cvSpread } from '../lib/morphology.js';
import { outlined } from '../lib/outline.js';
import { layOver } from '../lib/over.js';
import { floatsOfImage } from '../lib/pictures.js';
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

const rmbg = { category: '🧪AILab/🖼️IMAGE', module: 'custom_nodes.ComfyUI-RMBG' } as const;
const f = Math.fround;
const part = float({ default: 1, min: 0, max: 1, step: 0.01 });
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

  AILab_ColorToMask: node({
    ...rmbg,
    category: '🧪AILab/🧽RMBG',
    title: 'Color to Mask (RMBG) 🎭',
    about: '1 where the colour is at most threshold / 255 away, 0 elsewhere, or the other way round.',
    quirk:
      'A picture of 4 channels, or with numbers below 0, is refused; the original fails. With numbers above 1 it is divided by 255, as there.',
    inputs: {
      images: image,
      invert: boolean(false),
      threshold: int({ default: 10, min: 0, max: 255 }),
      mask_color: string('#FFFFFF'),
    },
    outputs: [['MASK', 'MASK']],
    async run({ images, invert, threshold, mask_color }, call) {
      const [batch, height, width, channels] = images.shape;
      const { data } = await floatsOfImage(images, call);
      if (channels === 4)
        throw refusal(call.node, 'images', 'of 1 or 3 channels', `shape [${images.shape}]`, 'bad-shape');
      if (data.some((x) => x < 0)) throw refusal(call.node, 'images', 'no number below 0', 'one below 0');
      const by = data.some((x) => x > 1) ? 255 : 1;
      const color = colorOf(call.node, 'mask_color', mask_color).map((byte) => f(byte / 255));
      const [most, inside, outside] = [f(threshold / 255), invert ? 0 : 255, invert ? 255 : 0];
      const made = new Uint8Array(batch * height * width);
      for (const i of made.keys()) {
        let sum = 0;
        for (let c = 0; c < 3; c++) {
          const apart = f(f(data[i * channels + (c % channels)] / by) - color[c]);
          sum = f(sum + f(apart * apart));
        }
        made[i] = f(Math.sqrt(sum)) <= most ? inside : outside;
      }
      return [call.device.mask(made, [batch, height, width]).as('float32')];
    },
  }),

  AILab_MaskEnhancer: node({
    ...rmbg,
    title: 'Mask Enhancer (RMBG) 🎭',
    about:
      "The mask times 2 - sensitivity; made round by scipy's Gaussian, cut at 0.5 before and after it; holes filled, blurred and grown or shrunk by " +
      'squares in bytes; and the other way round.',
    inputs: {
      mask,
      sensitivity: optional(part),
      mask_blur: optional(int({ default: 0, min: 0, max: 64 })),
      mask_offset: optional(int({ default: 0, min: -64, max: 64 })),
      smooth: optional(float({ default: 0, min: 0, max: 128, step: 0.5 })),
      fill_holes: optional(boolean(false)),
      invert_output: optional(boolean(false)),
    },
    outputs: [['MASK', 'MASK']],
    async run({ mask, sensitivity, mask_blur, mask_offset, smooth, fill_holes, invert_output }, call) {
      const by = f(1 + (1 - sensitivity));
      const made: Plane[] = [];
      for (const plane of await floatsOf(mask, call)) {
        let own: Plane = { ...plane, data: plane.data.map((x) => Math.min(Math.max(f(x * by), 0), 1)) };
        if (smooth > 0) {
          const hard = { ...own, data: Float32Array.from(own.data, (x) => Number(x > 0.5)) };
          own = { ...own, data: scipyFloats(hard, smooth).map((x) => Number(x > 0.5)) };
        }
        if (fill_holes) own = whole(bytes(own));
        if (mask_blur > 0) own = await blurred(gray(bytes(own)), mask_blur, call);
        if (mask_offset !== 0) {
          const spread = cvSpread(bytes(own), mask_offset + Math.sign(mask_offset) * (Math.abs(mask_offset) + 1));
          own = { ...spread, data: Uint8Array.from(spread.data) };
        }
        made.push(own.data instanceof Uint8Array ? { ...own, data: Float32Array.from(own.data, (v) => v / 255) } : own);
      }
      const all = batchOf(call, made);
      return [invert_output ? all.invert() : all];
    },
  }),

  AILab_MaskCombiner: node({
    ...rmbg,
    title: 'Mask Combiner (RMBG) 🎭',
    about:
      'The larger of all masks, the smaller of the first two, or how far those are apart, cut to 0..1; a mask of another shape is made as large ' +
      "by Pillow's Lanczos on bytes. A mask alone as it is.",
    quirk: 'Batches that are neither one mask nor as many as the first are refused; the original fails.',
    inputs: {
      mask_1: mask,
      mode: combo(['combine', 'intersection', 'difference'], 'combine'),
      ...{ mask_2: optional(mask), mask_3: optional(mask), mask_4: optional(mask) },
    },
    outputs: [['MASK', 'MASK']],
    async run({ mask_1, mode, mask_2, mask_3, mask_4 }, call) {
      const others = [mask_2, mask_3, mask_4].flatMap((one) => one ?? []);
      if (!others.length) return [mask_1];
      const [count, height, width] = mask_1.shape;
      let made = await floatsOf(mask_1, call);
      for (const one of mode === 'combine' ? others : others.slice(0, 1)) {
        const isSame = one.shape.join() === mask_1.shape.join();
        const fit = isSame
          ? one.as('float32')
          : one.as('uint8').resize({ width, height, filter: 'lanczos' }).as('float32');
        const planes = await floatsOf(fit, call);
        const batch = Math.max(made.length, planes.length);
        if ([made.length, planes.length].some((own) => own !== 1 && own !== batch)) {
          throw refusal(call.node, 'mask_2', `1 mask, or ${count} as mask_1 has`, planes.length, 'bad-shape');
        }
        const join =
          mode === 'combine'
            ? Math.max
            : mode === 'intersection'
              ? Math.min
              : (a: number, b: number) => Math.abs(f(a - b));
        made = Array.from({ length: batch }, (_, b) => {
          const [first, second] = [made[b % made.length], planes[b % planes.length]];
          return { ...first, data: first.data.map((x, i) => join(x, second.data[i])) };
        });
      }
      return [
        batchOf(
          call,
          made.map((one) => ({ ...one, data: one.data.map((x) => Math.min(Math.max(x, 0), 1)) })),
        ),
      ];
    },
  }),

  AILab_ImageCombiner: node({
    ...rmbg,
    title: 'Image Combiner (RMBG) 🖼️',
    about:
      'The foreground, scaled and masked (Lanczos), its middle at the place in per cent, on the background by the mode, in bytes; without alpha, on ' +
      'white. And the size.',
    quirk:
      'There is a background, and a mask if any, for each foreground; without, it is refused. What is left without a pixel is refused.',
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
      if (mask && mask.shape[0] !== 1)
        throw refusal(call.node, 'mask', 'one mask', `shape [${mask.shape}]`, 'bad-shape');
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

function colorOf(node: string, input: string, text: string): readonly number[] {
  const digits = text.trim().replace(/^#/, '');
  const six = /^[0-9a-f]{3}$/i.test(digits) ? digits.replace(/./g, '$&$&') : digits.slice(0, 6);
  if (!/^[0-9a-f]{6}$/i.test(six)) throw refusal(node, input, 'a colour, #rgb or #rrggbb', text);
  const number = Number.parseInt(six, 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

async function overlaid(
  picture: ImageBatch,
  mask: MaskBatch,
  opacity: number,
  color: string,
  call: Around & { node: string },
) {
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

/** By truncation; what is bytes stays. */
const bytes = ({ data, ...size }: Plane): Plane<Uint8Array> => ({
  ...size,
  data: data instanceof Uint8Array ? data : Uint8Array.from(data, (x) => Math.min(Math.max(f(255 * x), 0), 255)),
});

/** White within each outermost contour. */
function whole(plane: Plane<Uint8Array>): Plane<Uint8Array> {
  const { width } = plane;
  const parts = outlined(plane);
  const data = new Uint8Array(plane.data.length);
  for (const { box, inside } of parts) {
    for (let y = box[1]; y < box[3]; y++) {
      for (let x = box[0]; x < box[2]; x++) if (inside(x, y)) data[y * width + x] = 255;
    }
  }
  return { ...plane, data };
}
