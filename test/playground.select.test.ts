// Selecting by hand in the playground by pointer, touch and keys; undo, links and files; and its messages when
// something cannot be done.
import { saveDocument } from 'chromask';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  checked,
  click,
  device,
  download,
  expectMask,
  give,
  opened,
  page,
  rest,
  sample,
  server,
  session,
  slide,
  spot,
  text,
  trouble,
  value,
} from './playground/session.js';

session();

const selected = async (): Promise<string> => {
  await rest();
  return text('#selected');
};

/** From one pixel to others with the button down. */
async function drag(...places: [number, number][]): Promise<void> {
  const [first, ...others] = places;
  await page.mouse.move(...(await spot(...first)));
  await page.mouse.down();
  for (const place of others) await page.mouse.move(...(await spot(...place)), { steps: 3 });
  await page.mouse.up();
}

async function holding(key: 'Shift' | 'Alt', act: () => Promise<void>): Promise<void> {
  await page.keyboard.down(key);
  await act();
  await page.keyboard.up(key);
}

describe('selecting by hand', { timeout: 120_000 }, () => {
  it('the first minute: a photo, a click, a slider, and the code gives the same bytes', async () => {
    const { image } = await device.load(sample);
    const photo = await image.flip({ axis: 'x' }).resize({ width: 413, height: 257 }).toPng();
    await give('drop', photo, 'holiday.png');
    await opened('holiday.png');
    await page.mouse.click(...(await spot(120, 150)));
    await slide('#blur', 2.5);
    await slide('#tolerance', 90);
    await expectMask(({ image }) => image.wand({ x: 120, y: 150, tolerance: 90 }).blur({ radius: 2.5 }), {
      of: photo,
      byHand: true,
    });
    expect(Number.parseFloat(await selected())).toBeGreaterThan(2);
    await click('#reset-refine');
    await give('drop', sample, 'sample.png');
    await opened('sample.png');
  });

  it('drags the tolerance of the wand, adds with Shift and takes away with Alt', async () => {
    await page.mouse.move(...(await spot(440, 250)));
    await page.mouse.down();
    const [x, y] = await spot(440, 250);
    await page.mouse.move(x + 60, y, { steps: 4 });
    expect(await text('#bubble')).toMatch(/^Tolerance \d+$/);
    await page.mouse.up();
    const tolerance = Number(await text('#tolerance-value'));
    expect(tolerance).toBeGreaterThan(90);
    await holding('Shift', async () => page.mouse.click(...(await spot(60, 385))));
    await holding('Alt', async () => page.mouse.click(...(await spot(400, 180))));
    await expectMask(
      ({ image }) =>
        image
          .wand({ x: 440, y: 250, tolerance })
          .max(image.wand({ x: 60, y: 385, tolerance }))
          .subtract(image.wand({ x: 400, y: 180, tolerance })),
      { byHand: true },
    );
    await click('#contiguous');
    await expectMask(
      ({ image }) =>
        image
          .wand({ x: 440, y: 250, tolerance })
          .max(image.wand({ x: 60, y: 385, tolerance }))
          .subtract(image.wand({ x: 400, y: 180, tolerance, contiguous: false })),
      { byHand: true },
    );
    await click('#contiguous');
    await click('#clear-marks');
    expect(await selected()).toBe('45.6 % selected');
  });

  it('draws rectangles, ellipses and a lasso, over a channel and alone, and drops what has no inside', async () => {
    const size = { width: 640, height: 420 };
    await page.focus('#stage');
    await page.keyboard.press('r');
    await holding('Shift', () => drag([100, 100], [299, 199]));
    await rest();
    await expectMask(
      ({ image }) => image.channel('S(HSV)').normalize().max(device.path('M101 101H300V200H101Z', size)),
      { byHand: true },
    );
    await page.keyboard.press('e');
    await drag([300, 100], [400, 200]);
    await expectMask(() => device.ellipse([350.5, 150.5, 50, 50], size), { byHand: true });
    await page.keyboard.press('l');
    await holding('Alt', () => drag([300, 100], [360, 100], [360, 200]));
    expect(await selected()).not.toBe('0.0 % selected');
    const before = await selected();
    await drag([20, 20], [20, 20]);
    expect(await selected()).toBe(before);
    await click('#undo-step');
    await expectMask(() => device.ellipse([350.5, 150.5, 50, 50], size), { byHand: true });
    await click('#clear-marks');
  });

  it('paints with a finger, and with two moves the picture instead', async () => {
    await click('#tool input[value=brush]');
    const shown = await page.$eval('#sheet', (one) => (one as HTMLElement).style.transform);
    await page.touchscreen.touchStart(...(await spot(200, 60)));
    for (const x of [220, 260, 300]) await page.touchscreen.touchMove(...(await spot(x, 60)));
    await page.touchscreen.touchEnd();
    await rest();
    await page.click('#copy-code');
    await page.waitForFunction(() => document.querySelector('#toast')?.textContent === 'Copied the code');
    const code = await page.evaluate(() => navigator.clipboard.readText());
    const points = /stroke\(\[([^\]]+)\]/.exec(code)?.[1].split(', ').map(Number) ?? [];
    expect(points.length).toBeGreaterThanOrEqual(8);
    await expectMask(
      ({ image }) =>
        image
          .channel('S(HSV)')
          .normalize()
          .max(device.stroke(points, { width: 640, height: 420, radius: 16 })),
      { byHand: true },
    );
    const painted = await selected();
    const one = await page.touchscreen.touchStart(...(await spot(200, 200)));
    const two = await page.touchscreen.touchStart(...(await spot(300, 200)));
    await one.move(...(await spot(180, 220)));
    await two.move(...(await spot(360, 240)));
    await one.end();
    await two.end();
    await rest();
    expect(await selected()).toBe(painted);
    expect(await page.$eval('#sheet', (one) => (one as HTMLElement).style.transform)).not.toBe(shown);
    await click('#zoom-fit');
    await click('#clear-marks');
  });

  it('does all of it by keys', async () => {
    await page.focus('#stage');
    await page.keyboard.press('0');
    await page.keyboard.press('w');
    for (const key of ['ArrowLeft', 'ArrowUp', 'Enter'] as const) await page.keyboard.press(key);
    await rest();
    const how = async (): Promise<string> => (await text('#code-text')).split('\n').slice(3).join('\n');
    await expect.poll(how).toMatch(/image\.wand\(\{ x: 3\d\d, y: 1\d\d, tolerance/);
    await page.keyboard.press(']');
    // what shows is made on the next frame
    await page.waitForFunction(() => Number(document.querySelector<HTMLInputElement>('#tolerance')?.value) > 32);
    await page.keyboard.press('r');
    await holding('Shift', () => page.keyboard.press('Enter'));
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    await rest();
    await expect.poll(how).toMatch(/\.max\(device\.rectangle\(\[/);
    const made = await how();
    await page.keyboard.press('l');
    await page.keyboard.press('Enter');
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'Escape'] as const) await page.keyboard.press(key);
    await expect.poll(how).toBe(made);
    const spotted = await page.$eval('#sheet', (one) => (one as HTMLElement).style.transform);
    await page.keyboard.down(' ');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.up(' ');
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await page.$eval('#sheet', (one) => (one as HTMLElement).style.transform)).not.toBe(spotted);
    await page.keyboard.press('0');
    await click('#clear-marks');
  });

  it('splits the stage by a handle, and shows the picture while a button is held', async () => {
    await click('#split');
    await page.waitForSelector('#split-handle', { visible: true }); // the next frame shows it
    await page.focus('#split-handle');
    for (const key of ['End', 'PageDown', 'ArrowLeft'] as const) await page.keyboard.press(key);
    await rest();
    const split = (): Promise<string | null> => page.$eval('#split-handle', (one) => one.getAttribute('aria-valuenow'));
    await expect.poll(split).toBe('88');
    const handle = await (await page.$('#split-handle'))?.boundingBox();
    const [x, y] = await spot(160, 200);
    await page.mouse.move((handle?.x ?? 0) + 12, y);
    await page.mouse.down();
    await page.mouse.move(x, y, { steps: 3 });
    await page.mouse.up();
    await expect.poll(split).toBe('25');
    await click('#split');
    await page.focus('#peek');
    await page.keyboard.down(' ');
    const hidden = (): Promise<string> => page.$eval('#mask', (one) => getComputedStyle(one).visibility);
    await expect.poll(hidden).toBe('hidden');
    await page.keyboard.up(' ');
    await expect.poll(hidden).toBe('visible');
    await rest();
  });
});

describe('what it keeps', { timeout: 120_000 }, () => {
  it('a key that is held down, and a new picture, are one step each', async () => {
    const grown = async (): Promise<string> => {
      await rest();
      return value('#grow-number');
    };
    await page.focus('#grow');
    for (let i = 0; i < 6; i++) await page.keyboard.down('ArrowRight');
    await page.keyboard.up('ArrowRight');
    expect(await grown()).toBe('6');
    await click('#undo-step');
    expect(await grown()).toBe('0');
    await page.mouse.click(...(await spot(440, 250)));
    const before = await selected();
    const { image } = await device.load(sample);
    await give('drop', await image.channel('luma').resize({ width: 90, height: 60 }).toPng(), 'next.png');
    await opened('next.png');
    await click('#undo-step');
    await opened('sample.png');
    expect(await selected()).toBe(before);
    await click('#redo-step');
    await opened('next.png');
    await click('#undo-step');
    await opened('sample.png');
    await click('#undo-step');
    await rest();
  });

  it('its settings in the address, and nothing of one that is damaged', async () => {
    await page.mouse.click(...(await spot(440, 250)));
    await slide('#grow', 3);
    const before = await selected();
    await page.waitForFunction(() => location.hash.startsWith('#s='));
    await new Promise((done) => setTimeout(done, 400));
    await page.reload();
    await opened('sample.png');
    expect([await selected(), await value('#grow-number')]).toEqual([before, '3']);
    await page.goto('about:blank');
    await page.goto(`${server.url}/playground/index.html#s=AAAA`);
    await opened('sample.png');
    expect(await selected()).toBe('45.6 % selected');
  });

  it('its recipe in a file, which opens again, and one of another program with a mask by hand inside', async () => {
    await click('#tool input[value=ellipse]');
    await drag([200, 100], [500, 300]);
    await slide('#feather', 20);
    const before = await selected();
    const file = await download('recipe');
    const { document, masks, playground } = JSON.parse(String(file));
    expect([document, masks, playground.masks[0].feather]).toEqual([1, {}, 20]);
    await click('#reset-refine');
    await click('#clear-marks');
    expect(await selected()).not.toBe(before);
    await give('drop', file, 'mine.json', 'application/json');
    await page.waitForFunction(() => document.querySelector('#toast')?.textContent === 'Opened mine.json');
    expect([await selected(), await value('#feather-number')]).toEqual([before, '20']);
    await click('#reset-refine');
    const bytes = new Uint8Array(640 * 420).fill(255, 640 * 100, 640 * 200);
    const { image } = await device.load(sample);
    const hand = image.channel('red').min(device.mask(bytes, [420, 640]));
    const other = JSON.stringify(await saveDocument(hand, { inputs: { photo: image } }));
    await give('drop', Buffer.from(other), 'theirs.json', 'application/json');
    await page.waitForFunction(() => document.querySelector('#toast')?.textContent === 'Opened theirs.json');
    await rest();
    const saved = await download('gray');
    expect(saved.length).toBe((await hand.toPng({ text: { chromask: await keptIn(saved) } })).length);
    await give('drop', Buffer.from('{"document":1}'), 'none.json', 'application/json');
    await page.waitForFunction(() => document.querySelector('#trouble-text')?.textContent?.includes('none.json'));
    await click('#trouble-close');
    await click('#clear-marks');
    await rest();
    expect(trouble).toEqual([]);
  });
});

async function keptIn(file: Uint8Array): Promise<string> {
  const { decode } = await import('chromask/png');
  const { text } = await decode(file);
  return text.find(({ keyword }) => keyword === 'chromask')?.text ?? '';
}

describe('what it says', { timeout: 120_000 }, () => {
  beforeAll(() => page.setViewport({ width: 1280, height: 800 }));

  it('shows a picture wider than a canvas of the GPU may be, with figures of its own', async () => {
    const row = (await device.load(sample)).image.resize({ width: 9000, height: 480 });
    await give('drop', await row.toPng(), 'wide.png');
    await page.waitForFunction(() => !(document.querySelector('#loading') as HTMLElement).hidden);
    expect(await text('#loading')).toMatch(/^Opening wide.png/);
    await opened('wide.png');
    expect(await text('#file-size')).toBe('9000 × 480');
    expect(await text('#difference')).toMatch(/^(WASM and WebGL2: 4,320,000 bytes, all equal|WASM alone)/);
    const canvas = await page.$eval('#mask', (one) => getComputedStyle(one).width);
    expect(canvas).toBe('9000px');
    await page.mouse.click(...(await spot(4400, 250)));
    expect(Number.parseFloat(await selected())).toBeGreaterThan(0);
    await click('#zoom-fit');
    await click('#zoom-fit');
    await rest();
    await give('drop', sample, 'sample.png');
    await opened('sample.png');
  });

  it('that a soft mask is dragged over a copy, and shows the whole when the hand lets go', async () => {
    const image = (await device.load(sample)).image.resize({ width: 1600, height: 1000 });
    await give('drop', await image.toPng(), 'soft.png');
    await opened('soft.png');
    await click('input[name="code"][value="recipe"]');
    await rest();
    const slider = await (await page.$('#blur'))?.boundingBox();
    if (!slider) throw new Error('there is no slider for softness');
    const [left, middle] = [slider.x + 8, slider.y + slider.height / 2];
    await page.mouse.move(left, middle);
    await page.mouse.down();
    await page.mouse.move(left + 40, middle, { steps: 5 });
    // half a megapixel of the same shape
    await page.waitForFunction(() => document.querySelector('#times')?.textContent?.includes('of a copy, 916 × 572'));
    // the recipe is of the whole picture, and follows the hand
    await page.waitForFunction(() => document.querySelector('#code-text')?.textContent?.includes('"blur"'));
    expect(await text('#times')).toContain('of a copy');
    await page.mouse.up();
    await rest();
    expect(await text('#times')).not.toContain('copy');
    expect(Number(await value('#blur-number'))).toBeGreaterThan(2);
    expect(await text('#difference')).toMatch(/^(WASM and WebGL2: 1,600,000 bytes, all equal|WASM alone)/);
    await click('#reset-refine');
    await click('input[name="code"][value="ts"]');
    await give('drop', sample, 'sample.png');
    await opened('sample.png');
  });

  it('what is missing, where there is no picture', async () => {
    await page.setRequestInterception(true);
    const answer = (request: import('puppeteer').HTTPRequest): void => {
      if (request.url().endsWith('sample.png')) void request.respond({ status: 404 });
      else void request.continue();
    };
    page.on('request', answer);
    await page.goto('about:blank');
    await page.goto(`${server.url}/playground/index.html`);
    await page.waitForFunction(() => !(document.querySelector('#trouble') as HTMLElement).hidden);
    expect(await text('#trouble-text')).toBe('The sample picture cannot be fetched. Open a picture of your own.');
    expect(await page.$eval('#share', (one) => (one as HTMLButtonElement).disabled)).toBe(true);
    expect(await text('#empty')).toContain('Open a picture, drop one here, or paste it.');
    await page.keyboard.down('Control');
    await page.keyboard.press('s');
    await page.keyboard.up('Control');
    await page.waitForFunction(() => document.querySelector('#toast')?.textContent === 'Open a picture first');
    page.off('request', answer);
    await page.setRequestInterception(false);
    await give('drop', sample, 'sample.png');
    await opened('sample.png');
    expect(await checked('#ants')).toBe(true);
    // the answer that was not there is a line on the console, and no more
    expect(trouble.filter((line) => !line.includes('404'))).toEqual([]);
    trouble.length = 0;
  });
});
