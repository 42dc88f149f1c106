// Loads files by the device's `load`. A decoded picture is used as it is.

import { movable } from '../../../graph/sources.js';
import { type Device, ImageBatch as Image, type ImageBatch, type MaskBatch } from '../../../index.js';
import type { Call } from '../../node.js';
import { MARKER } from '../lib/marker.js';

export interface Loaded {
  image: ImageBatch;
  mask: MaskBatch;
  /** Set for files only. */
  rgba?: ImageBatch;
}

type Source = Parameters<Device['load']>[0];

/** The outputs of LoadImage: the picture without alpha, and 1 - alpha, or the 64 x 64 marker if there is no alpha. */
export async function loaded(source: unknown, { device, signal }: Call): Promise<Loaded> {
  if (source instanceof Image) {
    const alpha = source.shape[3] === 4 ? source.channel('alpha').as('float32').invert() : undefined;
    return {
      image: source.removeAlpha().as('float32'),
      mask: alpha ?? device.solid({ value: 0, width: MARKER, height: MARKER }),
    };
  }
  // the device checks the value
  const found = await device.load(source as Source, { signal });
  movable(found.image);
  return found.alpha ? found : { ...found, mask: device.solid({ value: 0, width: MARKER, height: MARKER }) };
}
