// The inpaint nodes that fill or blur the masked part of a picture.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { combo, image, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import type { Inpainting } from '../lib/cvInpaint.js';
import type { Around, Named, Plane } from '../lib/each.js';
import { filtered } from '../lib/kornia.js';
import { floatsOfImage, imageOfFloats } from '../lib/pictures.js';
import { picturesOf as pillowPictures } from '../lib/pillow.js';
import { alphaOf, gaussian, inpaint, odd, onEdges } from './common.js';

const falloff = int({ default: 0, min: 0, max: 8191 });
const pictures = [['IMAGE', 'image']] as const;
const f = Math.fround;

export const picturesOf = {
  INPAINT_MaskedFill: node({
    ...inpaint,
    title: 'Fill Masked Area',
    about:
      'Gray where the mask is at least 0.99, or what OpenCV fills in there from 3 pixels around, softer by `falloff` towards its edge.',
    quirk: 'There is a mask for each picture; telea and navier-stokes take pictures of 3 channels alone.',
    inputs: { image, mask, fill: combo(['neutral', 'telea', 'navier-stokes']), falloff },
    outputs: pictures,
    async run({ image, mask, fill, falloff }, call) {
      sameSize(call.node, image, mask);
      if (mask.shape[0] !== image.shape[0]) {
        throw refusal(call.node, 'mask', `${image.shape[0]} masks, one for each picture`, mask.toString(), 'bad-shape');
      }
      if (fill !== 'neutral' && image.shape[3] !== 3)
        throw refusal(call.node, 'image', 'a picture of 3 channels', image.toString(), 'bad-shape');
      const alphas = await alphaOf(mask, odd(falloff), call);
      if (fill !== 'neutral') return [await filled(image, call, alphas, fill === 'telea' ? 'telea' : 'ns')];
      return [await changed(image, call, alphas, (value, alpha) => (value - 0.5) * (1 - alpha) + 0.5)];
    },
  }),

  INPAINT_MaskedBlur: node({
    ...inpaint,
    title: 'Blur Masked Area',
    about: 'The picture blurred where the mask is at least 0.99, less by `falloff` towards its edge.',
    quirk: onEdges,
    inputs: { image, mask, blur: int({ default: 255, min: 3, max: 8191 }), falloff },
    outputs: pictures,
    async run({ image, mask, blur, falloff }, call) {
      sameSize(call.node, image, mask);
      const [batch, , , channels] = image.shape;
      if (channels !== 3) throw refusal(call.node, 'image', 'a picture of 3 channels', image.toString(), 'bad-shape');
      if (mask.shape[0] !== batch && mask.shape[0] !== 1) {
        throw refusal(call.node, 'mask', `1 or ${batch} masks`, mask.toString(), 'bad-shape');
      }
      const kernel = gaussian(odd(blur));
      const alphas = await alphaOf(mask, Math.min(odd(falloff), odd(blur) - 2), call);
      const soft = (plane: Plane<Float32Array>): Float32Array => filtered(plane, kernel).data;
      return [await changed(image, call, alphas, (value, alpha, own) => value + (own - value) * alpha, soft)];
    },
  }),
};

/** The picture with OpenCV's inpainting mixed in by alpha. */
async function filled(image: ImageBatch, call: Named, alphas: readonly Plane<Float32Array>[], method: Inpainting) {
  const { inpainted } = await import('../lib/cvInpaint.js');
  const pictures = await pillowPictures(call.node, 'image', image, call);
  const { data, shape } = await floatsOfImage(image, call);
  const made = new Float32Array(data.length);
  for (const [b, picture] of pictures.entries()) {
    const alpha = alphas[b];
    const through = inpainted(picture, { ...alpha, data: Uint8Array.from(alpha.data, (x) => f(255 * x)) }, 3, method);
    for (let i = 0, at = b * through.data.length; i < through.data.length; i++, at++) {
      const own = alpha.data[Math.floor(i / picture.channels)];
      made[at] = f(data[at] * f(1 - own)) + f(f(through.data[i] / 255) * own);
    }
  }
  return imageOfFloats(call.device, { data: made, shape });
}

function sameSize(node: string, image: ImageBatch, mask: MaskBatch): void {
  const [, height, width] = image.shape;
  if (mask.shape[1] === height && mask.shape[2] === width) return;
  throw refusal(node, 'mask', `${width} x ${height} like the image`, mask.toString(), 'bad-shape');
}

/**
 * Applies `change` to the first three channels: to each value, its alpha, and the same value in another version of
 * the picture.
 */
async function changed(
  image: ImageBatch,
  { device, signal }: Around,
  alphas: readonly Plane<Float32Array>[],
  change: (value: number, alpha: number, own: number) => number,
  version?: (plane: Plane<Float32Array>) => Float32Array,
): Promise<ImageBatch> {
  const [batch, height, width, channels] = image.shape;
  const size = width * height;
  const data = await image.data({ signal } as never);
  const numbers = data as Float32Array<ArrayBuffer>;
  for (let b = 0; b < batch; b++) {
    const alpha = alphas[Math.min(b, alphas.length - 1)].data;
    for (let c = 0; c < Math.min(channels, 3); c++) {
      signal?.throwIfAborted();
      const from = b * size * channels + c;
      const plane = Float32Array.from({ length: size }, (_, at) => numbers[from + at * channels]);
      const own = version?.({ data: plane, width, height }) ?? plane;
      for (let at = 0; at < size; at++) numbers[from + at * channels] = change(plane[at], alpha[at], own[at]);
    }
  }
  return device.image(numbers, image.shape);
}
