// The nodes that turn masks into other masks. Behaviour and quirks: docs/nodes.md.

import type { CompositeOptions, Edges, MaskBatch } from '../../../index.js';
import { ops } from '../../../ops/index.js';
import { boolean, float, image, int, MAX, mask } from '../../inputs.js';
import { node } from '../../node.js';

const { x, y } = ops.crop.params;
const offset = { x: int(x, { max: MAX }), y: int(y, { max: MAX }) };
const side = int({ default: 512, min: 1, max: MAX });
const size = { width: side, height: side };
const { left, top, right, bottom } = ops.fadeEdges.params;
const core = { category: 'mask', module: 'comfy_extras.nodes_mask', outputs: [['MASK', 'MASK']] } as const;

/**
 * In 2025 the right and bottom ramps began in the first column and row and then continued from the opposite side. To
 * repeat that, the mask is shifted by one, with wrapping, while these ramps are applied.
 */
function feathered2025(mask: MaskBatch, { left, top, right, bottom }: Omit<Edges, 'value'>): MaskBatch {
  const across = mask.fadeEdges({ left }).offset({ x: -1, wrap: true }).fadeEdges({ right, top });
  return across.offset({ x: 1, y: -1, wrap: true }).fadeEdges({ bottom }).offset({ y: 1, wrap: true });
}

export const masks = {
  MaskToImage: node({
    ...core,
    title: 'Convert Mask to Image',
    about: 'A gray picture: the value three times.',
    inputs: { mask },
    outputs: [['IMAGE', 'IMAGE']],
    run: ({ mask }) => [mask.toGray()],
  }),

  ImageColorToMask: node({
    ...core,
    title: 'Image Color to Mask',
    about: '1 where a pixel, clamped to 0..1 and rounded to bytes half to even, is this colour; 0 elsewhere.',
    inputs: { image, color: int(ops.selectColor.params.color) },
    run: ({ image, color }) => [image.selectColor({ color })],
  }),

  SolidMask: node({
    ...core,
    title: 'Solid Mask',
    about: 'One value everywhere, [1, H, W].',
    inputs: { value: float(ops.solid.params.value), ...size },
    run: ({ value, width, height }, { device }) => [device.solid({ value, width, height })],
  }),

  InvertMask: node({
    ...core,
    title: 'Invert Mask',
    about: '1 - x in floats, without a clamp.',
    inputs: { mask },
    run: ({ mask }) => [mask.as('float32').invert()],
  }),

  CropMask: node({
    ...core,
    title: 'Crop Mask',
    about: 'A rectangle of the mask, cut at its edges.',
    quirk: 'A rectangle outside the mask is refused; the original gives an empty mask, which nothing can read.',
    inputs: { mask, ...offset, ...size },
    run: ({ mask, ...rectangle }) => [mask.crop(rectangle)],
  }),

  MaskComposite: node({
    ...core,
    title: 'Mask Composite',
    about:
      'Combines the source with the destination at x, y, cut at the edge, then clamps everything to 0..1. ' +
      'and, or, xor take what does not round to 0, half to even. Batches are equal, or the source is one mask.',
    quirk: 'A source wholly outside leaves the destination, clamped; the original fails.',
    inputs: {
      destination: mask,
      source: mask,
      ...offset,
      operation: { type: 'COMBO', options: ['multiply', 'add', 'subtract', 'and', 'or', 'xor'] },
    },
    run: ({ destination, source, x, y, operation }) => [
      destination.composite(source, { x, y, operation: operation as CompositeOptions['operation'] }),
    ],
  }),

  FeatherMask: node({
    ...core,
    title: 'Feather Mask',
    about: 'Columns and rows near each edge of the picture times (i + 1) / n, in the order left, right, top, bottom.',
    quirk:
      "With compat 'comfy-2025' the ramps of right and bottom begin in the first column and row, as that version's did.",
    inputs: {
      mask,
      left: int(left, { max: MAX }),
      top: int(top, { max: MAX }),
      right: int(right, { max: MAX }),
      bottom: int(bottom, { max: MAX }),
    },
    run: ({ mask, ...edges }, { compat }) => [
      compat === 'comfy-2025' ? feathered2025(mask, edges) : mask.fadeEdges(edges),
    ],
  }),

  GrowMask: node({
    ...core,
    title: 'Grow Mask',
    about:
      'Grows the light parts by a number of pixels, or shrinks them if negative: by a diamond when tapered, else by a square.',
    inputs: { mask, expand: int(ops.grow.params.expand), tapered_corners: boolean(true) },
    run: ({ mask, expand, tapered_corners }) => [
      expand === 0 ? mask : mask.grow({ expand, shape: tapered_corners ? 'diamond' : 'square' }),
    ],
  }),

  ThresholdMask: node({
    ...core,
    title: 'Threshold Mask',
    about: '1 where the mask is above the value, compared as float32; 0 elsewhere.',
    inputs: { mask, value: float(ops.threshold.params.value) },
    run: ({ mask, value }) => [mask.as('float32').threshold({ value })],
  }),
};
