// mixlab: cuts pictures out by masks.
import { refusal } from '../../../base/errors.js';
import { combo, image, mask, string } from '../../inputs.js';
import { node } from '../../node.js';
import { bytesOf } from '../lib/each.js';
import { imageOf, mapped, type Picture, picturesOf, rgb, rgba } from '../lib/pillow.js';

const yes = combo(['yes', 'no']);

export const nodes = {
  TransparentImage: node({
    module: 'custom_nodes.comfyui-mixlab-nodes',
    category: '♾️Mixlab/Image',
    title: 'Transparent Image',
    about:
      'Each picture where its mask is above 128, or without invert below it, and transparent elsewhere; on black, and with alpha.',
    quirk:
      'No file is written, and the places of files are empty texts. A mask of another size or number is refused; the original fails.',
    ends: true,
    inputs: {
      ...{ images: image, masks: mask, invert: yes, save: yes },
      filename_prefix: { ...string('Mixlab_save'), optional: true },
    },
    outputs: [
      ['STRING', 'file_path', 'list'],
      ['IMAGE', 'IMAGE', 'list'],
      ['IMAGE', 'RGBA', 'list'],
    ],
    async run({ images, masks, invert }, call) {
      if (images.shape.slice(0, 3).join() !== masks.shape.join()) {
        const size = `shape [${images.shape.slice(0, 3)}], a mask for each picture`;
        throw refusal(call.node, 'masks', size, `shape [${masks.shape}]`, 'bad-shape');
      }
      const planes = await bytesOf(masks.as('uint8'), call);
      const cut = (await picturesOf(call.node, 'images', images, call)).map((one, i): Picture => {
        const isIn = (v: number): boolean => (invert === 'yes' ? v > 128 : v < 128);
        return mapped(rgba(one), (v, at) => (isIn(planes[i].data[at >> 2]) ? v : 0));
      });
      const each = (make: (one: Picture) => Picture) => cut.map((one) => imageOf(call, [make(one)]));
      const shown = imageOf(call, cut).as('uint8');
      return [cut.map(() => ''), each(rgb), each((one) => one), shown];
    },
  }),
};
