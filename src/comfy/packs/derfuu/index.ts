// Derfuu: integers, sizes, and resized pictures.
import { combo, float, image, int } from '../../inputs.js';
import { node } from '../../node.js';
import { checkSide } from '../lib/numbers.js';
import { upscaled } from '../lib/upscale.js';

const module = 'custom_nodes.Derfuu_ComfyUI_ModdedNodes';
const FURTHEST = Number.MAX_VALUE;
const LARGEST = 2 ** 63;

export const nodes = {
  DF_Integer: node({
    module,
    category: 'Derfuu_Nodes/Variables',
    title: 'Integer',
    about: 'The number without what is behind the point.',
    also: ['Integer'],
    inputs: { Value: float({ default: 1, min: -FURTHEST, max: FURTHEST, step: 1 }) },
    outputs: [['INT', 'INT']],
    run: ({ Value }) => [Math.trunc(Value) + 0],
  }),

  DF_Get_image_size: node({
    module,
    category: 'Derfuu_Nodes/Functions',
    title: 'Get image size',
    about: 'Width and height of the picture.',
    also: ['Get image size'],
    inputs: { image },
    outputs: [
      ['INT', 'WIDTH'],
      ['INT', 'HEIGHT'],
    ],
    run: ({ image }) => [image.shape[2], image.shape[1]],
  }),

  DF_Image_scale_to_side: node({
    module,
    category: 'Derfuu_Nodes/Modded nodes/Image',
    title: 'Image scale to side',
    about:
      "One side of this length and the other in proportion, rounded up, by torch's interpolate or Pillow's Lanczos on bytes. " +
      'Of a square the longer and the shorter side is its height.',
    quirk: 'bislerp, which is made for latents, is refused.',
    also: ['Image scale to side'],
    inputs: {
      image,
      side_length: int({ default: 1, min: -LARGEST, max: LARGEST }),
      side: combo(['Longest', 'Shortest', 'Width', 'Height']),
      upscale_method: combo(['nearest-exact', 'bilinear', 'bicubic', 'area', 'lanczos']),
      crop: combo(['disabled', 'center']),
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image, side_length, side, upscale_method, crop }, call) {
      const [, rows, columns] = image.shape;
      const wide = {
        Width: true,
        Height: false,
        Longest: columns > rows,
        Shortest: columns < rows,
      }[side];
      const size = wide
        ? { width: side_length, height: Math.ceil((rows / columns) * side_length) }
        : { width: Math.ceil((columns / rows) * side_length), height: side_length };
      checkSide(call.node, 'side_length', size.width, size.height);
      return [await upscaled(image, size, upscale_method, call, crop)];
    },
  }),
};
