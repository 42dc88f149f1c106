// A machine that runs out of memory for arrays at any moment: only typed errors, and the device still works.
import { MaskBatch, open } from 'chromask';
import { runNode } from 'chromask/comfy';
import { decode, encode } from 'chromask/png';
import { afterAll, describe, expect, it } from 'vitest';
import { noise } from '../noise.js';

const N = 300;
const real = { Uint8Array, Uint8ClampedArray, Uint16Array, Uint32Array, Float32Array, ArrayBuffer };
let limit = Number.POSITIVE_INFINITY;
for (const [name, Class] of Object.entries(real)) {
  const poor: object = new Proxy(Class, {
    construct(target, args, asked) {
      if (typeof args[0] === 'number' && args[0] >= limit) throw new RangeError('Array buffer allocation failed');
      return Reflect.construct(target, args, asked === poor ? target : asked);
    },
  });
  Object.assign(globalThis, { [name]: poor });
}
afterAll(() => Object.assign(globalThis, real));

const device = await open({ device: 'wasm' });
const bytes = noise(N * N * 3, 1);
const image = device.image(bytes, [N, N, 3]);
const floats = device.image(Float32Array.from(bytes), [N, N, 3]);
const mask = image.channel('L(LAB)');
const png = await image.toPng();

const tries: Record<string, () => unknown> = {
  'device.image': () => device.image(bytes, [N, N, 3]).bytes(),
  'device.load': () => device.load(png),
  'device.solid': () => device.solid({ width: 400, height: 400 }).data(),
  data: () => mask.invert().data(),
  bytes: () => mask.normalize().bytes(),
  histogram: () => mask.histogram(),
  bounds: () => mask.bounds(),
  area: () => mask.area(),
  toPng: () => mask.toPng(),
  'the smallest PNG': () => image.toPng({ level: 'smallest' }),
  toBlob: () => mask.toBlob(),
  toDataURL: () => mask.toDataURL(),
  toNpy: () => mask.toNpy(),
  toCocoRle: () => mask.threshold().toCocoRle(),
  toTensor: () => image.toTensor(),
  'toTensor, channels last': () => image.toTensor({ layout: 'NHWC', std: 2 }),
  'toTensor of a mask': () => mask.toTensor({ layout: 'NHW' }),
  colorMap: () => image.colorMap({ minPixels: 1 }),
  'colorMap of floats': () => floats.colorMap({ minPixels: 1 }),
  grow: () => mask.grow({ expand: 30 }).data(),
  'MaskBatch.cat': () => MaskBatch.cat([mask, mask.invert()]).bytes(),
  runNode: () => runNode(device, 'LayerMask: ImageToMask', { image, channel: 'L(LAB)' }),
  decode: () => decode(png),
  encode: () => encode({ width: N, height: N, channels: 3, data: bytes }, { level: 'small' }),
};

describe('an array that cannot be had', () => {
  for (const [name, work] of Object.entries(tries)) {
    it(`in ${name} is out of memory, and no more`, async () => {
      for (const most of [20_000, 90_000, 100_000, 270_000, 360_000]) {
        limit = most;
        const end: unknown = await (async () => work())().then(
          () => undefined,
          (error: unknown) => error,
        );
        limit = Number.POSITIVE_INFINITY;
        if (end !== undefined)
          expect(end, `${most}: ${(end as Error).stack}`).toMatchObject({
            name: 'ChromaskError',
            code: 'out-of-memory',
          });
      }
      expect((await mask.invert().bytes()).length).toBe(N * N);
    });
  }
});
