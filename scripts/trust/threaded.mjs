// Devices of three threads that divide work even on a few pixels, and a way to slow the workers of one of them.
import { open } from '../../dist/chromask.js';
import { bytes } from './random.mjs';

/** Kernels process this many pixels at a time. */
const STEP = 64;

export async function threaded(options = {}) {
  const device = await open({ device: 'wasm', threads: 3, ...options });
  const { crew } = device.home.engine;
  if (!crew) throw new Error(device.why.join());
  Object.assign(crew, { least: 0, grain: STEP });
  return device;
}

/** The started threads of a device that have not been killed. */
export async function threadsOf(device) {
  const { crew } = device.home.engine;
  if (!crew.started) await device.solid({ value: 1, width: 64, height: 64 }).invert().bytes();
  return (await crew.started).filter(({ ended }) => !ended);
}

/**
 * Makes some looks at shared memory wait, in the realm that runs this: it is sent to threads as text. The waits
 * change over time, so that one member does nearly everything for a while and is late the next.
 */
function slow(seed) {
  const { wait } = Atomics;
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  let state = seed | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  let [left, often] = [0, 0];
  for (const name of ['add', 'load', 'store']) {
    const own = Atomics[name];
    Atomics[name] = (...given) => {
      if (left-- <= 0) [left, often] = [next() * 40, next() < 0.5 ? 0 : next() * 0.2];
      if (next() < often) wait(nothing, 0, 0, next());
      return own(...given);
    };
  }
}

/** A device whose threads, and this one, are slowed until `quick` is called. */
export async function slowed(seed) {
  const threads = process.getBuiltinModule('node:worker_threads');
  const { Worker } = threads;
  const { add, load, store } = Atomics;
  let started = 0;
  threads.Worker = class extends Worker {
    constructor(code, options) {
      super(`(${slow})(${seed + ++started});${code}`, options);
    }
  };
  const device = await threaded();
  await threadsOf(device).finally(() => {
    threads.Worker = Worker;
  });
  if (started !== 2) throw new Error(`${started} threads were slowed`);
  slow(seed);
  return { device, quick: () => void Object.assign(Atomics, { add, load, store }) };
}

export const given = (device, r, [H, W]) => ({
  image: device.image(bytes(r, H * W * 4), [H, W, 4]),
  mask: device.mask(bytes(r, H * W), [H, W]),
});

/**
 * Everything that is divided: passes over pixels, counts, and every kind of kernel that finds its pixels by
 * position.
 */
export function divided({ image, mask }) {
  const soft = image.channel('L(LAB)').normalize().levels({ black: 20, white: 230, gray: 1.3 }).multiply(mask);
  return [
    soft.as('float32').clamp(),
    soft.blur({ radius: 4.5 }).median({ radius: 3 }).autoThreshold(),
    mask.median({ radius: 9 }).grow({ expand: 5, shape: 'square' }),
    mask.as('float32').grow({ expand: -4, shape: 'disk' }).interpolate({ width: 50, height: 70 }),
    mask.threshold().distance().as('uint8').max(soft),
    mask.refine(image, { radius: 3 }).resize({ width: 99, height: 33 }),
    soft.removeSmall({ area: 5, threshold: 0.5 }).fillHoles({ threshold: 0.5, connectivity: 4 }),
    image.boxBlur({ radius: 2 }).colorRange({ colors: [[200, 30, 90]], tolerance: 90 }),
  ];
}

export const read = (mask, signal) => (mask.dtype === 'uint8' ? mask.bytes({ signal }) : mask.data({ signal }));
