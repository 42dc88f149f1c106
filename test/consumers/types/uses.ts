// Code under exactOptionalPropertyTypes: an option that is undefined counts as left out.
import { type CocoOptions, type Device, type ImageBatch, type MaskBatch, type OpenOptions, open } from 'chromask';
import { runNode, runRecipe, runWorkflow } from 'chromask/comfy';
import { decode, encode } from 'chromask/png';
import { createQueue, createWorker } from 'chromask/queue';
import { open as openWasm } from 'chromask/wasm';
import { openWorker } from 'chromask/worker';

interface Mine {
  signal?: AbortSignal | undefined;
  level?: 'fast' | 'small' | undefined;
  black?: number | undefined;
  pixels?: number | undefined;
  name?: string | undefined;
}

export async function passedOn(device: Device, image: ImageBatch, mask: MaskBatch, mine: Mine): Promise<unknown[]> {
  const { signal, level, black, pixels, name } = mine;
  const coco: CocoOptions = { threshold: black, signal };
  const memory: OpenOptions = { limits: { memory: black }, device: undefined, gl: undefined, signal };
  return [
    open(memory),
    openWasm({ signal, wasm: undefined }),
    openWorker({ signal, progress: undefined, worker: undefined }),
    device.load(new Blob(), { signal, limits: { pixels } }),
    device.run(mask.recipe({ inputs: undefined }), { mask }, { signal }),
    device.solid({ value: black, width: 1, height: 1 }),
    mask.levels({ black }),
    mask.bytes({ signal, into: undefined }),
    mask.withBytes((bytes) => bytes[0], { signal }),
    mask.toPng({ signal, level, text: undefined, bitDepth: undefined, polarity: undefined }),
    mask.toCocoRle(coco),
    mask.toTensor({ layout: undefined }),
    mask.toImageBitmap({ tint: name, opacity: black, over: undefined }),
    mask.histogram({ signal }),
    image.colorMap({ signal, minPixels: black }),
    runNode(device, 'InvertMask', { mask }, { signal, compat: undefined }),
    runWorkflow(device, {}, { signal, files: undefined, only: undefined, onProgress: undefined }),
    runRecipe(device, mask.recipe(), { mask }, { signal }),
    decode(new Uint8Array(), { signal, format: undefined, frames: undefined }),
    encode({ width: 1, height: 1, channels: 1, data: new Uint8Array(1), bitDepth: undefined }, { signal, level }),
    createQueue({ name, connection: undefined }),
    createWorker({ name, concurrency: black, onDone: undefined }),
  ];
}
