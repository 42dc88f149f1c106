// KJNodes: pictures and masks placed side by side.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, type ImageBatch, MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { anything, boolean, combo, int, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { shaped } from '../../sockets.js';
import { antialiased } from '../lib/antialias.js';
import type { Around, Named } from '../lib/each.js';
import { checkSide } from '../lib/numbers.js';
import {
  empty,
  type Floats,
  floatsOfImage,
  floatsOfMask,
  imageOfFloats,
  maskOfFloats,
  withChannels,
} from '../lib/pictures.js';
import { kj } from './common.js';

const group = { ...kj, category: 'KJNodes/image' } as const;
const DIRECTIONS = ['right', 'down', 'left', 'up'] as const;
const imageOrMask = { ...anything, as: 'IMAGE,MASK' } as const;
const count = int({ default: 2, min: 2, max: 1000 });
type Either = ImageBatch | MaskBatch;

function either({ node, device }: Named, input: string, value: unknown): Either {
  if (value instanceof Image || value instanceof Mask) return value;
  const numbers = shaped(value);
  if (numbers?.shape) {
    const { data, shape } = numbers;
    return (shape as readonly number[]).length === 3 ? device.mask(data, shape) : device.image(data, shape);
  }
  throw refusal(node, input, 'an image or a mask', value);
}

const floatsFrom = (batch: Either, call: Around): Promise<Floats> =>
  batch instanceof Mask ? floatsOfMask(batch, call) : floatsOfImage(batch as ImageBatch, call);

/** Converts to the first one's kind: gray is repeated, colours are averaged. */
function alike({ data, shape }: Floats, channels: number, isMask: boolean): Floats {
  const [batch, height, width, own] = shape;
  if (isMask && own > 1) {
    const colors = Math.min(own, 3);
    const made = empty([batch, height, width, 1]);
    for (let i = 0; i < made.data.length; i++) {
      let sum = 0;
      for (let c = 0; c < colors; c++) sum = Math.fround(sum + data[i * own + c]);
      made.data[i] = sum / colors;
    }
    return made;
  }
  if (own > 1 || channels === 1) return { data, shape };
  const made = empty([batch, height, width, channels]);
  for (let i = 0; i < made.data.length; i++) made.data[i] = data[Math.floor(i / channels)];
  return made;
}

interface Beside {
  readonly direction: (typeof DIRECTIONS)[number];
  readonly match: boolean;
  readonly size: readonly [height: number, width: number];
}

/** Two batches side by side, the smaller one centred on zeros. The shorter batch repeats its last element. */
function joined(node: string, one: Floats, other: Floats, { direction, match, size: [high, wide] }: Beside): Floats {
  const across = direction === 'right' || direction === 'left';
  const [bs1, h1, w1, c1] = one.shape;
  let second = other;
  if (match) {
    const [, h, w] = other.shape;
    const aspect = w / h;
    const to = across ? [Math.trunc(high * aspect), high] : [wide, Math.trunc(wide / aspect)];
    checkSide(node, 'image2', ...to);
    second = antialiased(other, to[0], to[1]);
  }
  const [bs2, h2, w2, c2] = second.shape;
  const channels = Math.max(c1, c2);
  const height = across ? Math.max(h1, h2) : h1 + h2;
  const width = across ? w1 + w2 : Math.max(w1, w2);
  const made = empty([Math.max(bs1, bs2), height, width, channels]);
  const middle = (whole: number, own: number): number => Math.floor((whole - own) / 2);
  const lay = (from: Floats, first: boolean): void => {
    const { data, shape } = withChannels(from, channels);
    const [batch, rows, columns] = shape;
    const before = first === (direction === 'right' || direction === 'down');
    const beyond = first ? [h2, w2] : [h1, w1];
    const y = across ? middle(height, rows) : before ? 0 : beyond[0];
    const x = across ? (before ? 0 : beyond[1]) : middle(width, columns);
    for (let b = 0; b < made.shape[0]; b++) {
      for (let row = 0; row < rows; row++) {
        const at = (Math.min(b, batch - 1) * rows + row) * columns * channels;
        made.data.set(data.subarray(at, at + columns * channels), ((b * height + y + row) * width + x) * channels);
      }
    }
  };
  lay(one, true);
  lay(second, false);
  return made;
}

/** A picture, or a mask if the first input was a mask. */
const given = ({ device }: Around, floats: Floats, isMask: boolean): Either =>
  isMask ? maskOfFloats(device, floats) : imageOfFloats(device, floats);

const matched =
  'With match_image_size it is made as large along the seam, bicubic with antialiasing; else the smaller one lies in the middle on zeros. ' +
  'What is no picture where the first is one becomes gray, and the other way round the mean of the colours.';

export const beside = {
  ImageConcanate: node({
    ...group,
    title: 'Image Concatenate',
    about: `The second picture (or mask) beside the first. ${matched}`,
    quirk: 'Scaled within rounding of the original.',
    inputs: { image1: imageOrMask, image2: imageOrMask, direction: combo(DIRECTIONS), match_image_size: boolean(true) },
    outputs: [['*', 'output']],
    async run({ image1, image2, direction, match_image_size }, call) {
      const first = either(call, 'image1', image1);
      const isMask = first instanceof Mask;
      const one = await floatsFrom(first, call);
      const other = alike(await floatsFrom(either(call, 'image2', image2), call), one.shape[3], isMask);
      const [, height, width] = one.shape;
      return [
        given(
          call,
          joined(call.node, one, other, { direction, match: match_image_size, size: [height, width] }),
          isMask,
        ),
      ];
    },
  }),

  ImageConcatMulti: node({
    ...group,
    title: 'Image Concatenate Multi',
    about: `Several pictures (or masks) in a row, each next to those before it. ${matched} An input that is not linked is zeros.`,
    quirk: 'Scaled within rounding of the original.',
    inputs: {
      inputcount: count,
      image_1: imageOrMask,
      direction: combo(DIRECTIONS),
      match_image_size: boolean(false),
      image_2: optional(imageOrMask),
    },
    more: { prefix: 'image_', input: optional(imageOrMask) },
    outputs: [['*', 'output']],
    async run({ inputcount, image_1, direction, match_image_size }, { more, ...call }) {
      const first = either(call, 'image_1', image_1);
      const isMask = first instanceof Mask;
      let made = await floatsFrom(first, call);
      const { shape } = made;
      for (let i = 2; i <= inputcount; i++) {
        const next = more.get(i);
        const other = next === undefined ? empty(shape) : await floatsFrom(either(call, `image_${i}`, next), call);
        const size = [shape[1], shape[2]] as const;
        made = joined(call.node, made, alike(other, shape[3], isMask), { direction, match: match_image_size, size });
      }
      return [given(call, made, isMask)];
    },
  }),
};
