// Impact: a node in whose picture the user paints a mask.
import { boolean, combo, image, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { loaded } from '../core/loader.js';
import { MARKER } from '../lib/marker.js';

/** On a server: the number of a picture in its memory, or a file written by the mask editor. */
const painted = { type: 'FILE', as: 'STRING', optional: true } as const;

export const nodes = {
  PreviewBridge: node({
    module: 'custom_nodes.ComfyUI-Impact-Pack',
    category: 'ImpactPack/Util',
    title: 'Preview Bridge (Image)',
    about:
      'The picture, and an empty mask of 64 x 64; or, if the caller has the file named in image, its picture and 1 - alpha.',
    quirk: 'There is no run before this one: restore_mask has nothing to restore, and block stops nothing.',
    inputs: {
      images: image,
      image: painted,
      block: optional(boolean(false)),
      restore_mask: optional(combo(['never', 'always', 'if_same_size'])),
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    async run({ images, image }, call) {
      if (image === undefined) return [images, call.device.solid({ value: 0, width: MARKER, height: MARKER })];
      const found = await loaded(image, call);
      return [found.image, found.mask];
    },
  }),
};
