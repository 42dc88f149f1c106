// The same picture through every source in a real Chromium, on both devices: colours under alpha 0 to 4, and a gamma
// that no source may apply.
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readyPage } from './browsers.js';
import { noise } from './noise.js';
import { chunk, file, iend, ihdr } from './png/writer.js';
import { turned } from './turned.js';

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
  const data = chunk('IDAT', deflateSync(Buffer.from(rows)));
  return new Uint8Array(file(ihdr(width, height, 8, 6), gamma, chunk('cHRM', primaries), data, iend));
}

/** Six blocks of 16 x 16, in a file that asks to be turned. */
const blocks = ['#c82828', '#28c828', '#2828c8', '#c8c828', '#c828c8', '#28c8c8'];
const colours = blocks.map((text) => [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16)));
async function turnedFiles(): Promise<Record<string, Buffer>> {
  const raw = new Uint8Array(48 * 32 * 3);
  for (let i = 0; i < 48 * 32; i++) raw.set(colours[(i / 48 < 16 ? 0 : 3) + ((i % 48) >> 4)] ?? [], i * 3);
  const files: Record<string, Buffer> = {};
  for (const orientation of Object.keys(turned).map(Number)) {
    const picture = () => sharp(raw, { raw: { width: 48, height: 32, channels: 3 } }).withMetadata({ orientation });
    files[`/${orientation}.jpeg`] = await picture().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
    files[`/${orientation}.webp`] = await picture().webp({ lossless: true }).toBuffer();
    files[`/${orientation}.png`] = await picture().png().toBuffer();
  }
  return files;
}

/** Two rows, longer than a texture of SwiftShader, with colour under little alpha. */
const longWidth = 9001;
const long = noise(longWidth * 2 * 4, 7).map((value, i) => (i % 4 === 3 ? 1 + (value % 4) : value));
const sameBytes = (got: readonly number[], wanted: Uint8Array): boolean =>
  got.length === wanted.length && wanted.every((value, i) => value === got[i]);

let browser: Awaited<ReturnType<typeof readyPage>>;
beforeAll(async () => {
  const page = `<img id="image" src="/p.png"><script type="module">
    window.chromask = { ...await import('/dist/chromask.js'), ...await import('/dist/worker.js') };
    window.blob = await (await fetch('/p.png')).blob();
    window.straight = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' };
    window.pixels = Uint8Array.from([${pixels}]);
    window.frame = (data, format, more) => new VideoFrame(data, { format, codedWidth: ${width}, codedHeight: ${height}, timestamp: 0, ...more });
    window.plain = new ImageData(new Uint8ClampedArray(pixels), ${width}, ${height});
    window.drawn = (canvas) => { // what a 2-D canvas makes of the picture, and hands out again
      const context = canvas.getContext('2d');
      context.putImageData(plain, 0, 0);
      return { source: canvas, wanted: [...context.getImageData(0, 0, ${width}, ${height}).data] };
    };
    window.ready = true;
  </script>`;
  const raw = { width: longWidth, height: 2, channels: 4 } as const;
  const longFile = await sharp(long, { raw }).webp({ lossless: true }).toBuffer();
  const files = { '/p.png': Buffer.from(png()), '/long.webp': longFile, ...(await turnedFiles()) };
  browser = await readyPage(page, files);
});
afterAll(() => browser?.close());

interface Seen {
  name: string;
  shape: number[];
  rgba: number[];
  lossy: boolean;
  premultiplied: boolean[];
  wanted?: number[];
}

/** What `device.load` gives for a source that the page makes; `{ source, wanted }` where the page knows that too. */
function loaded(source: string, device: string): Promise<Seen> {
  const opened = device === 'worker' ? `openWorker({ device: 'wasm' })` : `open({ device: ${JSON.stringify(device)} })`;
  const text = `(async () => {
    const device = await window.chromask.${opened};
    try {
      const made = ${source};
      const { rgba, image, lossy } = await device.load(made.source ?? made);
      const premultiplied = [rgba.premultiplied, image.premultiplied, rgba.channel('red').toGray().premultiplied];
      return { name: device.name, shape: rgba.shape, rgba: [...await rgba.bytes()], lossy, premultiplied, wanted: made.wanted };
    } finally {
      device.close();
    }
  })()`;
  return browser.page.evaluate(text) as Promise<Seen>;
}

const failure = (source: string, device: string): Promise<string> =>
  loaded(`await (async () => ${source})()`, device).then(
    () => 'loaded',
    ({ message }: Error) => message,
  );

const swapped = 'pixels.map((_, i) => pixels[i % 4 === 0 ? i + 2 : i % 4 === 2 ? i - 2 : i])';
const lossless = {
  'a Blob': 'blob',
  'a URL': "new URL('/p.png', location.href)",
  'a relative URL in text': "'/p.png'",
  'a Response': "await fetch('/p.png')",
  'an ArrayBuffer': 'await blob.arrayBuffer()',
  'an ImageBitmap made without premultiplication': 'await createImageBitmap(blob, straight)',
  'an <img>': "document.getElementById('image')",
  ImageData: 'plain',
  'a VideoFrame of RGBA bytes': "frame(pixels, 'RGBA')",
  'a VideoFrame of BGRA bytes': `frame(${swapped}, 'BGRA')`,
  'a VideoFrame to be shown twice as wide': `frame(pixels, 'RGBA', { displayWidth: ${width * 2}, displayHeight: ${height} })`,
  'a VideoFrame of an ImageBitmap': 'new VideoFrame(await createImageBitmap(blob, straight), { timestamp: 0 })',
};

for (const device of ['wasm', 'webgl2', 'worker']) {
  describe(`on ${device}`, () => {
    for (const [name, source] of Object.entries(lossless)) {
      // an <img> goes to a worker by way of a bitmap of the page's, as every element does
      it(`${name} comes byte for byte`, async () => {
        const seen = await loaded(source, device);
        expect(seen.name).toBe(device === 'worker' ? 'wasm' : device);
        expect(seen.shape).toEqual([1, height, width, 4]);
        expect(seen.rgba).toEqual([...pixels]);
        expect(seen.premultiplied).toEqual([false, false, false]);
      });
    }

    it('a part of a VideoFrame is that part', async () => {
      const seen = await loaded(
        "frame(pixels, 'RGBA', { visibleRect: { x: 2, y: 4, width: 20, height: 10 } })",
        device,
      );
      const part = Array.from({ length: 10 }, (_, y) => [
        ...pixels.subarray(((y + 4) * 24 + 2) * 4, ((y + 4) * 24 + 22) * 4),
      ]);
      expect([seen.shape, seen.rgba]).toEqual([[1, 10, 20, 4], part.flat()]);
    });

    it('a VideoFrame whose fourth byte is nothing is opaque', async () => {
      const { rgba } = await loaded("frame(pixels, 'RGBX')", device);
      expect(rgba).toEqual([...pixels].map((value, i) => (i % 4 === 3 ? 255 : value)));
    });

    it('a VideoFrame that is turned comes in its stored size, turned, and not in the size it is to be shown in', async () => {
      const opaque = 'pixels.map((value, i) => (i % 4 === 3 ? 255 : value))';
      const luma = `Uint8Array.from({ length: ${width * height * 1.5} }, (_, i) => 60 + ((i * 7) % 140))`;
      const size = { displayWidth: width * 2, displayHeight: height * 2 };
      for (const [data, format] of [
        [opaque, 'RGBX'],
        [luma, 'I420'],
      ]) {
        for (const turn of [0, 90, 180, 270].flatMap((rotation) => [false, true].map((flip) => ({ rotation, flip })))) {
          const seen = await loaded(
            `(() => {
              const shown = frame(${data}, '${format}', ${JSON.stringify(turn)});
              const { displayWidth: w, displayHeight: h } = shown;
              const context = new OffscreenCanvas(w, h).getContext('2d');
              context.drawImage(shown, 0, 0); // every pixel is opaque, so a canvas loses nothing
              const source = frame(${data}, '${format}', ${JSON.stringify({ ...turn, ...size })});
              return { source, wanted: [...context.getImageData(0, 0, w, h).data] };
            })()`,
            device,
          );
          expect(seen.shape).toEqual(turn.rotation % 180 ? [1, width, height, 4] : [1, height, width, 4]);
          const off = seen.rgba.map((value, i) => Math.abs(value - (seen.wanted?.[i] ?? -999)));
          expect(Math.max(...off), `${format} ${JSON.stringify(turn)}`).toBeLessThan(format === 'I420' ? 3 : 1);
        }
      }
      const { rgba } = await loaded("frame(pixels, 'RGBA', { rotation: 180 })", device);
      const back = new Uint32Array(pixels.buffer).slice().reverse();
      expect(rgba).toEqual([...new Uint8Array(back.buffer)]);
    });

    it('a VideoFrame of luma and colour differences, with alpha too, gives what the browser makes of it', async () => {
      for (const [format, planes] of [
        ['I420', 1.5],
        ['I420A', 2.5],
      ] as const) {
        const seen = await loaded(
          `await (async () => {
            const source = frame(Uint8Array.from({ length: ${width * height * planes} }, (_, i) => 60 + ((i * 7) % 140)), '${format}');
            const wanted = new Uint8Array(${width * height * 4});
            await source.copyTo(wanted, { format: 'RGBA' });
            return { source, wanted: [...wanted] };
          })()`,
          device,
        );
        expect(seen.rgba).toEqual(seen.wanted);
      }
    });

    it('a drawn canvas is taken, and said to be lossy and premultiplied', async () => {
      for (const canvas of [
        'new OffscreenCanvas(24, 16)',
        "Object.assign(document.createElement('canvas'), { width: 24, height: 16 })",
      ]) {
        const seen = await loaded(`drawn(${canvas})`, device);
        expect(seen.rgba).toEqual(seen.wanted);
        expect([seen.lossy, seen.premultiplied]).toEqual([true, [true, true, false]]);
      }
    });

    it('a canvas without a drawing is transparent', async () => {
      for (const source of [
        "Object.assign(document.createElement('canvas'), { width: 3, height: 2 })",
        "(() => { const canvas = new OffscreenCanvas(3, 2); canvas.getContext('2d'); return canvas; })()",
      ])
        expect((await loaded(source, device)).rgba).toEqual(new Array(24).fill(0));
    });

    it('an ImageBitmap that was multiplied by its alpha comes with its colours divided again, as a canvas gives them', async () => {
      for (const source of [
        'await createImageBitmap(plain)',
        "await createImageBitmap(plain, { premultiplyAlpha: 'premultiply' })",
        'drawn(new OffscreenCanvas(24, 16)).source.transferToImageBitmap()',
      ]) {
        const seen = await loaded(`{ source: ${source}, wanted: drawn(new OffscreenCanvas(24, 16)).wanted }`, device);
        expect(seen.rgba).toEqual(seen.wanted);
      }
    });

    it('a source that shows nothing is refused with a reason', async () => {
      const nothing = {
        'new OffscreenCanvas(0, 5)': /source must show a picture by now, got one that does not: OffscreenCanvas/,
        "document.createElement('video')": /source must show a picture by now, got one that does not: HTMLVideoElement/,
        "Object.assign(frame(pixels, 'RGBA'), { n: 1 })": /loaded/,
        "(() => { const closed = frame(pixels, 'RGBA'); closed.close(); return closed; })()": /does not: VideoFrame/,
        '(async () => { const closed = await createImageBitmap(blob); closed.close(); return closed; })()':
          /does not: ImageBitmap/,
        'new OffscreenCanvas(3, 2)': /does not: OffscreenCanvas/,
        "Object.assign(document.createElement('canvas'), { width: 100000, height: 10 })": /does not: HTMLCanvasElement/,
        'new Image()': /source must show a picture by now, got one that does not: HTMLImageElement/,
        "Object.assign(new Image(), { src: '/page.html' })": /cannot decode the image element/,
      };
      for (const [source, message] of Object.entries(nothing)) expect(await failure(source, device)).toMatch(message);
    });

    it('what only calls itself an element is refused with a reason', async () => {
      const spoofed = (kind: string, more = ''): string =>
        `({ [Symbol.toStringTag]: '${kind}', width: 1, height: 1, ${more} })`;
      for (const source of [
        spoofed('ImageBitmap'),
        spoofed('OffscreenCanvas'),
        spoofed('HTMLImageElement', 'naturalWidth: 1, naturalHeight: 1, decode: async () => {}'),
        spoofed(
          'VideoFrame',
          "displayWidth: 1, displayHeight: 1, visibleRect: { width: 1, height: 1 }, format: 'RGBA'",
        ),
        'Object.create(HTMLCanvasElement.prototype)',
        'Object.create(HTMLImageElement.prototype)',
        'Object.create(VideoFrame.prototype)',
      ])
        expect(await failure(source, device), source).toMatch(/^ChromaskError: load: source must /);
    });

    it('an SVG that says no size is refused, not read as one that is empty', async () => {
      const svg = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>';
      const said = await failure(`Object.assign(new Image(), { src: ${JSON.stringify(svg)} })`, device);
      expect(said).toMatch(
        /load: (source must show a picture by now|the browser gives no pixels|WebGL could not read)/,
      );
    });

    it('an image of another origin is refused with a reason', async () => {
      const other = `(async () => {
        const image = Object.assign(new Image(), { src: location.origin.replace('127.0.0.1', 'localhost') + '/p.png' });
        await image.decode();
        return image;
      })()`;
      expect(await failure(other, device)).toMatch(
        /load: the browser keeps the pixels of an element of another origin/,
      );
    });

    it('an <img> comes in the size of its file, at any density', async () => {
      for (const set of ["srcset: '/p.png 2x'", "sizes: '10px', srcset: '/p.png 24w'"]) {
        const { shape, rgba } = await loaded(`Object.assign(new Image(), { ${set} })`, device);
        expect([shape, rgba]).toEqual([[1, height, width, 4], [...pixels]]);
      }
    });

    it('a file longer than a texture comes whole, and so does its bitmap', async () => {
      const { name, rgba } = await loaded("'/long.webp'", device);
      expect(sameBytes(rgba, long), name).toBe(true);
      const bitmap = await loaded(
        "await createImageBitmap(await (await fetch('/long.webp')).blob(), straight)",
        device,
      );
      expect(sameBytes(bitmap.rgba, long), name).toBe(true);
    });

    for (const format of ['jpeg', 'webp', 'png']) {
      it(`a ${format} file is turned by its EXIF, all eight ways`, async () => {
        for (const [orientation, rows] of Object.entries(turned)) {
          const { rgba, shape } = await loaded(`'/${orientation}.${format}'`, device);
          const [, h = 0, w = 0] = shape;
          expect([h, w]).toEqual([rows.length * 16, (rows[0]?.length ?? 0) * 16]);
          const seen = rows.map((row, y) =>
            row.map((_, x) => {
              const at = ((y * 16 + 8) * w + x * 16 + 8) * 4;
              return colours.findIndex((colour) => colour.every((value, c) => Math.abs(value - rgba[at + c]) < 16));
            }),
          );
          expect(seen, `${orientation}`).toEqual(rows);
        }
      });
    }
  });
}

it('a picture the browser decodes comes upright and whole', async () => {
  const { rgba } = await loaded(
    `await (async () => {
    const canvas = new OffscreenCanvas(8, 8);
    const context = canvas.getContext('2d');
    context.fillStyle = 'rgb(200, 40, 40)';
    context.fillRect(0, 0, 8, 8);
    return canvas.convertToBlob({ type: 'image/webp', quality: 1 });
  })()`,
    'wasm',
  );
  expect(rgba).toHaveLength(256);
  expect(Math.abs(rgba[0] - 200)).toBeLessThan(6);
  expect(rgba[3]).toBe(255);
});

it('without WebGL2 and ImageDecoder a PNG comes byte for byte, and of all else it is said that a PNG would', async () => {
  const [png, ...others] = (await browser.page.evaluate(`(async () => {
    const { getContext } = OffscreenCanvas.prototype, { ImageDecoder } = globalThis;
    const ofElements = HTMLCanvasElement.prototype.getContext, { isContextLost } = WebGL2RenderingContext.prototype;
    const device = await window.chromask.open({ device: 'wasm' });
    OffscreenCanvas.prototype.getContext = HTMLCanvasElement.prototype.getContext = () => null;
    // nor is the one that read the pictures before
    WebGL2RenderingContext.prototype.isContextLost = () => true;
    globalThis.ImageDecoder = undefined;
    try {
      const sources = ['/p.png', '/1.webp', document.getElementById('image')];
      return await Promise.all(sources.map((source) =>
        device.load(source).then(async ({ rgba }) => [...await rgba.bytes()], ({ message }) => message)));
    } finally {
      OffscreenCanvas.prototype.getContext = getContext;
      HTMLCanvasElement.prototype.getContext = ofElements;
      WebGL2RenderingContext.prototype.isContextLost = isContextLost;
      globalThis.ImageDecoder = ImageDecoder;
      device.close();
    }
  })()`)) as (number[] | string)[];
  expect(png).toEqual([...pixels]);
  const why =
    /no lossless way to the pixels of an element, or of a file that is no PNG; pass a PNG file, or its bytes$/;
  for (const other of others) expect(other).toMatch(why);
});

describe('a <video>', async () => {
  /** A moving picture recorded here and now from a canvas, stopped at a frame. */
  const stopped = `(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 }), context = canvas.getContext('2d');
    const paint = (step) => ${JSON.stringify(blocks.slice(0, 4))}.forEach((colour, i) => {
      context.fillStyle = i ? colour : ['#c82828', '#c83028'][step % 2];
      context.fillRect((i % 2) * 32, (i >> 1) * 24, 32, 24);
    });
    paint(0);
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: 'video/webm' }), parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.start();
    for (let step = 0; step < 8; step++) {
      paint(step);
      await new Promise((done) => setTimeout(done, 40));
    }
    await new Promise((done) => { recorder.onstop = done; recorder.stop(); });
    const video = Object.assign(document.createElement('video'), { muted: true, src: URL.createObjectURL(new Blob(parts)) });
    await video.play();
    await new Promise((done) => video.requestVideoFrameCallback(done));
    video.pause();
    return video;
  })()`;
  for (const device of ['wasm', 'webgl2', 'worker']) {
    it(`gives the frame it shows, the same as that frame on a canvas, on ${device}`, async () => {
      const seen = await loaded(
        `await (async () => {
          const source = await ${stopped};
          const canvas = new OffscreenCanvas(64, 48), context = canvas.getContext('2d');
          context.drawImage(source, 0, 0); // every pixel is opaque, so a canvas loses nothing
          return { source, wanted: [...context.getImageData(0, 0, 64, 48).data] };
        })()`,
        device,
      );
      expect(seen.shape).toEqual([1, 48, 64, 4]);
      expect(seen.rgba).toEqual(seen.wanted);
      for (const [i, [x = 0, y = 0]] of [
        [48, 12],
        [16, 36],
        [48, 36],
      ].entries()) {
        const at = (y * 64 + x) * 4;
        colours[i + 1]?.forEach((value, c) => expect(Math.abs(seen.rgba[at + c] - value)).toBeLessThan(24));
      }
    });
  }
});
