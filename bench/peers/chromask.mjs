// chromask: pictures resident, new recipes every time, results read without a copy, memory reused.
import { open } from '../../dist/chromask.js';
import { selections } from './selections.mjs';

const threads = Number(process.env.BENCH_THREADS ?? 1);
const device = await open({ device: 'wasm', threads, limits: { memory: 2 ** 32 } });
const png = await import('../../dist/png.js').catch(() => undefined);

const lent = (batch, dtype, use) =>
  dtype === 'uint8' ? batch.withBytes(use, { shared: true }) : batch.withData(use, { shared: true });

const delivered = (dtype, make) => {
  let last;
  const run = async () => {
    last?.dispose();
    last = await make();
    await lent(last, dtype, () => {});
  };
  return { run, answer: () => lent(last, dtype, (numbers) => numbers.slice()) };
};

const pixel = (dtype, make) => (input) => {
  const { width, height, photo } = input;
  release();
  const image = keep(device.image(photo, [1, height, width, 4]));
  const mask = input.a && keep(device.mask(input.a, [1, height, width]));
  return delivered(dtype, () => make(image, mask));
};

const joined = (make) => (input) => {
  const { width, height, a, b } = input;
  release();
  const first = keep(device.mask(a, [1, height, width]));
  const second = b && keep(device.mask(b, [1, height, width]));
  return delivered('uint8', () => make(first, second));
};

const colors = (dtype, name) => (input) => {
  const { width, height } = input;
  release();
  const image = keep(device.image(input[name], [1, height, width, 4]));
  return delivered(dtype, async () => (await image.colorMap({ minPixels: 500, maxCount: 8 })).masks);
};

let held = [];
const keep = (batch) => {
  held.push(batch);
  return batch;
};
const release = () => {
  for (const batch of held) batch.dispose();
  held = [];
};

export const makers = {
  J1: pixel('uint8', (image) => image.channel('red')),
  J1f: pixel('float32', (image) => image.channel('alpha')),
  J2: pixel('uint8', (image) => image.channel('L(LAB)')),
  J3: pixel('uint8', (image) => image.channel('H(HSV)')),
  J4: pixel('uint8', (image) => image.channel('Y(YUV)')),
  J4u: pixel('uint8', (image) => image.channel('U(YUV)')),
  J5: pixel('float32', (image, mask) =>
    image.channel('L(LAB)').normalize().levels({ black: 20, white: 230, gray: 1.3 }).invert().multiply(mask),
  ),
  J6: colors('float32', 'map'),
  J6b: colors('uint8', 'map'),
  J6p: colors('float32', 'opaque'),
  J7: joined((a, b) => a.multiply(b)),
  J7a: joined((a, b) => a.add(b)),
  J7m: joined((a, b) => a.max(b)),
  J7g: joined((a) => a.grow({ expand: 8, shape: 'square' })),
  J7t: joined((a) => a.grow({ expand: 8 })),
  ...(png && {
    J8: ({ png: file }) => delivered('uint8', async () => (await device.load(file)).rgba),
    J8e({ width, height, a }) {
      let out;
      release();
      // the number of threads is a property of a device, so with several its mask is written here
      const mask = threads > 1 ? keep(device.mask(a, [height, width])) : undefined;
      const run = async () => {
        out = await (mask ? mask.toPng() : png.encode({ width, height, channels: 1, bitDepth: 8, data: a }));
      };
      return { run, answer: () => out };
    },
  }),
  ...selections(device, { keep, release, delivered }),
};

export const stats = () => device.stats();
