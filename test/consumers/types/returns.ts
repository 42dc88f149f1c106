// Exports without explicit types: the compiler must be able to name each type in a declaration file.
import { type Device, fingerprint, type ImageBatch, MaskBatch, open, ops } from 'chromask';
import { nodes, objectInfo, runNode, runWorkflow, workflowOf, workflowRecipe } from 'chromask/comfy';
import { decode, encode, inspect, openRgba8, readText } from 'chromask/png';
import { createQueue, createWorker } from 'chromask/queue';
import { everyDevice, parity, pattern } from 'chromask/testing';
import { open as openWasm } from 'chromask/wasm';
import { openWorker } from 'chromask/worker';

export const opened = () => open();
export const kernels = () => openWasm();
export const far = () => openWorker();
export const device = null as unknown as Awaited<ReturnType<typeof openWorker>>;
export const loaded = (on: Device, file: Blob) => on.load(file);
export const loadedFar = async (file: Blob) => (await openWorker()).load(file);
export const made = (on: Device) => on.allocImage([1, 1, 4]);
export const counters = (on: Device) => on.stats();
export const limits = (on: Device) => on.limits;
export const ran = (on: Device, mask: MaskBatch) => on.run(mask.recipe(), { mask });

export const channel = (image: ImageBatch) => image.channel('red');
export const colours = (image: ImageBatch) => image.colorMap();
export const alpha = (image: ImageBatch, mask: MaskBatch) => image.withAlpha(mask);
export const picture = (image: ImageBatch) => ({
  data: image.toImageData(),
  last: image.toTensor({ layout: 'NHWC', mean: [0.5, 0.5, 0.5] }),
});
export const joined = (mask: MaskBatch) => MaskBatch.cat([mask, mask]);
export const toned = (mask: MaskBatch) => mask.normalize().levels({ black: 1 }).at(0);
export const rectangle = (mask: MaskBatch) => mask.bounds();
export const lengths = (mask: MaskBatch) => mask.toCocoRle();
export const tensors = (mask: MaskBatch) => [mask.toTensor(), mask.toTensor({ layout: 'HW' })];
export const meant = (mask: MaskBatch) => mask.polarity;
export const where = (mask: MaskBatch) => mask.location;
export const steps = (mask: MaskBatch) => mask.recipe();
export const named = (mask: MaskBatch) => fingerprint(mask.recipe());
export const lent = (mask: MaskBatch) => mask.withBytes((bytes) => bytes.length);
export const { draw, toPng, levels, toBlob } = MaskBatch.prototype;
export const methods = (mask: MaskBatch) => ({ draw: mask.draw, toPng: mask.toPng, read: mask.bytes, cut: mask.crop });
export const ways = (image: ImageBatch) => ({ show: image.toImageBitmap, png: image.toPng, load: device.load });
export const rows = [ops, ops.levels, ops.labL];
export const asked = (...given: Parameters<Device['load']>) => given;

export const node = (on: Device, mask: MaskBatch) => runNode(on, 'GrowMask', { mask });
export const someNode = (on: Device, name: string) => runNode(on, name);
export const known = nodes;
export const info = () => objectInfo();
export const graph = (on: Device) => runWorkflow(on, {});
export const text = (bytes: Uint8Array) => workflowOf(bytes);
export const kept = () => workflowRecipe({});
export const parts = { open, openWorker, runNode, runWorkflow, decode, encode, createQueue, createWorker };

export const decoded = (bytes: Uint8Array) => decode(bytes);
export const rgba = (bytes: Uint8Array) => decode(bytes, { format: 'rgba8' });
export const encoded = (data: Uint8Array) => encode({ width: 1, height: 1, channels: 1, data });
export const facts = (bytes: Uint8Array) => inspect(bytes);
export const file = (bytes: Uint8Array) => openRgba8(bytes);
export const entries = (bytes: Uint8Array) => readText(bytes);

export const queue = () => createQueue();
export const status = async () => (await createQueue()).status();
export const worker = () => createWorker();
export const devices = () => everyDevice();
export const same = () => parity((on) => on.solid({ width: 1, height: 1 }));
export const noise = () => pattern();
