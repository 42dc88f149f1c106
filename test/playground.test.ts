// A session in the playground that uses every control in a real Chromium and compares its files with the API's
// bytes. Screenshots are kept in out/playground.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'chromask/png';
import { describe, expect, it } from 'vitest';
import {
  asked,
  checked,
  click,
  device,
  download,
  expectMask,
  give,
  opened,
  page,
  pictures,
  rest,
  same,
  sample,
  saved,
  server,
  session,
  share,
  slide,
  text,
  trouble,
  type,
  value,
} from './playground/session.js';

session();

describe('the playground', { timeout: 180_000 }, () => {
  it('opens on the sample, on its own server alone, without a complaint', async () => {
    expect(await text('#file-name')).toBe('sample.png');
    expect(await text('#file-size')).toBe('640 × 420');
    expect(asked.filter((url) => !url.startsWith(server.url) && !url.startsWith('blob:'))).toEqual([]);
    expect(trouble).toEqual([]);
  });

  it('shows the 13 channels as thumbnails, each with something in it', async () => {
    const shown = await page.$$eval('#film canvas', (all) =>
      all.map((one) => {
        const canvas = one as HTMLCanvasElement;
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) as ImageData;
        return new Set(data).size;
      }),
    );
    expect(shown).toHaveLength(13);
    for (const values of shown) expect(values).toBeGreaterThan(10);
  });

  it('makes the mask of a channel as the API, the graph and the code do', async () => {
    await expectMask(({ image }) => image.channel('S(HSV)').normalize());
    await click('#film input[value="L(LAB)"]');
    await expectMask(({ image }) => image.channel('L(LAB)').normalize());
    await click('#film input[value="alpha"]');
    await expectMask(({ mask }) => mask.invert().normalize());
  });

  it('moves the points of the levels by pointer, by key and by number, one undo step each', async () => {
    await click('#film input[value="L(LAB)"]');
    await rest();
    const black = await page.$('[data-point="black"]');
    const from = await black?.boundingBox();
    const track = await (await page.$('#points'))?.boundingBox();
    if (!from || !track) throw new Error('there are no points');
    const y = from.y + from.height / 2;
    await page.mouse.move(from.x + from.width / 2, y);
    await page.mouse.down();
    for (const share of [0.05, 0.1, 0.2]) await page.mouse.move(track.x + track.width * share, y);
    await page.mouse.up();
    await rest();
    expect(await value('#black')).toBe('51');
    await page.focus('[data-point="white"]');
    for (const key of ['ArrowLeft', 'ArrowLeft', 'PageDown'] as const) await page.keyboard.press(key);
    await rest();
    expect(await value('#white')).toBe('243');
    expect(await page.$eval('[data-point="white"]', (one) => one.getAttribute('aria-valuenow'))).toBe('243');
    await type('#gray', '1.3');
    await expectMask(({ image }) => image.channel('L(LAB)').normalize().levels({ black: 51, white: 243, gray: 1.3 }));
    await click('#undo-step');
    await rest();
    expect(await value('#gray')).toBe('1.00');
    for (let i = 0; i < 4; i++) await click('#undo-step');
    await rest();
    expect([await value('#black'), await value('#white')]).toEqual(['0', '255']);
    await page.keyboard.down('Control');
    for (let i = 0; i < 5; i++) await page.keyboard.press('y');
    await page.keyboard.up('Control');
    await rest();
    expect([await value('#black'), await value('#gray'), await value('#white')]).toEqual(['51', '1.30', '243']);
    await click('#reset-levels');
    await rest();
    expect(await value('#white')).toBe('255');
  });

  it('inverts, thresholds, grows and fades at the borders', async () => {
    await click('#film input[value="A(Lab)"]');
    await click('#invert');
    await expectMask(({ image }) => image.channel('A(Lab)').normalize().invert());
    await click('#threshold-on');
    await slide('#threshold', 0.4);
    await type('#grow-number', -5);
    await expectMask(({ image }) =>
      image.channel('A(Lab)').normalize().invert().threshold({ value: 0.4 }).grow({ expand: -5 }),
    );
    await slide('#feather', 40);
    await expectMask(({ image }) =>
      image
        .channel('A(Lab)')
        .normalize()
        .invert()
        .threshold({ value: 0.4 })
        .grow({ expand: -5 })
        .fadeEdges({ left: 40, top: 40, right: 40, bottom: 40 }),
    );
    await click('#reset-refine');
    await rest();
    expect(await checked('#invert')).toBe(false);
  });

  it('combines two masks in all six ways', async () => {
    for (const operation of ['multiply', 'add', 'subtract', 'and', 'or', 'xor'] as const) {
      await page.select('#combine', operation);
      await page.waitForFunction(
        () => (document.querySelector('[name=editing][value="1"]') as HTMLInputElement).checked,
      );
      await click('#film input[value="H(HSV)"]');
      await expectMask(({ image }) =>
        image.channel('A(Lab)').normalize().composite(image.channel('H(HSV)').normalize(), { operation }),
      );
    }
    await page.select('#combine', 'none');
    await rest();
    expect(await checked('[name=editing][value="0"]')).toBe(true);
  });

  it('takes the colours that are clicked', async () => {
    // 32 shades: those of the ground, of the sky and of what lies between are one swatch each
    expect(await page.$$eval('#swatches button', (all) => all.length)).toBe(13);
    await click('#swatches button:nth-child(4)');
    await click('#swatches button:nth-child(3)');
    await expectMask(async ({ image }) => {
      const { masks, colors } = await image.colorMap({ minPixels: 500, maxCount: 32 });
      expect([colors[0], colors[24], colors[28], colors[30]].map(String)).toEqual([
        '54,119,217',
        '85,100,142',
        '97,108,143',
        '102,111,143',
      ]);
      return [24, 28, 30].reduce((all, place) => all.max(masks.at(place)), masks.at(0));
    });
    await click('#swatches button:nth-child(3)');
    await click('#swatches button:nth-child(7)');
    await type('#max-count', 5);
    await type('#min-pixels', 900);
    await page.waitForFunction(() => document.querySelectorAll('#swatches button').length === 5);
    await click('#swatches button:nth-child(1)');
    await click('#invert');
    await expectMask(async ({ image }) => {
      const { masks } = await image.colorMap({ minPixels: 900, maxCount: 5 });
      return masks.at(3).invert();
    });
    await click('#invert');
    await click('#film input[value="S(HSV)"]');
    await rest();
  });

  it('gives the same bytes from the GPU', async () => {
    await click('[name=device][value=webgl2]');
    await rest();
    expect(await text('#times')).toMatch(/WASM [\d.]+ ms\s+WebGL2 [\d.]+ ms/);
    expect(await text('#difference')).toBe('WASM and WebGL2: 268,800 bytes, all equal');
    await expectMask(({ image }) => image.channel('S(HSV)').normalize());
    await click('#modes input[value=cutout]');
    await rest();
    await click('[name=device][value=wasm]');
    await rest();
  });

  it('saves a cut-out with the mask as its alpha, and no workflow where none is wanted', async () => {
    await click('#keep-workflow');
    const { image } = await device.load(sample);
    const mask = image.channel('S(HSV)').normalize();
    const file = await download('alpha');
    expect(same(file, await image.withAlpha(mask).toPng())).toBe(true);
    expect((await decode(file)).text).toEqual([]);
    await click('#keep-workflow');
  });

  it('copies the mask as a picture and the graph as text', async () => {
    await share('clipboard');
    await page.waitForFunction(() => document.querySelector('#toast')?.textContent === 'Copied the mask');
    const types = await page.evaluate(async () => (await navigator.clipboard.read())[0].types);
    expect(types).toContain('image/png');
    await share('graph');
    await page.waitForFunction(() => document.querySelector('#toast')?.textContent === 'Copied the graph');
    const graph = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    expect(graph.nodes.map(({ type }: { type: string }) => type)).toEqual([
      'LoadImage',
      'LayerMask: ImageToMask',
      'MaskToImage',
      'PreviewImage',
    ]);
    expect(graph.version && graph.extra && graph.links.length).toBe(3);
  });

  it('zooms and pans by buttons, wheel, pointer and keys', async () => {
    const zoom = async (): Promise<string> => {
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      return text('#zoom');
    };
    const spot = (): Promise<string> => page.$eval('#sheet', (one) => (one as HTMLElement).style.transform);
    const fit = await zoom();
    await click('#zoom-in');
    expect(await zoom()).not.toBe(fit);
    await page.focus('#stage');
    await page.keyboard.press('h');
    await page.keyboard.press('1');
    expect(await zoom()).toBe('100 %');
    const before = await spot();
    await page.keyboard.press('ArrowRight');
    await zoom();
    expect(await spot()).not.toBe(before);
    await page.mouse.move(400, 300);
    await page.mouse.wheel({ deltaY: -400 });
    await zoom();
    expect(Number.parseInt(await text('#zoom'), 10)).toBeGreaterThan(150);
    await page.mouse.down();
    await page.mouse.move(460, 340, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.press('0');
    expect(await zoom()).toBe(fit);
    await click('#zoom-out');
    expect(Number.parseInt(await zoom(), 10)).toBeLessThan(Number.parseInt(fit, 10));
    await click('#zoom-fit');
    expect(await zoom()).toBe(fit);
    await page.keyboard.press('w');
  });

  it('takes numbers where it has sliders, and steps back and forth by its buttons', async () => {
    await click('#film input[value="Y(YUV)"]');
    await click('#threshold-on');
    await type('#threshold-number', 0.25);
    await rest();
    await type('#feather-number', 12);
    const edges = { left: 12, top: 12, right: 12, bottom: 12 };
    await expectMask(({ image }) => image.channel('Y(YUV)').normalize().threshold({ value: 0.25 }).fadeEdges(edges));
    await click('#undo-step');
    await expectMask(({ image }) => image.channel('Y(YUV)').normalize().threshold({ value: 0.25 }));
    await click('#redo-step');
    await expectMask(({ image }) => image.channel('Y(YUV)').normalize().threshold({ value: 0.25 }).fadeEdges(edges));
    await click('#reset-refine');
    await rest();
  });

  it('opens a picture of the file chooser, and its sample again', async () => {
    const path = join(saved, 'chosen.png');
    writeFileSync(
      path,
      await (await device.load(sample)).image.channel('luma').resize({ width: 80, height: 50 }).toPng(),
    );
    const [chooser] = await Promise.all([page.waitForFileChooser(), page.click('#open-file')]);
    await chooser.accept([path]);
    await page.waitForFunction(() => document.querySelector('#file-name')?.textContent === 'chosen.png');
    await rest();
    expect(await text('#file-size')).toBe('80 × 50');
    await click('#open-sample');
    await page.waitForFunction(() => document.querySelector('#file-name')?.textContent === 'sample.png');
    await rest();
  });

  it('shows mask, overlay, cut-out and picture, tint and outline', async () => {
    for (const mode of ['mask', 'overlay', 'cutout', 'picture']) {
      await click(`#modes input[value=${mode}]`);
      await rest();
      expect(await page.$eval('#sheet', (one) => (one as HTMLElement).dataset.mode)).toBe(mode);
    }
    await click('#modes input[value=overlay]');
    await slide('#opacity', 0.4);
    await slide('#tint', '#00a0ff' as never);
    await click('#ants');
    await rest();
    expect(await checked('#ants')).toBe(false);
    await click('#ants');
    await rest();
  });

  it('opens a picture that is dropped or pasted, and says of a bad one what is wrong', async () => {
    const png = await (await device.load(sample)).image.channel('luma').resize({ width: 96, height: 64 }).toPng();
    await give('drop', png, 'dropped.png');
    await opened('dropped.png');
    expect(await text('#file-size')).toBe('96 × 64');
    await give('paste', Uint8Array.of(1, 2, 3), 'bad.png');
    await page.waitForFunction(() =>
      document.querySelector('#trouble-text')?.textContent?.startsWith('“bad.png” cannot be opened'),
    );
    expect(await page.$eval('#trouble', (one) => (one as HTMLElement).hidden)).toBe(false);
    await click('#trouble-close');
    expect(await page.$eval('#trouble', (one) => (one as HTMLElement).hidden)).toBe(true);
    expect(await text('#file-name')).toBe('dropped.png');
    await give('paste', sample, 'sample.png');
    await opened('sample.png');
  });

  it('is named and in order for those who do not see it', async () => {
    const tree = await page.accessibility.snapshot({ interestingOnly: true });
    const flat: { role: string; name?: string }[] = [];
    const walk = (node: typeof tree): void => {
      if (!node) return;
      flat.push(node);
      node.children?.forEach(walk);
    };
    walk(tree);
    const acting = /button|radio|slider|checkbox|switch|spinbutton|combobox|textbox|application/i;
    const silent = flat.filter(({ role, name }) => acting.test(role) && !name);
    expect(silent).toEqual([]);
    await page.waitForFunction(() => /[\d.]+ % selected/.test(document.querySelector('#say')?.textContent ?? ''));
    const seen: string[] = [];
    await page.evaluate(() => (document.activeElement as HTMLElement)?.blur());
    for (let i = 0; i < 150; i++) {
      await page.keyboard.press('Tab');
      seen.push(
        await page.evaluate(
          () => document.activeElement?.id || (document.activeElement as HTMLInputElement)?.name || '',
        ),
      );
    }
    const order = [
      'open-file',
      'mode',
      'tool',
      'stage',
      'channel',
      'code',
      'how',
      'editing',
      'combine',
      'black',
      'invert',
      'grow',
      'min-pixels',
      'device',
    ];
    const round = seen.slice(seen.indexOf('open-file'));
    const places = order.map((id) => round.indexOf(id));
    expect(
      places.every((place) => place >= 0),
      `${places}: ${seen.join(' ')}`,
    ).toBe(true);
    expect(
      [...places].sort((a, b) => a - b),
      seen.join(' '),
    ).toEqual(places);
  });

  it('keeps pictures of itself, wide and narrow, light and dark, and is never wider than its window', async () => {
    mkdirSync(pictures, { recursive: true });
    await page.reload();
    await rest();
    for (const [width, height] of [
      [1280, 800],
      [390, 844],
    ]) {
      for (const theme of ['light', 'dark']) {
        await page.setViewport({ width, height });
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
        await new Promise((done) => setTimeout(done, 400));
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await page.screenshot({ path: join(pictures, `${width}-${theme}.png`) as `${string}.png` });
        expect(existsSync(join(pictures, `${width}-${theme}.png`))).toBe(true);
      }
    }
    await page.setViewport({ width: 1280, height: 800 });
  });

  it('tells how long it keeps the page busy: a 4K picture from drop to mask, and levels dragged over it', async () => {
    const { image } = await device.load(sample);
    const bytes = await image.channel('luma').resize({ width: 3840, height: 2160 }).toPng();
    await rest();
    await page.evaluate((data) => {
      const file = new File([Uint8Array.from(atob(data), (one) => one.charCodeAt(0))], 'large.png');
      const dropped = new DataTransfer();
      dropped.items.add(file);
      Object.assign(window, { dropped });
    }, Buffer.from(bytes).toString('base64'));
    await new Promise((done) => setTimeout(done, 300));
    await page.evaluate(() => {
      const { long, dropped } = window as unknown as { long: number[]; dropped: DataTransfer };
      long.length = 0;
      performance.clearMeasures();
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, cancelable: true, bubbles: true }));
    });
    await page.waitForFunction(() => performance.getEntriesByName('first mask').length > 0, { timeout: 60_000 });
    const [took] = await page.evaluate(() =>
      performance.getEntriesByName('first mask').map(({ duration }) => duration),
    );
    await rest();
    const opening = await page.evaluate(() => (window as unknown as { long: number[] }).long.splice(0));
    await page.focus('[data-point="black"]');
    for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight');
    await rest();
    expect(await value('#black')).toBe('30');
    const long = await page.evaluate(() => (window as unknown as { long: number[] }).long);
    console.log(
      `4K: first mask ${Math.round(took)} ms after the drop; long tasks while opening [${opening}], while dragging [${long}]`,
    );
    expect(trouble).toEqual([]);
  });

  it('measures both devices side by side, and their bytes are equal', async () => {
    await page.goto(`${server.url}/playground/bench.html`);
    await page.select('#size', '256x256');
    await page.click('#run');
    await page.waitForFunction(() => !(document.querySelector('#run') as HTMLButtonElement).disabled, {
      timeout: 60_000,
    });
    const lines = await page.$$eval('#rows tr', (rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
    );
    expect(lines.length).toBe(10);
    for (const [name, wasm, webgl2, , draws, , differ] of lines) {
      expect([wasm, webgl2], name).toEqual([expect.stringMatching(/^\d+\.\d+ ms$/), expect.stringMatching(/ ms$/)]);
      expect([Number(draws) > 0, differ], name).toEqual([true, '0']);
    }
    await page.screenshot({ path: join(pictures, 'times.png') as `${string}.png` });
    expect(trouble).toEqual([]);
  });

  it('times the GPU by its own clock, and not across a jump of it', async () => {
    // this browser hides that clock: one that is made up
    const { gpuTimer } = await import(new URL('../playground/bench/timer.js', import.meta.url).href);
    const clock = (jumps: boolean) => {
      const calls: string[] = [];
      let asked = 0;
      const gl = {
        getExtension: () => ({ TIME_ELAPSED_EXT: 1, GPU_DISJOINT_EXT: 2 }),
        createQuery: () => ({}),
        beginQuery: () => calls.push('begin'),
        endQuery: () => calls.push('end'),
        flush() {},
        deleteQuery: () => calls.push('delete'),
        getParameter: () => jumps,
        QUERY_RESULT: 3,
        getQueryParameter: (_: object, name: number) => (name === 3 ? 2.5e6 : ++asked > 3),
      };
      return { calls, time: gpuTimer(gl) };
    };
    const [steady, jumping] = [clock(false), clock(true)];
    const spent = await steady.time(async () => steady.calls.push('work'));
    expect([spent, steady.calls]).toEqual([2.5, ['begin', 'work', 'end', 'delete']]);
    expect([await jumping.time(async () => {}), gpuTimer({ getExtension: () => null })]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
