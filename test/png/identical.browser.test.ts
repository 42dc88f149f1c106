// One picture with one set of options gives one file: the same bytes from Node, a page and a worker.
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { encode, encodeApng } from 'chromask/png';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPage, serve } from '../browsers.js';

/** Runs here and, as text, in a page and in a worker; so it knows nothing but its arguments. */
async function everyFile(png: {
  encode: typeof encode;
  encodeApng: typeof encodeApng;
}): Promise<[string, Uint8Array][]> {
  let state = 7;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  };
  const contents: Record<string, (x: number, y: number, c: number) => number> = {
    noise: () => next(),
    'a disc': (x, y) => ((x - 40) ** 2 + (y - 30) ** 2 < 600 ? 255 : 0),
    'a slope': (x, y, c) => (x * 2 + y * 3 + c * 40) & 255,
    'few colours': (x, y, c) => ((x >> 3) * 50 + (y >> 3) * 30 + c * 7) & 224,
  };
  const text = { workflow: '{"nodes":["ž"]}', note: 'plain' };
  const files: [string, Uint8Array][] = [];
  for (const [width, height] of [
    [1, 1],
    [83, 61],
    [400, 300],
  ] as const) {
    for (const [name, make] of Object.entries(contents)) {
      for (const channels of [1, 2, 3, 4] as const) {
        const samples = Array.from({ length: width * height * channels }, (_, i) => {
          const at = Math.floor(i / channels);
          return make(at % width, Math.floor(at / width), i % channels);
        });
        const size = { width, height };
        const palette = Uint8Array.from({ length: 800 }, (_, i) => (i * 53) & 255);
        const forms = {
          8: { ...size, channels, data: Uint8Array.from(samples) },
          16: { ...size, channels, data: Uint16Array.from(samples, (value, i) => value * 256 + (i & 255)) },
          1: { ...size, channels: 1, bitDepth: 1, data: Uint8Array.from(samples, (value) => value >> 7) },
          palette: { ...size, palette, data: Uint8Array.from(samples, (value) => value % 200) },
        } as const;
        const few = Object.entries(forms).slice(channels === 1 ? 0 : 1);
        for (const [form, input] of few.filter(([form]) => channels === 1 || form === '8' || form === '16')) {
          // a large picture takes several bands; one of them is searched at length, which keeps this short
          const long = width < 400 || (channels === 4 && form === '8' && name === 'a slope');
          const levels = long ? (['fast', 'small', 'smallest'] as const) : (['fast'] as const);
          for (const level of levels) {
            const options = { level, text, deterministic: level === 'small' };
            const label = `${name} ${width}x${height}x${channels} ${form} ${level}`;
            files.push([label, await png.encode(input, options)]);
          }
        }
      }
    }
  }
  for (const level of ['fast', 'small'] as const) {
    const frames = [0, 1, 2].map((i) => ({
      delay: 40,
      data: Uint8Array.from({ length: 20 * 20 * 4 }, (_, k) => (k % 4 === 3 ? 255 : (k >> 4) * (i + 1))),
    }));
    files.push([`an animation, ${level}`, await png.encodeApng({ width: 20, height: 20, frames }, { level })]);
  }
  return files;
}

const hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** In a page or worker: the files' names and hashes. */
const hashes = `async () => {
  const files = await (${everyFile.toString()})(await import('/dist/png.js'));
  return Promise.all(files.map(async ([name, bytes]) => {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return [name, Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')];
  }));
}`;

let browser: Awaited<ReturnType<typeof openPage>>;
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  const worker = `(${hashes})().then(postMessage, (error) => postMessage(String(error)))`;
  server = await serve(resolve('.'), { pages: { '/page.html': '<title>PNG</title>', '/worker.js': worker } });
  browser = await openPage();
  await browser.page.goto(`${server.url}/page.html`);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

it('every form and level gives one file in Node, in a page and in a worker', async () => {
  const node = (await everyFile({ encode, encodeApng })).map(([name, bytes]) => [name, hex(bytes)]);
  expect(node.length).toBeGreaterThan(200);
  expect(await browser.page.evaluate(`(${hashes})()`)).toEqual(node);
  const inWorker = `new Promise((done) => {
    new Worker('/worker.js', { type: 'module' }).onmessage = ({ data }) => done(data);
  })`;
  expect(await browser.page.evaluate(inWorker)).toEqual(node);
});
