// Loads elements, bitmaps and other formats with known bytes.
import type { Device, Source } from '../../../src/index.js';
import { random } from './tools.js';
import { open } from './whole.js';

// 5 x 3, every alpha from 1 to 255, lossless and with the colours under it (Pillow 9.4: lossless, exact)
const webp =
  'UklGRpoAAABXRUJQVlA4TI0AAAAvBIAAEHegJgCQ5mO0gDbE5CYOjgY7ghZRE9lq1NNhBBtIwCZ4uarc6aMgM0oiWaEc8yS0wJMAR3ZKEOGnEWoiSYoMnJST8qfHFyIDJThAAymFCNAS0G6o4CYxGT/wLhfwvVRa/3bubVSL/53CEWs07a9yxrsHRW3bQFXfhVNUAzEGJ5hxjeh/+JmhKwAA';
const inWebp = [
  ...[139, 74, 229, 241, 169, 65, 6, 160, 149, 106, 38, 175, 188, 205, 175, 229, 98, 249, 10, 148, 95, 86, 147, 198],
  ...[66, 39, 106, 213, 171, 45, 167, 57, 69, 81, 55, 14, 153, 178, 215, 76, 52, 39, 250, 72, 215, 50, 161, 223, 112],
  ...[172, 161, 233, 38, 17, 89, 1, 221, 6, 242, 127],
];

const straight = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' } as const;

/** Of each source whether its bytes are right, whether it says that they need not be, where they are; or the error's code. */
export async function elements(): Promise<Record<string, string>> {
  const next = random(11);
  const rgba = new Uint8ClampedArray(40 * 30 * 4).map(() => next() * 256);
  const opaque = rgba.map((v, i) => (i % 4 === 3 ? 255 : v));
  // wider than a texture can be: tiles of one layer, one below another
  const long = new Uint8ClampedArray(20000 * 3 * 4).map((_, i) => (i % 4 === 3 ? 255 : next() * 256));
  const canvas = new OffscreenCanvas(40, 30);
  canvas.getContext('2d')?.putImageData(new ImageData(opaque, 40, 30), 0, 0);
  const found: Record<string, string> = {};
  for (const name of ['webgl2', 'wasm'] as const) {
    const device = await open(name);
    const attempt = async (what: string, source: Source, wanted: ArrayLike<number>): Promise<void> => {
      const loading = loaded(device, source, wanted);
      found[`${what}, ${name}`] = await loading.catch((error) => error.code ?? String(error));
    };
    await attempt('bitmap', await createImageBitmap(new ImageData(rgba, 40, 30), straight), rgba);
    await attempt('opaque bitmap', await createImageBitmap(new ImageData(opaque, 40, 30), straight), opaque);
    await attempt('long bitmap', await createImageBitmap(new ImageData(long, 20000, 3)), long);
    await attempt('canvas', canvas, opaque);
    const file = await device.image(Uint8Array.from(rgba), [1, 30, 40, 4]).toPng();
    if (typeof document !== 'undefined') {
      const image = document.createElement('img');
      image.src = URL.createObjectURL(new Blob([file], { type: 'image/png' }));
      await attempt('image', image, rgba);
    }
    const bytes = Uint8Array.from(atob(webp), (letter) => letter.charCodeAt(0));
    await attempt('WebP with alpha', new Blob([bytes]), inWebp);
    device.close();
  }
  return found;
}

async function loaded(device: Device, source: Source, wanted: ArrayLike<number>): Promise<string> {
  const { rgba, lossy } = await device.load(source);
  const { location } = rgba;
  const got = await rgba.bytes();
  const right = got.length === wanted.length && got.every((value, i) => value === wanted[i]);
  return `${right ? 'right' : 'WRONG'}${lossy ? ', lossy' : ''}, ${location}`;
}
