// WAS: pictures of one colour, crops, alpha removal, and levels, all on Pillow's bytes.
import { refusal } from '../../../base/errors.js';
import { float, image, int } from '../../inputs.js';
import { node } from '../../node.js';
import { checkOne } from '../lib/each.js';
import { resizedRgba } from '../lib/filters.js';
import { cropped, filledPicture, imageOf, mapped, picturesOf, rgb } from '../lib/pillow.js';

const module = 'custom_nodes.was-node-suite-comfyui';
const group = { module, category: 'WAS Suite/Image' } as const;
const f = Math.fround;
const side = int({ default: 512, min: 8, max: 4096 });
const byte = int({ default: 255, min: 0, max: 255 });
const edge = (fallback: number) => int({ default: fallback, min: 0, max: 10000000 });
const level = (fallback: number) => float({ default: fallback, min: 0, max: 255, step: 0.1 });

export const nodes = {
  'Image Blank': node({
    ...group,
    title: 'Image Blank',
    about: 'A picture of one colour, its sides cut to multiples of 8.',
    inputs: { width: side, height: side, red: byte, green: byte, blue: byte },
    outputs: [['IMAGE', 'IMAGE']],
    run({ width, height, red, green, blue }, call) {
      return [imageOf(call, [filledPicture(width - (width % 8), height - (height % 8), [red, green, blue])])];
    },
  }),

  'Image Crop Location': node({
    ...group,
    category: 'WAS Suite/Image/Process',
    title: 'Image Crop Location',
    about: 'A rectangle of the picture, cut at its edges, then scaled to multiples of 8, bicubic; and its location.',
    quirk: 'Sides below 8 pixels and batches are refused; the original fails.',
    inputs: { image, top: edge(0), left: edge(0), right: edge(256), bottom: edge(256) },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['CROP_DATA', 'CROP_DATA'],
    ],
    async run({ image, top, left, right, bottom }, call) {
      checkOne(call.node, 'image', image);
      const [picture] = await picturesOf(call.node, 'image', image, call);
      const box = [left, top, Math.min(right, picture.width), Math.min(bottom, picture.height)] as const;
      const [width, height] = [box[2] - left, box[3] - top];
      if (width < 8 || height < 8) {
        throw refusal(call.node, 'right', 'so that 8 x 8 pixels are left of the picture', `${width} x ${height}`);
      }
      const part = cropped(picture, box);
      const made = await resizedRgba(call.node, part, width - (width % 8), height - (height % 8), call);
      return [imageOf(call, [made]), { size: [width, height] as const, box }];
    },
  }),

  'Images to RGB': node({
    ...group,
    title: 'Images to RGB',
    about: 'The bytes without alpha; gray three times.',
    inputs: { images: image },
    outputs: [['IMAGE', 'IMAGE']],
    run: async ({ images }, call) => [imageOf(call, (await picturesOf(call.node, 'images', images, call)).map(rgb))],
  }),

  'Image Levels Adjustment': node({
    ...group,
    category: 'WAS Suite/Image/Adjustment',
    title: 'Image Levels Adjustment',
    about:
      'Maps black_level to 0 and white_level to 255, with a power in between that maps mid_level to the middle, if it is above black_level.',
    quirk: 'Levels for which there is no such power are refused; the original fails.',
    inputs: { image, black_level: level(0), mid_level: level(127.5), white_level: level(255) },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image, black_level, mid_level, white_level }, call) {
      const place = (mid_level - black_level) / (white_level - black_level);
      const gamma = mid_level <= black_level ? 1 : Math.log(0.5) / Math.log(place);
      if (white_level === black_level || !Number.isFinite(gamma)) {
        throw refusal(call.node, 'white_level', 'above black_level, and not mid_level', white_level);
      }
      const scale = f(255 / (white_level - black_level));
      const low = f(black_level);
      const table = Uint8Array.from({ length: 256 }, (_, v) => {
        const stretched = f(f(Math.max(v, low) - low) * scale);
        return f(f(f(Math.min(Math.max(stretched, 0), 255) / 255) ** f(gamma)) * 255);
      });
      const pictures = await picturesOf(call.node, 'image', image, call);
      return [
        imageOf(
          call,
          pictures.map((one) => mapped(one, (v) => table[v])),
        ),
      ];
    },
  }),
};
