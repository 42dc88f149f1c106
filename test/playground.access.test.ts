// Accessibility of the playground: at every size, in both themes and in forced colours nothing overlaps, everything
// has a name, text and controls have enough contrast, and targets are large enough.
import type { CDPSession } from 'puppeteer';
import { beforeAll, describe, expect, it } from 'vitest';
import { audit } from './playground/audit.js';
import { click, opened, page, rest, session, spot } from './playground/session.js';

session();

let media: CDPSession;
beforeAll(async () => {
  media = await page.createCDPSession();
});

async function look(theme: 'light' | 'dark', forced = false): Promise<void> {
  const features = { 'prefers-color-scheme': theme, 'forced-colors': forced ? 'active' : 'none' };
  await media.send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-reduced-motion', value: 'reduce' },
      ...Object.entries(features).map(([name, value]) => ({ name, value })),
    ],
  });
}

const sizes: [number, number][] = [
  [1440, 900],
  [1280, 800],
  [905, 700],
  [768, 1024],
  [390, 844],
  // 1280 at 200 % and 400 %, and a short window
  [640, 400],
  [320, 256],
  [1280, 420],
];

describe('at every size', { timeout: 120_000 }, () => {
  for (const [width, height] of sizes) {
    it(`${width} x ${height}: nothing overlaps or is cut, all has a name and stands out`, async () => {
      await page.setViewport({ width, height });
      for (const theme of ['light', 'dark'] as const) {
        await look(theme);
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        expect(await page.evaluate(audit), theme).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
    });
  }

  it('with a finger: everything to be hit is 44 pixels high, or has that much room', async () => {
    await page.setViewport({ width: 390, height: 844, isMobile: true, hasTouch: true });
    await opened('sample.png');
    const small = await page.$$eval('button, .segments label, .check, .switch, select, #swatches button', (all) =>
      all
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
        .map((one) => `${one.id || one.textContent} ${one.getBoundingClientRect().height}`),
    );
    expect(small).toEqual([]);
    await page.setViewport({ width: 1280, height: 800 });
    await opened('sample.png');
  });
});

describe('in forced colours', { timeout: 60_000 }, () => {
  it('what is chosen differs from what is not, and sliders have handles and tracks', async () => {
    await look('dark', true);
    const colors = await page.evaluate(() => {
      const back = (selector: string, pseudo?: string): string => {
        const element = document.querySelector(selector);
        return element ? getComputedStyle(element, pseudo).backgroundColor : selector;
      };
      const canvas = getComputedStyle(document.body).backgroundColor;
      return {
        mode: back('#modes :checked + span') !== back('#modes :not(:checked) + span'),
        tool: back('#tool :checked + span') !== back('#tool :not(:checked) + span'),
        switched: back('#contiguous') !== back('#invert'),
        knob: back('#invert', '::before') !== canvas,
        swatch: new Set(
          [...document.querySelectorAll('#swatches button')].map((one) => getComputedStyle(one).backgroundColor),
        ).size,
        channel: getComputedStyle(document.querySelector('.film label:has(:checked)') as Element).outlineStyle,
      };
    });
    expect(colors).toEqual({ mode: true, tool: true, switched: true, knob: true, swatch: 13, channel: 'solid' });
    await look('light');
  });
});

describe('by keys and ears', { timeout: 60_000 }, () => {
  it('focus stays in the page when what had it goes', async () => {
    const focused = (): Promise<string> =>
      page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute('aria-label') || '');
    await page.focus('#invert');
    await page.keyboard.press(' ');
    await page.focus('#reset-refine');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('invert');
    await page.focus('[data-point="black"]');
    await page.keyboard.press('ArrowRight');
    await page.focus('#reset-levels');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('Black point');
    await page.mouse.click(...(await spot(440, 250)));
    await rest();
    await page.focus('#clear-marks');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('stage');
    await rest();
  });

  it('sliders go the way their values say', async () => {
    const facts = (name: string): Promise<number[]> =>
      page.$eval(`[data-point="${name}"]`, (one) =>
        ['aria-valuemin', 'aria-valuenow', 'aria-valuemax'].map((fact) => Number(one.getAttribute(fact))),
      );
    for (const name of ['black', 'gray', 'white']) {
      await page.focus(`[data-point="${name}"]`);
      const before = await facts(name);
      const [way, sign] = name === 'white' ? (['ArrowLeft', -1] as const) : (['ArrowRight', 1] as const);
      for (let i = 0; i < 12; i++) await page.keyboard.press(way);
      await rest();
      const after = await facts(name);
      expect(Math.sign(after[1] - before[1]), name).toBe(sign);
      for (const [least, now, most] of [before, after]) expect(now >= least && now <= most, name).toBe(true);
    }
    await click('#reset-levels');
    await rest();
  });

  it('motion stops when it is asked to, while the page runs', async () => {
    const moving = async (): Promise<boolean> => {
      const shot = (): Promise<string> =>
        page.screenshot({ encoding: 'base64', clip: { x: 300, y: 150, width: 300, height: 200 } });
      const first = await shot();
      await new Promise((done) => setTimeout(done, 250));
      return (await shot()) !== first;
    };
    const prefer = (value: string): Promise<void> =>
      page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value }]);
    await prefer('no-preference');
    await new Promise((done) => setTimeout(done, 200));
    expect(await moving()).toBe(true);
    await prefer('reduce');
    await new Promise((done) => setTimeout(done, 300));
    expect(await moving()).toBe(false);
  });
});
