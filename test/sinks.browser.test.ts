// Exports in a real Chromium: what the browser sees in the files and pixels of masks and pictures.
import { open } from 'chromask';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readyPage } from './browsers.js';
import { noise } from './noise.js';

const [width, height] = [13, 9];
const mask = noise(width * height, 3);
const picture = noise(width * height * 4, 4);

let browser: Awaited<ReturnType<typeof readyPage>>;
beforeAll(async () => {
  const page = `<script type="module">
    window.chromask = { ...await import('/dist/chromask.js'), ...await import('/dist/worker.js') };
    const context = new OffscreenCanvas(${width}, ${height}).getContext('2d', { willReadFrequently: true });
    window.shown = (source) => { // of opaque pixels, of which a canvas loses nothing
      context.drawImage(source, 0, 0);
      return [...context.getImageData(0, 0, ${width}, ${height}).data];
    };
    window.reference = await import('/reference.js');
    window.ready = true;
  </script>`;
  const { outputFiles } = await build({ entryPoints: ['test/show/reference.ts'], format: 'esm', write: false });
  browser = await readyPage(page, { '/reference.js': outputFiles[0].text });
});
afterAll(() => browser?.close());

const gray = (bytes: ArrayLike<number>): number[] => Array.from(bytes).flatMap((value) => [value, value, value, 255]);

describe.each(['wasm', 'webgl2', 'worker'])('on %s', (name) => {
  const evaluate = <T>(text: string): Promise<T> => {
    const opened = name === 'worker' ? "openWorker({ device: 'wasm' })" : `open({ device: '${name}' })`;
    return browser.page.evaluate(`(async () => {
      const device = await window.chromask.${opened};
      const mask = device.mask(Uint8Array.from([${mask}]), [${height}, ${width}]);
      const picture = device.image(Uint8Array.from([${picture}]), [1, ${height}, ${width}, 4]);
      const result = await (async () => ${text})();
      device.close();
      return result;
    })()`) as Promise<T>;
  };

  it('ImageData holds a mask as gray and a picture byte for byte', async () => {
    const seen = await evaluate<
      [number[], number[], number[]][]
    >(`Promise.all([mask, picture, picture.removeAlpha()].map(async (one) => {
      const { data, width, height } = await one.toImageData();
      return [[width, height], [...data]];
    }))`);
    expect(seen.map(([size]) => size)).toEqual([
      [width, height],
      [width, height],
      [width, height],
    ]);
    expect(seen[0][1]).toEqual(gray(mask));
    expect(seen[1][1]).toEqual([...picture]);
    expect(seen[2][1]).toEqual([...picture].map((value, i) => (i % 4 === 3 ? 255 : value)));
  });

  it('draw shows what its description says, on canvases of every kind and size', async () => {
    const wrong = await evaluate<string[]>(`{
      const { shown, smaller } = window.reference, wrong = [];
      const of = (data, channels) => ({ data, channels, width: ${width}, height: ${height} });
      const [top, under] = [of(Uint8Array.from([${mask}]), 1), of(Uint8Array.from([${picture}]), 4)];
      const opaque = of(under.data.filter((_, i) => i % 4 < 3), 3);
      const looks = [[mask, top, {}], [mask, top, { tint: '#ff3050', opacity: 0.6 }], [picture, under, {}],
        [mask, top, { tint: '#ff3050', opacity: 0.6, over: picture.removeAlpha() }, opaque], [mask, top, { over: picture }, under]];
      const made = (w, h, willReadFrequently) => new OffscreenCanvas(w, h).getContext('2d', { willReadFrequently });
      const pixels = (context) => context.getImageData(0, 0, context.canvas.width, context.canvas.height).data;
      for (const [batch, one, look, over] of looks) for (const soft of [true, false]) for (const [w, h] of [[${width}, ${height}], [5, 4]]) {
        // another way of making it smaller, and its own rounding of colours times alpha
        if ('${name}' === 'webgl2' || '${name}' === 'worker' && w < ${width}) continue;
        const [is, wanted, turned] = [made(w, h, soft), made(w, h, soft), made(w, h, soft)];
        is.fillRect(0, 0, w, h); // what was there goes
        await batch.draw(is.canvas, look);
        const sized = (what) => what && (w < ${width} ? smaller(what, w, h) : what);
        const data = shown(sized(one), { ...look, tint: look.tint && [255, 48, 80], over: sized(over) });
        wanted.putImageData(new ImageData(data, w, h), 0, 0);
        const differ = (p, q) => p.reduce((n, v, i) => n + Number(v !== q[i]), 0);
        const off = differ(pixels(is), pixels(wanted));
        if (off) wrong.push([one.channels, JSON.stringify(look), soft, w, off].join(' '));
        turned.translate(w, 0);
        turned.scale(-1, 1);
        await batch.draw(turned.canvas, look);
        const other = made(w, h, soft);
        other.setTransform(-1, 0, 0, 1, w, 0);
        other.drawImage(wanted.canvas, 0, 0);
        if (differ(pixels(turned), pixels(other))) wrong.push(['turned', one.channels, JSON.stringify(look), soft, w].join(' '));
      }
      return wrong;
    }`);
    expect(wrong).toEqual([]);
  });

  it('a canvas that is larger gets all of it, one that is nothing gets nothing', async () => {
    const [large, none] = await evaluate<number[][]>(`{
      const [large, none] = [new OffscreenCanvas(${width * 3}, 4), new OffscreenCanvas(0, 4)];
      const white = device.mask(new Uint8Array(${width * height}).fill(200), [${height}, ${width}]);
      for (const canvas of [large, none]) await white.draw(canvas);
      return [[...new Set(large.getContext('2d').getImageData(0, 0, ${width * 3}, 4).data)], [none.width]];
    }`);
    expect(large).toEqual([200, 255]);
    expect(none).toEqual([0]);
  });

  it('a canvas that was given away, or is none, is refused with a reason', async () => {
    const said = await evaluate<string[][]>(`{
      const page = document.createElement('canvas'), detached = new OffscreenCanvas(2, 2);
      window.kept = page.transferControlToOffscreen();
      structuredClone(detached, { transfer: [detached] });
      const spoofed = { [Symbol.toStringTag]: 'OffscreenCanvas', width: 1, height: 1 };
      return Promise.all([page, detached, spoofed].map((canvas) => mask.draw(canvas).then(String, (error) => [error.code, error.message])));
    }`);
    const why = (kind: string): string =>
      `draw: canvas must be one that can be drawn on from here, got one that cannot: ${kind}`;
    expect(said).toEqual(
      ['HTMLCanvasElement', 'OffscreenCanvas', 'OffscreenCanvas'].map((kind) => ['bad-argument', why(kind)]),
    );
  });

  it('a Blob and a data URL are PNG files that the browser shows as the mask', async () => {
    const [type, blob, url] = await evaluate<[string, number[], number[]]>(`{
      const blob = await mask.toBlob(), image = Object.assign(new Image(), { src: await mask.toDataURL() });
      await image.decode();
      return [blob.type, window.shown(await createImageBitmap(blob)), window.shown(image)];
    }`);
    expect(type).toBe('image/png');
    expect(blob).toEqual(gray(mask));
    expect(url).toEqual(gray(mask));
  });

  it('a PNG of 1 bit and one of 16 are shown as they are meant', async () => {
    const [one, sixteen] = await evaluate<number[][]>(`Promise.all([1, 16].map(async (bitDepth) =>
      window.shown(await createImageBitmap(new Blob([await mask.toPng({ bitDepth })])))))`);
    expect(one).toEqual(gray(mask.map((value) => (value > 127 ? 255 : 0))));
    expect(sixteen).toEqual(gray(mask));
  });
});

it('where there is no ImageData that is said, with what has the same numbers', async () => {
  const device = await open({ device: 'wasm' });
  const error = device.mask(mask, [height, width]).toImageData();
  await expect(error).rejects.toMatchObject({ code: 'unsupported', message: expect.stringMatching(/bytes\(\)/) });
});
