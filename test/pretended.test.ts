// happy-dom and jsdom have elements without pixels, which are refused by a typed error that names them. The objects
// here are modelled on those of happy-dom 21 and jsdom 29.
import { open } from 'chromask';
import { afterEach, expect, it, vi } from 'vitest';

const device = await open({ device: 'wasm' });
const mask = device.mask(new Uint8Array(4), [2, 2]);
const png = await mask.toPng();

const agents = {
  'happy-dom': 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) HappyDOM/21.0.4',
  jsdom: 'Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/29.1.1',
};

function elementOf(kind: string, userAgent: string, more: object): object {
  const ownerDocument = { defaultView: { navigator: { userAgent } } };
  return { [Symbol.toStringTag]: kind, ownerDocument, width: 2, height: 2, getContext: () => null, ...more };
}

/** What happy-dom's image does: it says that it was decoded, and knows of no size. */
const image = { decode: async () => {}, naturalWidth: 0, naturalHeight: 0, currentSrc: '', complete: true };
const elements: [string, object][] = [
  ['HTMLCanvasElement', {}],
  ['HTMLImageElement', image],
  ['HTMLImageElement', { ...image, naturalWidth: 2, naturalHeight: 2 }],
  ['HTMLVideoElement', { videoWidth: 0, videoHeight: 0, readyState: 0 }],
];

afterEach(() => vi.unstubAllGlobals());

for (const [name, agent] of Object.entries(agents)) {
  it(`${name} shows nothing that could be loaded`, async () => {
    for (const [kind, more] of elements) {
      await expect(device.load(elementOf(kind, agent, more) as HTMLCanvasElement), kind).rejects.toMatchObject({
        name: 'ChromaskError',
        code: 'unsupported',
        message: `load: ${name} has elements without pixels; pass the file or its bytes`,
      });
    }
  });

  it(`${name} has canvases that nothing can be drawn on`, async () => {
    const canvas = elementOf('HTMLCanvasElement', agent, {}) as HTMLCanvasElement;
    const message = `draw: ${name} has elements without pixels; bytes() has the same numbers`;
    await expect(mask.draw(canvas)).rejects.toMatchObject({ name: 'ChromaskError', code: 'unsupported', message });
    // as a test runner puts them there
    vi.stubGlobal('navigator', { userAgent: agent });
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new TypeError('no')));
    vi.stubGlobal('OffscreenCanvas', function OffscreenCanvas() {
      return { width: 2, height: 2, getContext: () => null };
    });
    await expect(mask.toImageBitmap()).rejects.toMatchObject({ name: 'ChromaskError', code: 'unsupported', message });
  });
}

it("happy-dom's Blob, which does not say that it is one, is refused with what helps", async () => {
  const blob = { type: 'image/png', size: png.length, arrayBuffer: async () => png.buffer };
  await expect(device.load(blob as never)).rejects.toMatchObject({
    code: 'bad-argument',
    message: expect.stringContaining('or what its arrayBuffer() gives, got an object'),
  });
  expect((await device.load(await blob.arrayBuffer())).image.shape).toEqual([1, 2, 2, 3]);
  // jsdom's says so, and is read
  expect((await device.load({ ...blob, [Symbol.toStringTag]: 'Blob' } as never)).image.shape).toEqual([1, 2, 2, 3]);
});

it('elsewhere an element is said to show nothing', async () => {
  const canvas = elementOf('HTMLImageElement', 'Mozilla/5.0 Firefox/140.0', image) as HTMLImageElement;
  await expect(device.load(canvas)).rejects.toThrow('source must show a picture by now');
});
