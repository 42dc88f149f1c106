// Results are in an ArrayBuffer and can be passed to browser functions; filled arrays keep their own type.
import type { Device, ImageBatch, MaskBatch, ReadOptions, Tensor } from 'chromask';
import { decode } from 'chromask/png';

export async function ways(mask: MaskBatch, rgba: ImageBatch, file: Uint8Array, device: Device): Promise<unknown[]> {
  const [, height, width] = rgba.shape;
  const tensor: Tensor = await rgba.toTensor();
  const floats: Float32Array<ArrayBuffer> = (await mask.toTensor()).data;
  return [
    new Blob([await mask.bytes(), await mask.data(), tensor.data, floats]),
    fetch('/', { method: 'POST', body: await mask.bytes() }),
    crypto.subtle.digest('SHA-256', await mask.bytes()),
    new ImageData(new Uint8ClampedArray((await rgba.bytes()).buffer), width, height),
    new Blob([(await decode(file, { format: 'rgba8' })).data]),
    new Blob((await decode(file)).frames.map(({ data }) => data)),
    mask.withBytes((bytes) => new Blob([bytes])),
    new Blob(await mask.histogram()),
    new Blob([device.allocImage([1, 1, 4]).bytes]),
  ];
}

export async function filled(mask: MaskBatch, options: ReadOptions<Float32Array>): Promise<unknown[]> {
  const shared: Uint8Array<SharedArrayBuffer> = await mask.bytes({ into: new Uint8Array(new SharedArrayBuffer(8)) });
  const own: Float32Array<ArrayBuffer> = await mask.data({ into: new Float32Array(8) });
  const first: Tensor<Float32Array<SharedArrayBuffer>> = await mask.toTensor({
    into: new Float32Array(new SharedArrayBuffer(32)),
  });
  return [shared, own, first, await mask.data(options)];
}
