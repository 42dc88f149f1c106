// Comfyroll: panels of pictures and of one colour, a vignette, and nodes that show or save pictures.
import { refusal } from '../../../base/errors.js';
import { boolean, combo, float, image, int, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { ellipse, polygon, rectangle } from '../lib/draw.js';
import { checkOne } from '../lib/each.js';
import { blurred } from '../lib/filters.js';
import { layOver } from '../lib/over.js';
import { filledPicture, imageOf, inverted, type Picture, paste, picturesOf, rgb, rgba } from '../lib/pillow.js';

const module = 'custom_nodes.ComfyUI_Comfyroll_CustomNodes';
const layout = { module, category: '🧩 Comfyroll Studio/👾 Graphics/🌁 Layout' } as const;
const wiki = 'https://github.com/Suzie1/ComfyUI_Comfyroll_CustomNodes/wiki/Layout-Nodes';
const help = ['STRING', 'show_help'] as const;

/** The pack's own colours, and Pillow's for other names. */
const COLORS = {
  white: [255, 255, 255],
  black: [0, 0, 0],
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  cyan: [0, 255, 255],
  magenta: [255, 0, 255],
  orange: [255, 165, 0],
  purple: [128, 0, 128],
  pink: [255, 192, 203],
  brown: [160, 85, 15],
  gray: [128, 128, 128],
  lightgray: [211, 211, 211],
  darkgray: [102, 102, 102],
  olive: [128, 128, 0],
  lime: [0, 128, 0],
  teal: [0, 128, 128],
  navy: [0, 0, 128],
  maroon: [128, 0, 0],
  fuchsia: [255, 0, 128],
  aqua: [0, 255, 128],
  silver: [192, 192, 192],
  gold: [255, 215, 0],
  turquoise: [64, 224, 208],
  lavender: [230, 230, 250],
  violet: [238, 130, 238],
  coral: [255, 127, 80],
  indigo: [75, 0, 130],
} as const;
type Color = keyof typeof COLORS;
const NAMES = Object.keys(COLORS) as Color[];
const PILLOW: Partial<Record<Color, readonly number[]>> = {
  green: [0, 128, 0],
  brown: [165, 42, 42],
  darkgray: [169, 169, 169],
  lime: [0, 255, 0],
  fuchsia: [255, 0, 255],
  aqua: [0, 255, 255],
};
const colors = combo(['custom', ...NAMES] as const);
const custom = optional(string('#000000'));
const panel = { ...int({ default: 512, min: 8, max: 4096 }), takes: [1, 4096] } as const;
const thick = int({ default: 0, min: 0, max: 1024 });

function colorOf(node: string, input: string, name: 'custom' | Color, hex: string): readonly number[] {
  if (name !== 'custom') return COLORS[name];
  const found = /^#*([0-9a-f]{6})/i.exec(hex);
  if (!found) throw refusal(node, input, 'a colour, #rrggbb', hex);
  const number = Number.parseInt(found[1], 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

/** Adds a border of one colour. */
function framed(picture: Picture, width: number, color: readonly number[]): Picture {
  if (width === 0) return picture;
  const canvas = filledPicture(picture.width + 2 * width, picture.height + 2 * width, color);
  paste(canvas, picture, width, width);
  return canvas;
}

type Shape = 'circle' | 'oval' | 'square' | 'diamond';

/** 255 inside the shape. Pillow truncates its corners to integers. */
function shaped(
  shape: Shape,
  width: number,
  height: number,
  { feather, x, y, zoom }: Record<'feather' | 'x' | 'y' | 'zoom', number>,
): Picture {
  const canvas = filledPicture(width, height, [0]);
  const [middleX, middleY] = [Math.floor(width / 2) + x, Math.floor(height / 2) + y];
  const box = (halfX: number, halfY: number) => {
    const [left, top, right, bottom] = [middleX - halfX, middleY - halfY, middleX + halfX, middleY + halfY].map(
      Math.trunc,
    );
    return [left, top, right, bottom] as const;
  };
  const round = (halfX: number, halfY: number): void => {
    const corners = box(halfX, halfY);
    const [left, top, right, bottom] = corners;
    if (left <= right && top <= bottom && (left < right || top < bottom)) ellipse(canvas, corners);
  };
  const size = Math.min(width - x, height - y) * zoom;
  if (shape === 'circle') {
    const radius = Math.min(middleX, middleY) * zoom;
    round(radius, radius);
  } else if (shape === 'oval') round(((width - feather) * zoom) / 2, ((height - feather) * zoom) / 2);
  else {
    const [left, top, right, bottom] = box(size / 2, size / 2);
    const upright = [
      Math.min(left, right),
      Math.min(top, bottom),
      Math.max(left, right),
      Math.max(top, bottom),
    ] as const;
    if (shape === 'square') rectangle(canvas, upright);
    else
      polygon(canvas, [
        [middleX, top],
        [right, middleY],
        [middleX, bottom],
        [left, middleY],
      ]);
  }
  return canvas;
}

export const nodes = {
  'CR Vignette Filter': node({
    module,
    category: '🧩 Comfyroll Studio/👾 Graphics/🎨 Filter',
    title: '🎨 CR Vignette Filter',
    about:
      "Black outside of a shape, or inside where reversed, its edge softened by Pillow's GaussianBlur; and how black.",
    inputs: {
      image,
      vignette_shape: combo(['circle', 'oval', 'square', 'diamond']),
      feather_amount: int({ default: 100, min: 0, max: 1024 }),
      ...{ x_offset: int({ default: 0, min: -2048, max: 2048 }), y_offset: int({ default: 0, min: -2048, max: 2048 }) },
      zoom: float({ default: 1, min: 0, max: 10, step: 0.1 }),
      reverse: combo(['no', 'yes']),
    },
    outputs: [['IMAGE', 'IMAGE'], ['MASK', 'MASK'], help],
    async run({ image, vignette_shape, feather_amount, x_offset, y_offset, zoom, reverse }, call) {
      const [, height, width] = image.shape;
      const within = shaped(vignette_shape, width, height, { feather: feather_amount, x: x_offset, y: y_offset, zoom });
      const alpha = await blurred(reverse === 'yes' ? within : inverted(within), feather_amount, call);
      const over = rgba(filledPicture(width, height, [0]), alpha);
      const made = (await picturesOf(call.node, 'image', image, call)).map((one) => {
        const canvas = rgba(one);
        layOver(canvas, over);
        return rgb(canvas);
      });
      const masks = new Uint8Array(made.length * width * height);
      for (const b of made.keys()) masks.set(alpha.data, b * width * height);
      const mask = call.device.mask(masks, [made.length, height, width]).as('float32');
      return [imageOf(call, made), mask, `${wiki}#cr-vignette-filter`];
    },
  }),

  'CR Image Panel': node({
    ...layout,
    title: '🌁 CR Image Panel',
    about:
      'One to four pictures side by side or one below another, each with an outline and a border; black where they leave something.',
    quirk: 'A batch of more than one picture is refused; the original fails.',
    inputs: {
      image_1: image,
      border_thickness: thick,
      border_color: colors,
      outline_thickness: thick,
      outline_color: combo(NAMES as [Color, ...Color[]]),
      layout_direction: combo(['horizontal', 'vertical']),
      ...{ image_2: optional(image), image_3: optional(image), image_4: optional(image) },
      border_color_hex: custom,
    },
    outputs: [['IMAGE', 'image'], help],
    async run({ image_1, image_2, image_3, image_4, layout_direction, ...given }, call) {
      const { node } = call;
      const border = colorOf(node, 'border_color_hex', given.border_color, given.border_color_hex);
      const outline = PILLOW[given.outline_color] ?? COLORS[given.outline_color];
      const all: Picture[] = [];
      for (const [i, one] of [image_1, image_2, image_3, image_4].entries()) {
        if (!one) continue;
        checkOne(node, `image_${i + 1}`, one);
        const [picture] = await picturesOf(node, `image_${i + 1}`, one, call);
        all.push(framed(framed(rgb(picture), given.outline_thickness, outline), given.border_thickness, border));
      }
      const across = layout_direction === 'horizontal';
      const sum = (side: 'width' | 'height'): number => all.reduce((whole, one) => whole + one[side], 0);
      const most = (side: 'width' | 'height'): number => Math.max(...all.map((one) => one[side]));
      const canvas = across
        ? filledPicture(sum('width'), most('height'), [0, 0, 0])
        : filledPicture(most('width'), sum('height'), [0, 0, 0]);
      let at = 0;
      for (const one of all) {
        paste(canvas, one, across ? at : 0, across ? 0 : at);
        at += across ? one.width : one.height;
      }
      return [imageOf(call, [canvas]), `${wiki}#cr-image-panel`];
    },
  }),

  'CR Color Panel': node({
    ...layout,
    title: '🌁 CR Color Panel',
    about: 'A picture of one colour.',
    inputs: {
      ...{ panel_width: panel, panel_height: panel },
      fill_color: colors,
      fill_color_hex: custom,
    },
    outputs: [['IMAGE', 'image'], help],
    run({ panel_width, panel_height, fill_color, fill_color_hex }, call) {
      const color = colorOf(call.node, 'fill_color_hex', fill_color, fill_color_hex);
      return [imageOf(call, [filledPicture(panel_width, panel_height, color)]), `${wiki}#cr-color-panel`];
    },
  }),

  'CR Image Output': node({
    module,
    category: '🧩 Comfyroll Studio/✨ Essential/📦 Core',
    title: '💾 CR Image Output',
    about: 'Shows or saves pictures: bytes by truncation; and trigger.',
    quirk:
      'No file is written: runWorkflow gives the picture as bytes, and the caller decides where it goes. The name is not given a date.',
    inputs: {
      images: image,
      output_type: combo(['Preview', 'Save', 'UI (no batch)']),
      filename_prefix: string('CR'),
      prefix_presets: { ...combo(['None', 'yyyyMMdd']), free: true },
      file_format: { ...combo(['png', 'jpg', 'webp', 'tif']), free: true },
      trigger: optional(boolean(false)),
    },
    outputs: [['BOOLEAN', 'trigger']],
    ends: true,
    run: ({ images, trigger }) => [trigger, images.as('uint8')],
  }),
};
