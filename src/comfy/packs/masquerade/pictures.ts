// masquerade: mixes and blurs pictures, and converts their channels and colours.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image } from '../../../index.js';
import { combo, ENDLESS, float, image, int, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { empty, type Floats, floatsOfImage, imageOfFloats } from '../lib/pictures.js';
import { asImage, asMask, asRgb, common, joined, masquerade, through, withBatch, withChannels } from './channels.js';
import { converted, SPACES } from './colors.js';

const f = Math.fround;
const byte = int({ default: 0, min: 0, max: 255 });
const more = optional(image);

const mixed = (one: Floats, two: Floats, mask: Floats): Floats =>
  joined([one, two, mask], (a, b, m) => f(a * f(1 - m)) + f(b * m));

export const pictures = {
  'Mix Images By Mask': node({
    ...masquerade,
    title: 'Mix Images By Mask',
    about:
      'The second picture where the mask is 1, the first where it is 0; a mask of colours counts for each channel.',
    inputs: { image1: image, image2: image, mask: image },
    outputs: asImage,
    async run({ image1, image2, mask }, call) {
      const given = [await floatsOfImage(image1, call), await floatsOfImage(image2, call)] as const;
      const [one, two] = common(call.node, 'image2', ...given);
      const through = await likeIt(call.node, withChannels(await floatsOfImage(mask, call), one.shape[3]), one);
      return [imageOfFloats(call.device, mixed(one, two, through))];
    },
  }),

  'Mix Color By Mask': node({
    ...masquerade,
    title: 'Mix Color By Mask',
    about: 'A colour where the mask is 1, the picture where it is 0.',
    inputs: { image, r: byte, g: byte, b: byte, mask: image },
    outputs: asImage,
    async run({ image, r, g, b, mask }, call) {
      const picture = await floatsOfImage(image, call);
      const [batch, height, width] = picture.shape;
      const flat = empty([batch, height, width, 3]);
      for (let i = 0; i < flat.data.length; i++) flat.data[i] = [r, g, b][i % 3] / 255;
      const [one, two] = common(call.node, 'image', picture, flat);
      const gray = asMask(await floatsOfImage(mask, call));
      const through = await likeIt(call.node, withChannels(gray, one.shape[3]), one);
      return [imageOfFloats(call.device, mixed(one, two, through))];
    },
  }),

  Blur: node({
    ...masquerade,
    title: 'Blur',
    about:
      'A Gaussian of 2 * radius + 1 pixels and a deviation of sigma_factor * (0.6 * radius - 0.3), the edge mirrored without itself.',
    quirk: 'A radius as large as a side is refused; the original fails.',
    inputs: {
      image,
      radius: int({ default: 10, min: 0, max: 48 }),
      sigma_factor: float({ default: 1, min: 0.01, max: 3, step: 0.01 }),
    },
    outputs: asImage,
    run({ image, radius, sigma_factor }, call) {
      const least = Math.min(image.shape[1], image.shape[2]);
      if (radius >= least) throw refusal(call.node, 'radius', `below ${least}, the picture's side`, radius);
      const sigma = sigma_factor * (0.6 * radius - 0.3);
      const raw = Array.from({ length: 2 * radius + 1 }, (_, i) =>
        Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)),
      );
      const sum = raw.reduce((a, b) => a + b, 0);
      return through(image, call, (picture) =>
        blurred(
          picture,
          raw.map((one) => one / sum),
        ),
      );
    },
  }),

  'Change Channel Count': node({
    ...masquerade,
    title: 'Change Channel Count',
    about: "As a mask (an alpha that is not 1 everywhere, else torchvision's gray), or with three or four channels.",
    inputs: { image, kind: combo(['mask', 'RGB', 'RGBA']) },
    outputs: asImage,
    run: ({ image, kind }, call) =>
      through(image, call, (picture) => withChannels(picture, { mask: 1, RGB: 3, RGBA: 4 }[kind])),
  }),

  'Convert Color Space': node({
    ...masquerade,
    title: 'Convert Color Space',
    about: 'Red, green and blue as hue, saturation and value or lightness, all 0..1, and back.',
    inputs: { in_space: combo(SPACES), out_space: combo(SPACES), image },
    outputs: asImage,
    run: ({ in_space, out_space, image }, call) =>
      in_space === out_space
        ? [image]
        : through(image, call, (picture) => converted(asRgb(picture), in_space, out_space)),
  }),

  'Get Image Size': node({
    ...masquerade,
    title: 'Get Image Size',
    about: 'Width and height.',
    inputs: { image },
    outputs: [
      ['INT', 'width'],
      ['INT', 'height'],
    ],
    run: ({ image: { shape } }) => [shape[2], shape[1]],
  }),

  'Make Image Batch': node({
    ...masquerade,
    title: 'Make Image Batch',
    about: 'Up to six batches as one.',
    inputs: { image1: image, image2: more, image3: more, image4: more, image5: more, image6: more },
    outputs: asImage,
    run: ({ image1, image2, image3, image4, image5, image6 }) => {
      const all = [image1, image2, image3, image4, image5, image6].filter((one) => one !== undefined);
      return [Image.cat(all.map((one) => one.as('float32')))];
    },
  }),

  MasqueradeIncrementer: node({
    ...masquerade,
    title: 'Incrementer',
    about: 'seed modulo max_value.',
    quirk: 'Whole numbers above 2^53 are rounded to doubles.',
    inputs: {
      seed: int({ default: 0, min: -1, max: ENDLESS }),
      max_value: int({ default: 1, min: 1, max: ENDLESS }),
    },
    outputs: [['INT', 'INT']],
    run: ({ seed, max_value }) => [((seed % max_value) + max_value) % max_value],
  }),
};

function likeIt(node: string, mask: Floats, picture: Floats): Floats {
  if (mask.shape[1] !== picture.shape[1] || mask.shape[2] !== picture.shape[2]) {
    const size = `${picture.shape[2]} x ${picture.shape[1]}`;
    throw refusal(node, 'mask', `${size} like the image`, `shape [${mask.shape}]`, 'bad-shape');
  }
  return withBatch(node, 'mask', mask, picture.shape[0]);
}

function blurred({ data, shape }: Floats, weights: readonly number[]): Floats {
  const [batch, height, width, channels] = shape;
  const radius = (weights.length - 1) / 2;
  const mirrored = (at: number, length: number): number => (at < 0 ? -at : at >= length ? 2 * length - 2 - at : at);
  const across = new Float64Array(data.length);
  const made = empty(shape);
  const row = width * channels;
  for (let line = 0; line < batch * height; line++) {
    for (let i = 0; i < row; i++) {
      const [x, c] = [Math.floor(i / channels), i % channels];
      let total = 0;
      for (let k = -radius; k <= radius; k++) {
        total += weights[k + radius] * data[line * row + mirrored(x + k, width) * channels + c];
      }
      across[line * row + i] = total;
    }
  }
  for (let line = 0; line < batch * height; line++) {
    const [first, y] = [line - (line % height), line % height];
    for (let i = 0; i < row; i++) {
      let total = 0;
      for (let k = -radius; k <= radius; k++) {
        total += weights[k + radius] * across[(first + mirrored(y + k, height)) * row + i];
      }
      made.data[line * row + i] = total;
    }
  }
  return made;
}
