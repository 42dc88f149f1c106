// Display P3 pictures on a canvas in a real Chromium: as saturated as the browser shows them, on either device and
// in a worker.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readyPage } from './browsers.js';

const [width, height] = [24, 16];
/** Strong colours: those that lie outside sRGB once they are taken for Display P3. */
const pixels = Uint8Array.from(
  { length: width * height * 3 },
  (_, i) => [250, 30, 40, 20, 240, 60, 200, 180, 20][i % 9],
);

let browser: Awaited<ReturnType<typeof readyPage>>;
beforeAll(async () => {
  const picture = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .withIccProfile('p3')
    .png()
    .toBuffer();
  const html = `<script type="module">
    const { open } = await import('/dist/chromask.js');
    const { openWorker } = await import('/dist/worker.js');
    const empty = () => Object.assign(document.createElement('canvas'), { width: ${width}, height: ${height} });
    const seen = (canvas, colorSpace) =>
      [...canvas.getContext('2d').getImageData(0, 0, ${width}, ${height}, { colorSpace }).data];
    const away = (a, b) => Math.max(...a.map((v, i) => Math.abs(v - b[i])));
    window.shown = async (how) => {
      const device = how === 'worker' ? await openWorker({ device: 'wasm' }) : await open({ device: how });
      const { rgba, profile } = await device.load('/picture');
      const stored = [...await rgba.bytes()];
      const fresh = empty();
      await rgba.draw(fresh);
      const usual = empty();
      usual.getContext('2d');
      await rgba.draw(usual);
      const own = empty();
      own.getContext('2d').drawImage(await createImageBitmap(await (await fetch('/picture')).blob()), 0, 0);
      const bitmap = empty();
      bitmap.getContext('2d', { colorSpace: 'display-p3' }).drawImage(await rgba.toImageBitmap(), 0, 0);
      const plain = empty();
      await rgba.channel('red').draw(plain);
      const data = await rgba.toImageData();
      device.close();
      return {
        space: profile.space,
        canvas: fresh.getContext('2d').getContextAttributes().colorSpace,
        fresh: away(seen(fresh, 'display-p3'), stored),
        bitmap: away(seen(bitmap, 'display-p3'), stored),
        usual: away(seen(usual, 'srgb'), seen(own, 'srgb')),
        duller: away(seen(usual, 'srgb'), stored) > 4,
        mask: plain.getContext('2d').getContextAttributes().colorSpace,
        data: data.colorSpace,
      };
    };
    window.ready = true;
  </script>`;
  browser = await readyPage(html, { '/picture': picture });
});
afterAll(() => browser?.close());

it.each([
  'wasm',
  'webgl2',
  'worker',
])('%s: a canvas shows them as they are, or as the browser converts them', async (how) => {
  const found = await browser.page.evaluate(`window.shown('${how}')`);
  expect(found).toEqual({
    space: 'display-p3',
    canvas: 'display-p3',
    fresh: 0,
    bitmap: 0,
    // converted of bytes that were rounded once more, or once less
    usual: expect.toSatisfy((most: number) => most <= 3),
    duller: true,
    mask: 'srgb',
    data: 'display-p3',
  });
});
