// What stays on the GPU: an operation uploads nothing again and reads only its result. And integer arithmetic there
// equals WASM's float64.
import type { Device, ImageBatch, MaskBatch } from '../../../src/index.js';
import { random } from './tools.js';
import { open } from './whole.js';

type Batch = MaskBatch | ImageBatch;
type Moved = Record<'written' | 'read', number>;

/** Calls that bring pixels to the GPU, and those that take them from it. */
function watched(): { moved: () => Moved; restore: () => void } {
  const prototype = WebGL2RenderingContext.prototype;
  const methods = prototype as unknown as Record<string, (...given: unknown[]) => unknown>;
  const moved = { written: 0, read: 0 };
  const originals: Record<string, (...given: unknown[]) => unknown> = {};
  const watch = (name: string, way: keyof Moved): void => {
    const original = methods[name];
    originals[name] = original;
    methods[name] = function (this: unknown, ...given: unknown[]): unknown {
      moved[way]++;
      return original.apply(this, given);
    };
  };
  for (const name of ['texImage2D', 'texImage3D', 'texSubImage2D', 'texSubImage3D']) watch(name, 'written');
  for (const name of ['readPixels', 'getBufferSubData']) watch(name, 'read');
  return { moved: () => ({ ...moved }), restore: () => Object.assign(methods, originals) };
}

/** The operations that the GPU does alone, and what follows one that it does not. */
function asked(device: Device, mask: MaskBatch, image: ImageBatch, filled: MaskBatch): Record<string, () => Batch> {
  const size = { width: 33, height: 27 };
  const logits = mask.as('float32');
  const edges = { left: 1, top: 2, right: 3, bottom: 4 };
  const modes = ['nearest', 'nearest-exact', 'bilinear', 'bicubic', 'area'] as const;
  return {
    blur: () => mask.blur({ radius: 3.3 }),
    'blur of a picture': () => image.blur({ radius: 9 }),
    boxBlur: () => mask.boxBlur({ radius: 2.5 }),
    ...Object.fromEntries(
      [1, 2, 3, 4, 5, 6, 7].map((radius) => [`median ${radius}`, () => mask.median({ radius })] as const),
    ),
    'grow disk': () => mask.grow({ expand: 5, shape: 'disk' }),
    'grow disk of floats': () => logits.grow({ expand: -3, shape: 'disk' }),
    opening: () => mask.opening({ radius: 2 }),
    closing: () => mask.closing({ radius: 2 }),
    border: () => mask.border({ width: 2 }),
    colorRange: () => image.colorRange({ colors: '#808080', tolerance: 90, softness: 40 }),
    'colorRange in Lab': () => image.colorRange({ colors: '#808080', tolerance: 60, metric: 'lab' }),
    resize: () => mask.resize({ ...size, filter: 'lanczos' }),
    'resize of a picture': () => image.resize(size),
    ...Object.fromEntries(modes.map((mode) => [`interpolate ${mode}`, () => logits.interpolate({ ...size, mode })])),
    'interpolate of a picture': () => image.interpolate(size),
    flip: () => mask.flip({ axis: 'xy' }),
    rotate: () => image.rotate({ turns: 1 }),
    pad: () => mask.pad({ ...edges, value: 0.5 }),
    offset: () => mask.offset({ x: 5, y: -3, wrap: true }),
    'gradient, linear': () => device.gradient({ from: [3, 4], to: [60, 31], ...size }),
    'gradient, radial': () => device.gradient({ from: [3, 4], to: [20, 11], type: 'radial', ...size }),
    sigmoid: () => logits.sigmoid(),
    composite: () => image.composite(image, { x: 3, y: 2, mask }),
    'composite of masks': () => mask.composite(mask, { x: 3, y: 2, operation: 'add' }),
    'what follows a region': () => filled.blur({ radius: 2 }).invert(),
    'what follows what it follows': () => filled.grow({ expand: 2, shape: 'disk' }).interpolate(size),
  };
}

/** For each operation: uploads of the second call, and its reads beyond those of its answer. */
export async function resident(): Promise<Record<string, Moved & { location: string }>> {
  const watch = watched();
  const device = await open('webgl2');
  try {
    const next = random(7);
    const bytes = (n: number): Uint8Array => Uint8Array.from({ length: n }, () => next() * 256);
    const mask = device.mask(bytes(64 * 48), [48, 64]);
    const image = device.image(bytes(64 * 48 * 3), [48, 64, 3]);
    const found: Record<string, Moved & { location: string }> = {};
    const filled = mask.fillHoles();
    await filled.data();
    for (const [name, make] of Object.entries(asked(device, mask, image, filled))) {
      await make().data();
      const one = make();
      const before = watch.moved();
      await one.data();
      const made = watch.moved();
      await one.data();
      const again = watch.moved();
      found[name] = {
        written: made.written - before.written,
        read: made.read - before.read - (again.read - made.read),
        location: one.location,
      };
    }
    // a measure reads what it measures, and what follows finds it where it was
    await mask.components();
    const before = watch.moved();
    const one = mask.blur({ radius: 3.3 });
    await one.data();
    const made = watch.moved();
    await one.data();
    const read = made.read - before.read - (watch.moved().read - made.read);
    found['what follows a measure'] = { written: made.written - before.written, read, location: one.location };
    return found;
  } finally {
    device.close();
    watch.restore();
  }
}

/** Random sizes and floats, numbers or not: what the GPU resamples and draws otherwise than WASM. */
export async function resampled({ from, count }: { from: number; count: number }): Promise<string[]> {
  const devices = [await open('webgl2'), await open('wasm')];
  const wrong: string[] = [];
  for (let seed = from; seed < from + count; seed++) {
    const next = random(seed);
    for (let i = 0; i < 5; i++) next();
    const whole = (most: number): number => Math.floor(next() * most);
    const pick = <T>(list: readonly T[]): T => list[whole(list.length)];
    const [batch, h, w] = [1 + whole(2), pick([1, 2, 7, 8, 1 + whole(40)]), pick([1, 2, 7, 8, 1 + whole(60)])];
    const channels = pick([1, 1, 3, 4]);
    const odd = next() < 0.3 ? [NaN, Infinity, -Infinity, 3.4e38, -3.4e38] : [0];
    const tiny = [0, -0, 1e-40, -1e-45, 1.2e-38, 2 ** -149, 1, -1, 0.5, 1 - 2 ** -24, 1e30, 255.5];
    const scale = pick([1, 1, 1e-3, 1e-38, 40]);
    const data = Float32Array.from({ length: batch * h * w * channels }, () => {
      const kind = next();
      return kind < 0.05 ? pick(odd) : kind < 0.2 ? pick(tiny) : (next() - 0.3) * scale;
    });
    const size = { width: pick([1, w, 1 + whole(70)]), height: pick([1, h, 1 + whole(50)]) };
    const mode = pick(['nearest', 'nearest-exact', 'bilinear', 'bicubic', 'area'] as const);
    const near = pick([1, 30, 1e6]);
    const place = (): [number, number] => [(next() - 0.3) * near, pick([next() * near, whole(20), whole(20) + 0.5])];
    const way = { from: place(), to: place(), type: pick(['linear', 'radial'] as const), ...size };
    const told = [`${batch}x${h}x${w}x${channels} ${mode} ${size.width}x${size.height}`, JSON.stringify(way)];
    const made = devices.map((device) => [
      device.image(data, [batch, h, w, channels]).interpolate({ ...size, mode }),
      device.gradient(way),
    ]);
    for (const [i, one] of told.entries()) {
      const [a, b] = [await made[0][i].data(), await made[1][i].data()];
      const at = a.findIndex((value, k) => !Object.is(value, b[k]));
      if (at >= 0 || a.length !== b.length) wrong.push(`${seed}: ${one}: ${a[at]}, not ${b[at]}, at ${at}`);
    }
    for (const batches of made) for (const each of batches) each.dispose();
  }
  for (const device of devices) device.close();
  return wrong;
}
