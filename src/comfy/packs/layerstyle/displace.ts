// LayerStyle: lays a material over a picture, displaced by the picture's lightness.
import { refusal } from '../../../base/errors.js';
import { combo, float, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import type { Named } from '../lib/each.js';
import { blurred, resized } from '../lib/filters.js';
import { filledPicture, imageOf, luma, type Picture, paste, picturesOf, rgb, rgba } from '../lib/pillow.js';
import { checkSize, graysOf, layerStyle, nth } from './common.js';
import { type MixMode, mix, mixModes } from './mix.js';

const f = Math.fround;
const first = <const F extends readonly MixMode[]>(...modes: F) =>
  [...modes, ...mixModes.filter((one) => !modes.includes(one))] as readonly MixMode[];
const percent = (fallback: number) => int({ default: fallback, min: 0, max: 100 });

interface Ways {
  readonly distort_strength: number;
  readonly smoothness: number;
  readonly anti_aliasing: number;
}

/** Moves each pixel by the map's lightness there, to the right and down. Beyond the edges the picture is mirrored. */
async function displaced(picture: Picture, map: Picture, ways: Ways, call: Named): Promise<Picture> {
  const { distort_strength, smoothness, anti_aliasing: times } = ways;
  const fit = await resized(call.node, map, picture.width, picture.height, call, 'lanczos');
  const smooth = await blurred(fit, smoothness, call);
  const [width, height] = [picture.width * times, picture.height * times];
  const large = await resized(call.node, picture, width, height, call, 'lanczos');
  const light = await resized(call.node, smooth, width, height, call, 'lanczos');
  const made = filledPicture(width, height, [0, 0, 0]);
  const inside = (place: number, length: number): number => {
    const mirrored = Math.abs(place);
    const from = mirrored >= length ? 2 * length - mirrored - 1 : mirrored;
    const wrapped = from < 0 ? from + length : from;
    if (wrapped < 0)
      throw refusal(
        call.node,
        'distort_strength',
        'so that no pixel comes from further than two pictures',
        distort_strength,
      );
    return wrapped;
  };
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const by = Math.trunc(f(f(f(light.data[at] / 255) * f(distort_strength)) * times));
      const from = (inside(y + by, height) * width + inside(x + by, width)) * 3;
      made.data.set(large.data.subarray(from, from + 3), at * 3);
    }
  }
  if (times === 1) return made;
  const soft = await blurred(made, Math.trunc(times / 3), call);
  return resized(call.node, soft, picture.width, picture.height, call, 'lanczos');
}

export const nodes = {
  'LayerFilter: DistortDisplace': node({
    ...layerStyle,
    category: '😺dzNodes/LayerFilter',
    title: 'LayerFilter: Distort Displace',
    about:
      'The material with each pixel from so far to the right and below as the picture is light there, computed anti_aliasing times as large; on the picture in two blend ' +
      'modes, so many percent of each, where the mask lets it. And the moved material.',
    quirk:
      'dissolve, which goes by chance, and a picture or a mask of another size than the material are refused; the original fails.',
    inputs: {
      image,
      material_image: image,
      distort_strength: float({ default: 50, min: -999, max: 999, step: 0.1 }),
      smoothness: int({ default: 8, min: 0, max: 99 }),
      anti_aliasing: int({ default: 2, min: 1, max: 16 }),
      shadow_blend_mode: combo(first('linear burn', 'multiply')),
      shadow_strength: percent(75),
      highlight_blend_mode: combo(first('screen', 'linear dodge(add)')),
      highlight_strength: percent(30),
      mask: optional(mask),
    },
    outputs: [
      ['IMAGE', 'image'],
      ['IMAGE', 'displaced_material'],
    ],
    async run({ image, material_image, mask, ...given }, call) {
      const { node } = call;
      const materials = await picturesOf(node, 'material_image', material_image, call);
      const pictures = await picturesOf(node, 'image', image, call);
      const masks = mask ? await graysOf(mask, call) : [];
      const made: Picture[] = [];
      const moved: Picture[] = [];
      for (let i = 0; i < Math.max(materials.length, pictures.length, masks.length); i++) {
        const picture = nth(pictures, i);
        const material = await displaced(rgb(nth(materials, i)), luma(picture), given, call);
        let layered = picture;
        if (given.shadow_strength > 0) {
          layered = mix(node, layered, material, given.shadow_blend_mode, given.shadow_strength);
        }
        if (given.highlight_strength > 0) {
          layered = mix(node, layered, material, given.highlight_blend_mode, given.highlight_strength);
        }
        moved.push(material);
        made.push(masks.length ? pasted(picture, layered, nth(masks, i)) : layered);
      }
      return [imageOf(call, made), imageOf(call, moved)];

      function pasted(picture: Picture, layered: Picture, own: Picture): Picture {
        checkSize(node, 'mask', picture, own);
        const canvas = picture.channels === 4 ? rgba(picture) : rgb(picture);
        paste(canvas, picture.channels === 4 ? rgba(layered) : rgb(layered), 0, 0, own);
        return canvas;
      }
    },
  }),
};
