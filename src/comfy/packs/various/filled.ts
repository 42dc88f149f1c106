// Hunyuan3D's wrapper: fills the holes of a texture by OpenCV. Loads separately, because its library code is seldom
// used.
import { refusal } from '../../../base/errors.js';
import { combo, image, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { inpainted } from '../lib/cvInpaint.js';
import { bytesOf } from '../lib/each.js';
import { imageOf, picturesOf } from '../lib/pillow.js';

export const nodes = {
  CV2InpaintTexture: node({
    title: 'CV2 Inpaint Texture',
    category: 'Hunyuan3DWrapper',
    module: 'custom_nodes.ComfyUI-Hunyuan3DWrapper',
    about: "OpenCV's inpaint where the mask is not 1, from pixels within a radius, by Navier-Stokes or Telea.",
    quirk: 'One picture of 1 or 3 channels and one mask as large are taken; the original fails on others.',
    inputs: {
      texture: image,
      mask,
      inpaint_radius: int({ default: 3, min: 1, max: 10 }),
      inpaint_method: combo(['ns', 'telea'], 'ns'),
    },
    outputs: [['IMAGE', 'texture']],
    async run({ texture, mask, inpaint_radius, inpaint_method }, call) {
      const [batch, height, width, channels] = texture.shape;
      if (batch !== 1 || channels === 4) {
        throw refusal(call.node, 'texture', 'one picture of 1 or 3 channels', `shape [${texture.shape}]`, 'bad-shape');
      }
      const size = `[1, ${height}, ${width}] like the texture`;
      if (mask.shape.join() !== [1, height, width].join()) {
        throw refusal(call.node, 'mask', size, `shape [${mask.shape}]`, 'bad-shape');
      }
      const [picture] = await picturesOf(call.node, 'texture', texture, call);
      const [own] = await bytesOf(mask.as('float32').invert(), call);
      return [imageOf(call, [inpainted(picture, own, inpaint_radius, inpaint_method)])];
    },
  }),
};
