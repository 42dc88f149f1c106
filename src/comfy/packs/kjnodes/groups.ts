// KJNodes: masks of blocks, combined masks, and a mask painted on a picture.
import { refusal } from '../../../base/errors.js';
import { MaskBatch as Mask } from '../../../index.js';
import { combo, image, int, mask, string } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, floatsOf, type Plane } from '../lib/each.js';
import { boundsOf } from '../lib/label.js';
import { empty, floatsOfImage, imageOfFloats } from '../lib/pictures.js';
import { upscaled } from '../lib/upscale.js';
import { kj } from './common.js';

const out = [['MASK', 'MASK']] as const;
const device = { ...combo(['cpu', 'gpu']), optional: true } as const;
const f = Math.fround;

export const groups = {
  BlockifyMask: node({
    ...kj,
    title: 'Blockify Mask',
    about:
      'Divides the bounding box of values above 0 into blocks of about this size. Blocks in which the mask is not empty become 1, everything ' +
      'else 0.',
    inputs: { masks: mask, block_size: int({ default: 32, min: 8, max: 512 }), device },
    outputs: [['MASK', 'mask']],
    async run({ masks, block_size }, call) {
      const all = await floatsOf(masks, call);
      return [
        batchOf(
          call,
          all.map((plane) => blocks(plane, block_size)),
        ),
      ];
    },
  }),

  ConsolidateMasksKJ: node({
    ...kj,
    title: 'Consolidate Masks',
    about:
      'Masks whose boxes fit together into a tile of this size, with the padding, become one, their sum: first those with which most others fit, ' +
      'until none is left.',
    quirk: 'A mask of zeros is refused; the original fails.',
    inputs: {
      masks: mask,
      width: int({ default: 512, min: 0, max: 4096, step: 64 }),
      height: int({ default: 512, min: 0, max: 4096, step: 64 }),
      padding: int({ default: 0, min: 0, max: 4096 }),
    },
    outputs: out,
    async run({ masks, width, height, padding }, call) {
      const all = (await floatsOf(masks, call)).map((plane) => {
        const bounds = boundsOf(plane, (at) => plane.data[at] !== 0);
        if (!bounds) throw refusal(call.node, 'masks', 'not 0 somewhere, each of them', 'zeros alone');
        return { plane, box: [bounds[0], bounds[1], bounds[2] - 1, bounds[3] - 1] };
      });
      all.sort(({ box: a }, { box: b }) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]);
      const fits = all.map(({ box }, own) => {
        let grown = box;
        const others = all.flatMap(({ box: other }, i) => {
          if (i === own) return [];
          const [left, top] = [Math.min(grown[0], other[0]), Math.min(grown[1], other[1])];
          const [right, bottom] = [Math.max(grown[2], other[2]), Math.max(grown[3], other[3])];
          if (left + width < right + padding || top + height < bottom + padding) return [];
          grown = [left, top, right, bottom];
          return [i];
        });
        return { own, others };
      });
      fits.sort((a, b) => b.others.length - a.others.length);
      const seen = new Set<number>();
      const ranked = fits.map((one) => {
        const fresh = one.others.filter((i) => !seen.has(i)).length;
        for (const i of one.others) seen.add(i);
        return { ...one, fresh };
      });
      ranked.sort((a, b) => b.others.length - a.others.length || b.fresh - a.fresh);
      const merged = new Set<number>();
      const made: Plane[] = [];
      for (const { own, others } of ranked) {
        if (merged.has(own)) continue;
        const data = Float32Array.from(all[own].plane.data);
        for (const i of others) {
          if (merged.has(i)) continue;
          for (const [at, x] of all[i].plane.data.entries()) data[at] += x;
          merged.add(i);
        }
        merged.add(own);
        made.push({ ...all[own].plane, data });
      }
      return [batchOf(call, made)];
    },
  }),

  MaskBatchMulti: node({
    ...kj,
    title: 'Mask Batch Multi',
    about: 'mask_1, mask_2, … up to inputcount as one batch; the others are made as large as the first, bicubic.',
    inputs: { inputcount: int({ default: 2, min: 2, max: 1000 }), mask_1: mask, mask_2: mask },
    more: { prefix: 'mask_', input: mask },
    outputs: [['MASK', 'masks']],
    async run({ inputcount, mask_1 }, { more, ...call }) {
      const [, height, width] = mask_1.shape;
      const all = [];
      for (let i = 1; i <= inputcount; i++) {
        const one = more.get(i);
        if (!one) throw refusal(call.node, `mask_${i}`, 'MASK (inputcount asks for it)', undefined, 'missing');
        const same = one.shape[1] === height && one.shape[2] === width;
        all.push((same ? one : await upscaled(one, { width, height }, 'bicubic', call)).as('float32'));
      }
      return [Mask.cat(all)];
    },
  }),

  DrawMaskOnImage: node({
    ...kj,
    title: 'Draw Mask On Image',
    about:
      'The picture times 1 - mask plus the colour times mask, of which alpha is the larger. The colour: #RGB, #RRGGBB, or numbers with commas, ' +
      'each of 0..1 or above 1 of 0..255, with an alpha that dims the mask. A mask of another size is resized, nearest-exact.',
    quirk: 'A picture of one channel is refused.',
    inputs: { image, mask, color: string('0, 0, 0'), device },
    outputs: [['IMAGE', 'images']],
    async run({ image, mask, color }, call) {
      const [batch, height, width, channels] = image.shape;
      if (channels < 3) throw refusal(call.node, 'image', 'of 3 or 4 channels', `shape [${image.shape}]`, 'bad-shape');
      const [red, green, blue, alpha = 1] = colorOf(call.node, color);
      const fill = [red, green, blue].map(f);
      const same = mask.shape[1] === height && mask.shape[2] === width;
      const planes = await floatsOf(same ? mask : mask.interpolate({ width, height, mode: 'nearest-exact' }), call);
      const { data, shape } = await floatsOfImage(image, call);
      const made = empty(shape);
      const size = width * height;
      for (let i = 0; i < batch * size; i++) {
        const own = f(planes[Math.floor(i / size) % planes.length].data[i % size] * f(alpha));
        for (let c = 0; c < 3; c++) {
          made.data[i * channels + c] = f(data[i * channels + c] * f(1 - own)) + f(fill[c] * own);
        }
        if (channels === 4) made.data[i * 4 + 3] = Math.max(data[i * 4 + 3], own);
      }
      return [imageOfFloats(call.device, made)];
    },
  }),
};

function blocks(plane: Plane<Float32Array>, size: number): Plane {
  const { data, width } = plane;
  const to = new Float32Array(data.length);
  const bounds = boundsOf(plane, (at) => data[at] > 0);
  if (!bounds) return { ...plane, data: to };
  const [left, top, right, bottom] = bounds;
  const part = (length: number) => {
    const count = Math.max(1, Math.floor(length / size));
    const step = Math.floor(length / count);
    return { count, of: (at: number) => Math.min(Math.floor(at / step), count - 1) };
  };
  const [across, down] = [part(right - left), part(bottom - top)];
  const sums = new Float32Array(across.count * down.count);
  const block = (x: number, y: number): number => down.of(y - top) * across.count + across.of(x - left);
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sums[block(x, y)] += data[y * width + x];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) if (sums[block(x, y)] > 0) to[y * width + x] = 1;
  }
  return { ...plane, data: to };
}

function colorOf(node: string, given: string): number[] {
  const text = given.trim();
  const digits = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text)?.[1];
  if (digits) {
    const pairs = digits.length < 6 ? Array.from(digits, (one) => one + one) : (digits.match(/../g) ?? []);
    return pairs.map((pair) => Number.parseInt(pair, 16) / 255);
  }
  const numbers = text.split(',').map((one) => (one.trim() ? Number(one) : Number.NaN));
  if (numbers.length < 3 || !numbers.every(Number.isFinite)) {
    throw refusal(node, 'color', 'a colour: #RRGGBB, or three or four numbers with commas', given);
  }
  return numbers.map((one) => (one > 1 ? one / 255 : one));
}
