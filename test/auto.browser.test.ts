// Which device `auto` takes when WebGL2 runs on the CPU: a Chromium without a GPU, drawing by SwiftShader.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readyPage } from './browsers.js';

interface Found {
  name: string;
  why: readonly string[];
}

let browser: Awaited<ReturnType<typeof readyPage>>;
beforeAll(async () => {
  browser = await readyPage(`<script type="module">
    window.chromask = await import('/dist/chromask.js');
    window.ready = true;
  </script>`);
});
afterAll(() => browser?.close());

/** In a page of its own: the choice is made once for each. */
async function found<T = Found>(text: string, before = ''): Promise<T> {
  await browser.page.reload();
  await browser.page.waitForFunction('window.ready');
  return browser.page.evaluate(`(async () => {
    const { open } = window.chromask;
    const opened = async (options) => {
      const device = await open(options);
      const found = { name: device.name, why: [...device.why] };
      device.close();
      return found;
    };
    ${before};
    return ${text};
  })()`) as Promise<T>;
}

const usual = String.raw`it takes about 15 ns to copy a pixel, and wasm made one of a mask in \d+\.\d; device: 'webgl2' insists on it$`;
const numbers = String.raw`it copies a pixel in \d+\.\d ns, and wasm makes one of a mask in \d+\.\d; device: 'webgl2' insists on it$`;
const gpu = /^webgl2: distinct colours/;
/** The page's renderer by another name. */
const named = (name: string): string => `{
  const { getParameter } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.getParameter = function (what) {
    return what === 0x1f01 ? '${name}' : getParameter.call(this, what);
  };
}`;

describe('auto', () => {
  it('takes WASM where a program on the CPU draws, and says how that was found and how to insist', async () => {
    const { name, why } = await found('opened()');
    expect(name).toBe('wasm');
    expect(why).toEqual([
      expect.stringMatching(`^webgl2: .*SwiftShader.* is a program on the CPU, by its name: ${usual}`),
    ]);
  });

  it.each([
    'llvmpipe (LLVM 15.0.6, 256 bits)',
    'softpipe',
    'ANGLE (Microsoft, Microsoft Basic Render Driver)',
    'Apple Software Renderer',
  ])('knows %s by its name', async (name) => {
    expect((await found('opened()', named(name))).why[0]).toContain(
      `webgl2: ${name} is a program on the CPU, by its name`,
    );
  });

  it('finds one by another name by its pace', async () => {
    const { name, why } = await found('opened()', named('Graphics 9000'));
    expect(name).toBe('wasm');
    expect(why).toEqual([
      expect.stringMatching(`^webgl2: Graphics 9000 is as slow as a program on the CPU: ${numbers}`),
    ]);
  });

  it('takes what copies a pixel in no time', async () => {
    const still =
      "const now = performance.now; performance.now = () => 5; addEventListener('end', () => { performance.now = now; })";
    const { name, why } = await found('opened()', `${named('Graphics 9000')}; ${still}`);
    expect([name, why]).toEqual(['webgl2', [expect.stringMatching(gpu)]]);
  });

  it('asks once a page', async () => {
    const [first, second, contexts] = await found<[Found, Found, number]>(`(async () => {
      const first = await opened();
      let contexts = 0;
      const { getContext } = OffscreenCanvas.prototype;
      OffscreenCanvas.prototype.getContext = function (...given) {
        contexts++;
        return getContext.apply(this, given);
      };
      return [first, await opened(), contexts];
    })()`);
    expect(second).toEqual(first);
    expect(contexts).toBe(0);
  });

  it('does not ask for what was insisted on, by name or by a context', async () => {
    const all = await found<Found[]>(
      `Promise.all([{ device: 'webgl2' }, { gl: new OffscreenCanvas(1, 1).getContext('webgl2') }].map(opened))`,
    );
    for (const { name, why } of all) expect([name, why]).toEqual(['webgl2', [expect.stringMatching(gpu)]]);
    expect(
      (await found<Found[]>(`opened().then(async (first) => [first, await opened({ device: 'webgl2' })])`))[1].name,
    ).toBe('webgl2');
  });
});
