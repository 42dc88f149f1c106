// JPEG, WebP, AVIF and GIF on a device without WebGL2, in a real Chromium: WebGL2's bytes, or a refusal.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readyPage } from './browsers.js';
import { noise } from './noise.js';

const [width, height] = [61, 37];
const opaque = noise(width * height * 3, 21);
/** Colour under alpha 1 to 4 and above: a canvas would lose it. */
const clear = noise(width * height * 4, 22).map((value, i) =>
  i % 4 === 3 && i % 8 > 4 ? 1 + (value % 4) : value || 1,
);

async function files(): Promise<Record<string, Buffer>> {
  const solid = () => sharp(opaque, { raw: { width, height, channels: 3 } });
  const glass = () => sharp(clear, { raw: { width, height, channels: 4 } });
  return {
    jpeg: await solid().jpeg({ quality: 90 }).toBuffer(),
    'jpeg of Display P3': await solid()
      .withIccProfile('p3')
      .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
      .toBuffer(),
    'gray jpeg': await solid().grayscale().jpeg().toBuffer(),
    'turned jpeg': await solid().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    webp: await solid().webp({ quality: 70 }).toBuffer(),
    'webp with alpha': await glass().webp({ lossless: true }).toBuffer(),
    'turned webp with alpha': await glass().withMetadata({ orientation: 8 }).webp({ lossless: true }).toBuffer(),
    avif: await solid().avif({ quality: 60 }).toBuffer(),
    'avif with alpha': await glass().avif({ lossless: true }).toBuffer(),
    'gif with alpha': await glass().gif().toBuffer(),
    gif: await solid().gif().toBuffer(),
  };
}

let browser: Awaited<ReturnType<typeof readyPage>>;
let made: Record<string, Buffer>;
beforeAll(async () => {
  made = await files();
  const pages = Object.fromEntries(Object.entries(made).map(([name, file]) => [`/files/${name}`, file]));
  browser = await readyPage(
    `<script type="module">
      window.chromask = await import('/dist/chromask.js');
      window.bytesOf = async (device, name) => {
        const { rgba, mask } = await device.load('/files/' + name);
        return [...rgba.shape, ...mask.shape, ...await rgba.bytes()];
      };
      window.ready = true;
    </script>`,
    pages,
  );
});
afterAll(() => browser?.close());

type Answer = number[] | string;

/** Numbers of every file on a device, or the code of the refusal; `before` is done to the page first. */
async function loaded(device: 'wasm' | 'webgl2', before = ''): Promise<Record<string, Answer>> {
  await browser.page.reload();
  await browser.page.waitForFunction('window.ready');
  return browser.page.evaluate(`(async () => {
    const device = await window.chromask.open({ device: '${device}' });
    ${before};
    const found = {};
    for (const name of ${JSON.stringify(Object.keys(made))})
      found[name] = await window.bytesOf(device, name).catch((error) => error.code + ': ' + error.message);
    return found;
  })()`) as Promise<Record<string, Answer>>;
}

const noWebgl = `for (const prototype of [OffscreenCanvas.prototype, HTMLCanvasElement.prototype]) {
  const { getContext } = prototype;
  prototype.getContext = function (kind, ...more) { return kind === 'webgl2' ? null : getContext.call(this, kind, ...more); };
}`;
const noDecoder = 'delete window.ImageDecoder';
const noise2d = `{
  const { getImageData } = OffscreenCanvasRenderingContext2D.prototype;
  OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...given) {
    const found = getImageData.apply(this, given);
    found.data[77] ^= 1;
    return found;
  };
}`;

describe('a file that the browser decodes', () => {
  let wanted: Record<string, Answer>;
  beforeAll(async () => {
    wanted = await loaded('webgl2');
  });
  const same = (found: Record<string, Answer>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(found).map(([name, got]) => [
        name,
        typeof got === 'string' ? got : String(got) === String(wanted[name]),
      ]),
    );
  const right = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, true]));
  const all = () => Object.keys(made);
  const refusal = expect.stringMatching(/^unsupported: load: without WebGL2 .* PNG/);

  it('comes byte for byte, what lies under its alpha too', () => {
    const { 'webp with alpha': webp } = wanted;
    expect(webp).toEqual([1, height, width, 4, 1, height, width, ...clear]);
  });

  it('has the same bytes on WASM, with WebGL2 beside it or without', async () => {
    expect(same(await loaded('wasm'))).toEqual(right(all()));
    expect(same(await loaded('wasm', noWebgl))).toEqual(right(all()));
  });

  it('is refused where there is neither WebGL2 nor WebCodecs, if it has alpha', async () => {
    const found = same(await loaded('wasm', `${noWebgl}; ${noDecoder}`));
    const solid = all().filter((name) => !name.endsWith('alpha'));
    expect(found).toEqual({
      ...right(solid),
      ...Object.fromEntries(
        all()
          .filter((name) => !solid.includes(name))
          .map((name) => [name, refusal]),
      ),
    });
  });

  it('is not taken from a canvas whose numbers are perturbed', async () => {
    const found = same(await loaded('wasm', `${noWebgl}; ${noise2d}`));
    expect(found).toMatchObject({ jpeg: refusal, 'gray jpeg': refusal, webp: refusal, 'webp with alpha': true });
    expect(same(await loaded('wasm', noise2d))).toEqual(right(all()));
  });
});
