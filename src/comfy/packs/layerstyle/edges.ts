// LayerStyle: shrinks a mask from its edges.
import { boolean, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { blended, filledPicture, inverted, mapped, type Picture, paste } from '../lib/pillow.js';
import { graysOf, grown, layerMask, masksOf, turned } from './common.js';

export const edges = {
  'LayerMask: MaskEdgeShrink': node({
    ...layerMask,
    title: 'LayerMask: MaskEdgeShrink',
    about:
      'The mask loses its edge in shrink_level layers, each shrunk by soft pixels less than the one before and blurred less; edge_reserve ' +
      'percent of the mask shrunk by edge_shrink are laid over it.',
    inputs: {
      mask,
      invert_mask: boolean(true),
      shrink_level: int({ default: 4, min: 0, max: 16 }),
      soft: int({ default: 6, min: 0, max: 64 }),
      edge_shrink: int({ default: 1, min: 0, max: 999 }),
      edge_reserve: int({ default: 25, min: 0, max: 100 }),
    },
    outputs: [['MASK', 'mask']],
    async run({ mask, invert_mask, shrink_level, soft, edge_shrink, edge_reserve }, call) {
      const made: Picture[] = [];
      for (const gray of await graysOf(mask, call, invert_mask)) {
        const size = [gray.width, gray.height] as const;
        let layer = filledPicture(...size, [255]);
        for (let x = 0; x < shrink_level; x++) {
          const part = x / shrink_level;
          const dark = Math.trunc(-255 * part + 255);
          const opacity = Math.trunc(99 * part + 1);
          const glow = await grown(gray, -(shrink_level - x) * soft, 12 / (x + 0.1), call);
          const darker = mapped(layer, (v) => Math.max(v - dark, 0));
          const comp = opacity === 100 ? darker : blended(darker, layer, 1 - opacity / 100);
          paste(layer, comp, 0, 0, mapped(glow, turned));
        }
        const edge = await grown(gray, -edge_shrink, 0, call);
        if (edge_reserve > 0) layer = { ...blended(edge, layer, 1 - edge_reserve / 100) };
        layer = mapped(layer, (v) => v);
        paste(layer, filledPicture(...size, [0]), 0, 0, inverted(gray));
        made.push(layer);
      }
      return [masksOf(call, made)];
    },
  }),
};
