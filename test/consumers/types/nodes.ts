// `runNode` knows each node's inputs and outputs by its name. A name known only at run time takes any inputs.
import type { Device, ImageBatch, MaskBatch } from 'chromask';
import { type NodeInputs, runNode } from 'chromask/comfy';

export async function right(d: Device, image: ImageBatch, mask: MaskBatch, name: string): Promise<unknown[]> {
  const tensor = { data: new Float32Array(4), dims: [1, 2, 2] };
  const inputs: NodeInputs['GrowMask'] = { mask, expand: 3 };
  const [grown]: readonly [MaskBatch] = await runNode(d, 'GrowMask', inputs, { compat: 'comfy-2026' });
  return [
    grown,
    runNode(d, 'GrowMask', { mask: tensor, expand: undefined, tapered_corners: false }),
    runNode(d, 'InvertMask', { mask: { data: new Uint8Array(4), shape: [2, 2] } }),
    runNode(d, 'LayerMask: ImageToMask', { image, channel: 'L(LAB)', black_point: 20, mask: undefined }),
    runNode(d, 'LoadImage', { image: 'photo.png' }),
    runNode(d, 'ImageToMask', { image: new ImageData(1, 1), channel: name }),
    runNode(d, 'SelectNthMask', { masks: mask, idx: 1n }),
    runNode(d, 'SelectNthMask //Inspire', { masks: mask }),
    runNode(d, 'SetLatentNoiseMask', { samples: { samples: tensor, batch_index: [0] }, mask }),
    runNode(d, 'SolidMask'),
    runNode(d, name, { unknown: 1 }),
  ];
}

export const wrong = (d: Device, image: ImageBatch, mask: MaskBatch): unknown[] => [
  // @ts-expect-error a misspelt input
  runNode(d, 'GrowMask', { msk: mask }),
  // @ts-expect-error one too many
  runNode(d, 'GrowMask', { mask, grow: 1 }),
  // @ts-expect-error a misspelt node
  runNode(d, 'GrowMsk', {}),
  // @ts-expect-error a picture where a mask has to be
  runNode(d, 'GrowMask', { mask: image }),
  // @ts-expect-error a text where a number has to be
  runNode(d, 'GrowMask', { mask, expand: '1' }),
  // @ts-expect-error nothing where a mask has to be
  runNode(d, 'GrowMask'),
];
