// essentials: resizes pictures.
import type { ImageBatch } from '../../../index.js';
import { combo, image, int, MAX } from '../../inputs.js';
import { node } from '../../node.js';
import { checkSide, halfEven } from '../lib/numbers.js';
import { floatsOfImage, imageOfFloats } from '../lib/pictures.js';
import { upscaled } from '../lib/upscale.js';
import { essentials } from './common.js';

const side = int({ default: 512, min: 0, max: MAX });

interface Size {
  readonly width: number;
  readonly height: number;
}
interface Plan extends Size {
  /** The part of the resized picture that is kept. */
  readonly kept?: Size & { readonly x: number; readonly y: number };
  /** The borders around it. */
  readonly edges?: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

function planOf(method: string, own: Size, asked: Size): Plan {
  const whole = { width: asked.width || own.width, height: asked.height || own.height };
  const scaled = (ratio: number): Size => ({
    width: halfEven(own.width * ratio),
    height: halfEven(own.height * ratio),
  });
  if (method === 'stretch') return whole;
  if (method === 'fill / crop') {
    const size = scaled(Math.max(whole.width / own.width, whole.height / own.height));
    const place = (side: number, to: number): number => Math.max(Math.min(Math.floor((side - to) / 2), side - to), 0);
    const [x, y] = [place(size.width, whole.width), place(size.height, whole.height)];
    return {
      ...size,
      kept: { x, y, width: Math.min(whole.width, size.width), height: Math.min(whole.height, size.height) },
    };
  }
  const width = asked.width || (own.height < asked.height ? MAX : own.width);
  const height = asked.height || (own.width < width ? MAX : own.height);
  const size = scaled(Math.min(width / own.width, height / own.height));
  if (method === 'keep proportion') return size;
  const [left, top] = [Math.floor((width - size.width) / 2), Math.floor((height - size.height) / 2)];
  return { ...size, edges: { left, top, right: width - size.width - left, bottom: height - size.height - top } };
}

const conditions = {
  always: () => true,
  'downscale if bigger': (own: Size, to: Size) => own.height > to.height || own.width > to.width,
  'upscale if smaller': (own: Size, to: Size) => own.height < to.height || own.width < to.width,
  'if bigger area': (own: Size, to: Size) => own.height * own.width > to.height * to.width,
  'if smaller area': (own: Size, to: Size) => own.height * own.width < to.height * to.width,
};

export const resizing = {
  'ImageResize+': node({
    ...essentials,
    category: 'essentials/image manipulation',
    title: '🔧 Image Resize',
    about:
      "This size, by torch's interpolate or Pillow's Lanczos on bytes: stretched, in the same proportions, filled and cut in the middle, or padded with 0. " +
      'A side of 0 is free. With multiple_of the sides are multiples, cut from the middle. Clamped to 0..1.',
    quirk: 'A result without pixels is refused. Files from before 2024 have keep_proportion instead of method.',
    older: (row) =>
      row.map((one, i) => (i !== 3 || typeof one !== 'boolean' ? one : one ? 'keep proportion' : 'stretch')),
    inputs: {
      image,
      ...{ width: side, height: side },
      interpolation: combo(['nearest', 'bilinear', 'bicubic', 'area', 'nearest-exact', 'lanczos']),
      method: combo(['stretch', 'keep proportion', 'fill / crop', 'pad']),
      condition: combo(['always', 'downscale if bigger', 'upscale if smaller', 'if bigger area', 'if smaller area']),
      multiple_of: int({ default: 0, min: 0, max: 512 }),
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['INT', 'width'],
      ['INT', 'height'],
    ],
    async run({ image, width, height, interpolation, method, condition, multiple_of }, call) {
      const own = { width: image.shape[2], height: image.shape[1] };
      const step = Math.max(multiple_of, 1);
      const plan = planOf(method, own, { width: width - (width % step), height: height - (height % step) });
      const resized = conditions[condition](own, plan);
      const full = resized ? (plan.kept ?? around(plan)) : own;
      const left = { width: full.width - (full.width % step), height: full.height - (full.height % step) };
      checkSide(call.node, 'width', left.width, resized ? plan.width : own.width);
      checkSide(call.node, 'height', left.height, resized ? plan.height : own.height);
      const scaled = resized ? await upscaled(image, plan, interpolation, call) : image;
      const { data, shape } = await floatsOfImage(scaled, call);
      const made = imageOfFloats(call.device, { data: data.map((x) => Math.min(Math.max(x, 0), 1)), shape });
      const whole = resized ? finished(made, plan) : made;
      const [x, y] = [Math.floor((full.width % step) / 2), Math.floor((full.height % step) / 2)];
      return [whole.crop({ x, y, ...left }), left.width, left.height];
    },
  }),

  'ImageRemoveAlpha+': node({
    ...essentials,
    category: 'essentials/image utils',
    title: '🔧 Image Remove Alpha',
    about: 'The picture without its alpha.',
    inputs: { image },
    outputs: [['IMAGE', 'IMAGE']],
    run: ({ image }) => [image.shape[3] === 4 ? image.removeAlpha() : image],
  }),
};

const around = ({ width, height, edges }: Plan): Size => ({
  width: width + (edges ? edges.left + edges.right : 0),
  height: height + (edges ? edges.top + edges.bottom : 0),
});

const finished = (image: ImageBatch, { kept, edges }: Plan): ImageBatch =>
  kept ? image.crop(kept) : edges ? image.pad(edges) : image;
