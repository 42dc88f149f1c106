// The core nodes that paste pictures over one another and onto larger canvases.
import { refusal } from '../../../base/errors.js';
import { boolean, combo, image, int, MAX, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, floatsOf, type Plane } from '../lib/each.js';
import { empty, floatsOfImage, imageOfFloats, repeated, withChannels } from '../lib/pictures.js';
import { PORTER_DUFF, porterDuff } from '../lib/porterDuff.js';
import { upscaled } from '../lib/upscale.js';

const place = int({ default: 0, min: 0, max: MAX });
const margin = int({ default: 0, min: 0, max: MAX }, { step: 8 });

export const compose = {
  ImageCompositeMasked: node({
    title: 'Image Composite Masked',
    category: 'image',
    module: 'comfy_extras.nodes_mask',
    about:
      'Composes the source over the destination at x, y by the mask, cut at the edges: m * s + (1 - m) * d. The mask is scaled to the source, ' +
      'bilinear, and the source to the destination if asked; shorter batches repeat. Channels are those of the destination.',
    inputs: {
      destination: image,
      source: image,
      x: place,
      y: place,
      resize_source: boolean(false),
      mask: optional(mask),
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ destination, source, x, y, resize_source, mask }, call) {
      const [batch, height, width, channels] = destination.shape;
      const under = await floatsOfImage(destination, call);
      const given = repeated(
        resize_source ? await upscaled(source, { width, height }, 'bilinear', call) : source,
        batch,
      );
      const over = withChannels(await floatsOfImage(given, call), channels);
      const own = { width: over.shape[2], height: over.shape[1] };
      const masks = mask && (await floatsOf(await upscaled(mask, own, 'bilinear', call), call)).map(({ data }) => data);
      const data = Float32Array.from(under.data);
      const columns = Math.max(Math.min(own.width, width - x), 0);
      for (let b = 0; b < batch; b++) {
        const through = masks?.[b % masks.length];
        for (let row = 0; row < Math.min(own.height, height - y); row++) {
          for (let column = 0; column < columns; column++) {
            const m = through ? through[row * own.width + column] : 1;
            const rest = Math.fround(1 - m);
            const at = ((b * height + y + row) * width + x + column) * channels;
            const from = ((b * own.height + row) * own.width + column) * channels;
            for (let c = 0; c < channels; c++) {
              data[at + c] = Math.fround(m * over.data[from + c]) + Math.fround(rest * under.data[at + c]);
            }
          }
        }
      }
      return [imageOfFloats(call.device, { data, shape: under.shape })];
    },
  }),

  ImagePadForOutpaint: node({
    title: 'Pad Image for Outpainting',
    category: 'image',
    module: 'nodes',
    about:
      'The picture on a larger one of gray, 0.5, and a mask of what was added: 1 there, falling off inside as the square of the distance over ' +
      'so many pixels, unless twice as many would reach across.',
    inputs: {
      image,
      left: margin,
      top: margin,
      right: margin,
      bottom: margin,
      feathering: int({ default: 40, min: 0, max: MAX }),
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    async run({ image, left, top, right, bottom, feathering }, call) {
      const { data, shape } = await floatsOfImage(image, call);
      const [batch, height, width, channels] = shape;
      const [rows, columns] = [height + top + bottom, width + left + right];
      const made = empty([batch, rows, columns, channels], 0.5);
      for (let line = 0; line < batch * height; line++) {
        const [b, y] = [Math.floor(line / height), line % height];
        const own = data.subarray(line * width * channels, (line + 1) * width * channels);
        made.data.set(own, ((b * rows + top + y) * columns + left) * channels);
      }
      const fade = feathering > 0 && feathering * 2 < Math.min(width, height);
      const added = new Float32Array(rows * columns).fill(1);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const down = Math.min(top ? y : height, bottom ? height - y : height);
          const near = Math.min(down, left ? x : width, right ? width - x : width);
          const v = fade && near < feathering ? (feathering - near) / feathering : 0;
          added[(top + y) * columns + left + x] = v * v;
        }
      }
      return [imageOfFloats(call.device, made), call.device.mask(added, [1, rows, columns])];
    },
  }),

  PorterDuffImageComposite: node({
    title: 'Porter-Duff Image Composite',
    category: 'mask/compositing',
    module: 'comfy_extras.nodes_compositing',
    about:
      'Composes two pictures with alphas 1 - mask by a Porter-Duff mode; also 1 - alpha of the result. Inputs of other sizes are scaled to the ' +
      'destination, bicubic, cut in the middle. The shortest batch counts.',
    quirk: 'Pictures of different channels are refused; the original fails.',
    inputs: {
      source: image,
      source_alpha: mask,
      destination: image,
      destination_alpha: mask,
      mode: combo(PORTER_DUFF, 'DST'),
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    async run({ source, source_alpha, destination, destination_alpha, mode }, call) {
      const [, height, width, channels] = destination.shape;
      if (source.shape[3] !== channels) {
        throw refusal(call.node, 'source', `of ${channels} channels`, `shape [${source.shape}]`, 'bad-shape');
      }
      const likeIt = async <B extends typeof source | typeof source_alpha>(one: B): Promise<B> =>
        one.shape[1] === height && one.shape[2] === width
          ? one
          : upscaled(one, { width, height }, 'bicubic', call, 'center');
      const [sources, under] = [
        await floatsOfImage(await likeIt(source), call),
        await floatsOfImage(destination, call),
      ];
      const alphas = async (one: typeof source_alpha): Promise<Float32Array[]> =>
        (await floatsOf(await likeIt(one), call)).map(({ data }) => data);
      const [overs, unders] = [await alphas(source_alpha), await alphas(destination_alpha)];
      const batch = Math.min(overs.length, unders.length, source.shape[0], destination.shape[0]);
      const made = empty([batch, height, width, channels]);
      const planes: Plane[] = [];
      const size = width * height;
      for (let b = 0; b < batch; b++) {
        const part = (all: Float32Array): Float32Array => all.subarray(b * size * channels, (b + 1) * size * channels);
        const data = porterDuff(
          mode,
          channels,
          part(sources.data),
          overs[b],
          part(under.data),
          unders[b],
          part(made.data),
        );
        planes.push({ data, width, height });
      }
      return [imageOfFloats(call.device, made), batchOf(call, planes)];
    },
  }),

  InpaintPreprocessor: node({
    title: 'Inpaint Preprocessor',
    category: 'ControlNet Preprocessors/others',
    module: 'custom_nodes.comfyui_controlnet_aux',
    about:
      'The picture with -1, or 0 if asked, in every channel where the mask is above 0.5; the mask is made as large, bilinear.',
    quirk: 'A batch of masks that is neither one nor as many as there are pictures is refused; the original fails.',
    inputs: { image, mask, black_pixel_for_xinsir_cn: optional(boolean(false)) },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image, mask, black_pixel_for_xinsir_cn }, call) {
      const { data, shape } = await floatsOfImage(image, call);
      const [batch, height, width, channels] = shape;
      const fitted = await upscaled(mask, { width, height }, 'bilinear', call);
      const masks = (await floatsOf(fitted, call)).map(({ data }) => data);
      if (masks.length !== 1 && masks.length !== batch) {
        throw refusal(call.node, 'mask', `1 or ${batch} masks`, `shape [${mask.shape}]`, 'bad-shape');
      }
      const made = Float32Array.from(data);
      const value = black_pixel_for_xinsir_cn ? 0 : -1;
      for (let i = 0; i < batch * height * width; i++) {
        const at = i % (height * width);
        const own = masks[masks.length === 1 ? 0 : Math.floor(i / (height * width))];
        if (own[at] > 0.5) made.fill(value, i * channels, (i + 1) * channels);
      }
      return [imageOfFloats(call.device, { data: made, shape })];
    },
  }),

  'InvertMask (segment anything)': node({
    title: 'InvertMask (segment anything)',
    category: 'segment_anything',
    module: 'custom_nodes.comfyui_segment_anything',
    about: '1 - x in floats, without a clamp.',
    inputs: { mask },
    outputs: [['MASK', 'MASK']],
    run: ({ mask }) => [mask.as('float32').invert()],
  }),
};
