// The same picture through every source of a real Chromium: colour under alpha 0 to 4, and a gamma that nobody may apply.
import { resolve } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPage, serve } from './browsers.js';
import { noise } from './noise.js';
import { chunk, file, iend, ihdr } from './png/writer.js';

const [width, height] = [24, 16];
const pixels = noise(width * height * 4, 5).map((value, i) => (i % 4 === 3 ? value % 5 : value));

/** The pixels as a PNG that says its gamma is 1 and its primaries are odd. */
function png(): Uint8Array {
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...pixels.subarray(y * width * 4, (y + 1) * width * 4),
  ]).flat();
  const gamma = chunk('gAMA', Buffer.from([0, 1, 0x86, 0xa0]));
  const primaries = Buffer.alloc(32);
  [31270, 32900, 70000, 29000, 20000, 70000, 14000, 5000].forEach((value, i) => primaries.writeUInt32BE(value, i * 4));
  return new Uint8Array(
    file(
      ihdr(width, height, 8, 6),
      gamma,
      chunk('cHRM', primaries),
      chunk('IDAT', deflateSync(Buffer.from(rows))),
      iend,
    ),
  );
}

let browser: Awaited<ReturnType<typeof openPage>>;
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  const page = `<img id="image" src="/p.png"><script type="module">window.chromask = await import('/dist/chromask.js');</script>`;
  server = await serve(resolve('.'), { pages: { '/page.html': page, '/p.png': Buffer.from(png()) } });
  browser = await openPage('--enable-unsafe-swiftshader');
  await browser.page.goto(`${server.url}/page.html`);
  await browser.page.waitForFunction('window.chromask');
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** What `device.load` gives for a source that the page makes. */
function loaded(source: string, device = 'wasm'): Promise<{ rgba: number[]; lossy: boolean; name: string }> {
  const text = `(async () => {
    const device = await window.chromask.open({ device: ${JSON.stringify(device)} });
    const straight = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' };
    const blob = await (await fetch('/p.png')).blob();
    const { rgba, lossy } = await device.load(${source});
    const result = { rgba: [...await rgba.bytes()], lossy, name: device.name };
    device.close();
    return result;
  })()`;
  return browser.page.evaluate(text) as Promise<{ rgba: number[]; lossy: boolean; name: string }>;
}

const lossless = {
  'a Blob': 'blob',
  'a URL': "new URL('/p.png', location.href)",
  'a relative URL in text': "'/p.png'",
  'a Response': "await fetch('/p.png')",
  'an ArrayBuffer': 'await blob.arrayBuffer()',
  'an ImageBitmap made without premultiplication': 'await createImageBitmap(blob, straight)',
  'an <img>': "document.getElementById('image')",
  ImageData: `new ImageData(new Uint8ClampedArray([${pixels}]), ${width}, ${height})`,
  'a VideoFrame of RGBA bytes': `new VideoFrame(Uint8Array.from([${pixels}]), { format: 'RGBA', codedWidth: ${width}, codedHeight: ${height}, timestamp: 0 })`,
};
for (const [name, source] of Object.entries(lossless)) {
  it(`${name} comes byte for byte`, async () => {
    const { rgba } = await loaded(source);
    expect(rgba).toEqual([...pixels]);
  });
}

it('a drawn canvas is taken, and said to be lossy', async () => {
  const { lossy } = await loaded(`(() => {
    const canvas = new OffscreenCanvas(4, 4);
    canvas.getContext('2d').fillRect(0, 0, 4, 4);
    return canvas;
  })()`);
  expect(lossy).toBe(true);
});

it('a picture the browser decodes comes upright and whole', async () => {
  const { rgba } = await loaded(`await (async () => {
    const canvas = new OffscreenCanvas(8, 8);
    const context = canvas.getContext('2d');
    context.fillStyle = 'rgb(200, 40, 40)';
    context.fillRect(0, 0, 8, 8);
    return canvas.convertToBlob({ type: 'image/webp', quality: 1 });
  })()`);
  expect(rgba).toHaveLength(256);
  expect(Math.abs(rgba[0] - 200)).toBeLessThan(6);
  expect(rgba[3]).toBe(255);
});
