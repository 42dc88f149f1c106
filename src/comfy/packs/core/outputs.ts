// The nodes that end a workflow. They return the bytes that the original writes into its PNG, truncated.
import type { MaskBatch } from '../../../index.js';
import { image, mask } from '../../inputs.js';
import { node } from '../../node.js';

const quirk =
  'No file is written: runNode and runWorkflow give the picture as bytes, and the caller decides where it goes.';

/** What all previews of masks have in common. */
export const showsMasks = {
  about: 'Shows masks as gray pictures: bytes by truncation.',
  quirk,
  ends: true,
  run: ({ mask }: { readonly mask: MaskBatch }) => [mask.as('uint8').toGray()],
} as const;

export const outputs = {
  PreviewImage: node({
    title: 'Preview Image',
    category: 'image',
    about: 'Shows pictures: bytes by truncation.',
    quirk,
    module: 'nodes',
    inputs: { images: image },
    outputs: [],
    ends: true,
    run: ({ images }) => [images.as('uint8')],
  }),

  SaveImage: node({
    title: 'Save Image',
    category: 'image',
    about: 'Saves pictures as truncated bytes.',
    quirk,
    module: 'nodes',
    inputs: { images: image, filename_prefix: { type: 'STRING', default: 'ComfyUI' } },
    outputs: [],
    ends: true,
    run: ({ images }) => [images.as('uint8')],
  }),

  MaskPreview: node({
    title: 'Preview Mask',
    category: 'mask',
    ...showsMasks,
    module: 'comfy_extras.nodes_mask',
    inputs: { mask },
    outputs: [],
  }),
};
