// Threads in a cross-origin isolated page, under a policy without blobs and inline scripts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, serve } from './browsers.js';

const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
const pages = {
  '/module.html': '<!doctype html><script type="module" src="/module.js"></script>',
  '/module.js':
    "import * as chromask from '/dist/chromask.js'; import { openWorker } from '/dist/worker.js'; Object.assign(window, { chromask, openWorker, ready: true });",
  '/tag.html': '<!doctype html><script src="/dist/chromask.global.js"></script><script src="/tag.js"></script>',
  '/tag.js': 'window.ready = true;',
};

type Library = { chromask: typeof import('chromask'); openWorker: typeof import('chromask/worker').openWorker };
type Found = { same: boolean[]; why: readonly string[]; plain: boolean };

/** Runs in the page: a chain, floats and steps by one thread and by two. */
async function check(elsewhere: boolean, thread?: string, noted = false): Promise<Found> {
  const { chromask, openWorker } = window as unknown as Library;
  const [H, W] = [1100, 1300];
  const photo = Uint8Array.from({ length: H * W * 4 }, (_, i) => (i * 2654435761) >>> 24);
  const open = elsewhere ? openWorker : chromask.open;
  const devices = [await open({ device: 'wasm' }), await open({ device: 'wasm', threads: 2, thread })];
  const made: Float32Array[][] = [];
  let plain = true;
  for (const device of devices) {
    const image = device.image(photo.slice(), [H, W, 4]);
    const mask = image.channel('L(LAB)').normalize().invert();
    // twice: at first the thread may still be starting
    const all = [mask, mask.blur({ radius: 6 }), mask.distance(), image.channel('H(HSV)')].flatMap((one) => [one, one]);
    const numbers: Float32Array[] = [];
    for (const one of [...all, mask.fillHoles({ threshold: 0.5 })]) numbers.push(await one.data());
    const { data } = await mask.toImageData();
    const canvas = new OffscreenCanvas(W / 2, H / 2);
    await mask.draw(canvas, { tint: '#ff3050', over: image });
    const drawn = canvas.getContext('2d')?.getImageData(0, 0, W / 2, H / 2).data ?? [];
    const { areas } = await mask.components({ threshold: 0.5 });
    const { rgba } = await device.load(await image.toPng());
    for (const one of [data, drawn, areas, await rgba.bytes()]) numbers.push(Float32Array.from(one));
    await mask.withBytes((bytes) => {
      plain &&= bytes.buffer instanceof ArrayBuffer;
    });
    made.push(numbers);
  }
  const same = made[0].map((numbers, i) => numbers.every((value, j) => value === made[1][i][j]));
  // a script that is not found is known some time after the results, which do not wait for it
  for (let i = 0; i < 200 && noted && !devices[1].notes.length; i++) await new Promise((done) => setTimeout(done, 50));
  const { why } = devices[1];
  for (const device of devices) device.close();
  return { same, why: [...why], plain };
}

const servers: Awaited<ReturnType<typeof serve>>[] = [];
let browser: Awaited<ReturnType<typeof openPage>>;
beforeAll(async () => {
  for (const headers of [isolated, {}])
    servers.push(await serve('.', { pages, headers: { ...headers, 'content-security-policy': policy } }));
  browser = await openPage();
});
afterAll(async () => {
  for (const server of servers) server.close();
  await browser.close();
});

const visit = async (url: string, elsewhere = false, thread?: string, noted = false): Promise<Found> => {
  await browser.page.goto(url);
  await browser.page.waitForFunction('window.ready');
  return browser.page.evaluate(check, elsewhere, thread, noted);
};

describe('an isolated page', () => {
  it.each([
    ['modules', '/module.html', false, undefined],
    ['a script tag', '/tag.html', false, undefined],
    ['modules, in a worker', '/module.html', true, undefined],
    ['an address of its own', '/module.html', false, '/dist/chromask.thread.js'],
  ])('has the same bytes of two threads: %s', async (_, path, elsewhere, thread) => {
    const { same, why, plain } = await visit(`${servers[0].url}${path}`, elsewhere, thread);
    expect(same).toEqual(same.map(() => true));
    expect(why).toEqual([]);
    expect(plain).toBe(true);
  });

  it('goes on alone, and says why, where the script is not found', async () => {
    const { same, why } = await visit(`${servers[0].url}/module.html`, false, '/nowhere.js', true);
    expect(same).toEqual(same.map(() => true));
    expect(why).toEqual([expect.stringMatching(/^threads: one could not be started/)]);
  });
});

describe('another page', () => {
  it('has one thread, and says why', async () => {
    const { same, why } = await visit(`${servers[1].url}/module.html`);
    expect(same).toEqual(same.map(() => true));
    expect(why).toEqual(['threads: this page is not cross-origin isolated, and shares no memory; one thread does all']);
  });
});
