// The page of a device: it compares with other programs' results, names the first difference, and its report fills
// the table.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error a script without types
import { report } from '../playground/device/report.js';
// @ts-expect-error a script without types
import { filled, reports } from '../scripts/devices.mjs';
// @ts-expect-error a script without types
import { unpacked } from '../scripts/evidence.mjs';
import { openPage, serve } from './browsers.js';
import { audit } from './playground/audit.js';

interface Recorded {
  node: string;
  outputs: Record<string, { data: Float32Array }>;
}

const few = (): { calls: Recorded[]; colours: { channels: Record<string, string> } } => {
  const { calls, colours } = unpacked();
  return { calls: calls.filter((_: unknown, i: number) => i % 30 === 0), colours };
};

describe('a report', () => {
  const facts = { chromask: '0', where: 'node' };
  it('of Node: what is not there, and calls that pass', async () => {
    const made = await report({ evidence: few, facts, only: ['calls'] });
    expect(made).toMatchObject({ format: 'chromask-device', version: 1, ...facts, renderer: null });
    expect(made.auto).toMatchObject({ name: 'wasm', why: [expect.stringContaining('webgl2')] });
    expect(made.devices.webgl2).toEqual({ error: expect.stringContaining('webgl2') });
    expect(made.devices.wasm).toEqual({ calls: { tried: 22, failed: 0 } });
  });

  it('names the first number that is another, and the hash that is', async () => {
    const wrong = () => {
      const { calls, colours } = few();
      const [name] = Object.keys(calls[1].outputs);
      const output = calls[1].outputs[name];
      output.data[0] = 7;
      const hash = colours.channels['L(LAB)'].replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
      return {
        calls: [calls[0], { ...calls[1], outputs: { ...calls[1].outputs, [name]: output } }],
        colours: { channels: { 'L(LAB)': hash } },
      };
    };
    const { devices } = await report({ evidence: wrong, facts, only: ['colours', 'calls'] });
    expect(devices.wasm).toEqual({
      colours: { tried: 1, failed: 1, first: expect.stringMatching(/^L\(LAB\): the hash is \w{64}, not \w{64}$/) },
      calls: { tried: 2, failed: 1, first: expect.stringMatching(/: \w+ at 0 is [\d.]+, not 7$/) },
    });
  });
});

describe('the table', () => {
  it('is what the reports say', () => {
    const text = readFileSync('docs/devices.md', 'utf8');
    expect(filled(text, reports())).toBe(text);
    const names: string[] = reports().map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['node', 'chromium-swiftshader', 'chromium-llvmpipe']));
  });

  it('takes nothing of a stranger’s report but letters', () => {
    const made = {
      name: 'x',
      renderer: 'a | b\n<script>`[c](d)',
      auto: { name: 'wasm', ms: 1 },
      devices: { webgl2: {} },
    };
    const row = filled('<!-- devices --><!-- /devices -->', [made]).split('\n')[3];
    expect(row).toMatch(/^\| x \| a {3}b {2}script {3}c \(d\) \| webgl2 \|/);
  });
});

describe('in Chromium', () => {
  const site = mkdtempSync(join(tmpdir(), 'chromask-device-'));
  let server: Awaited<ReturnType<typeof serve>>;
  let browser: Awaited<ReturnType<typeof openPage>>;
  const trouble: string[] = [];
  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/play.mjs', '--out', site]);
    // as many calls as a test has time for
    const packed = join(site, 'playground/device/evidence/calls.json.gz');
    const index = JSON.parse(gunzipSync(readFileSync(packed)).toString());
    index.cases = index.cases.filter((_: unknown, i: number) => i % 30 === 0);
    writeFileSync(packed, gzipSync(JSON.stringify(index)));
    server = await serve(site);
    browser = await openPage('--enable-unsafe-swiftshader');
    browser.page.on('pageerror', (error) => trouble.push(String(error)));
    browser.page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
    await browser.page.setViewport({ width: 1280, height: 800 });
    await browser.page.goto(`${server.url}/playground/device/index.html`);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it('shows how the checks end, and gives the report as a file', async () => {
    const { page } = browser;
    await page.click('[data-check=colours]');
    await page.click('#run');
    await page.waitForFunction("document.body.dataset.state === 'done'", { timeout: 120_000 });
    const rows = await page.$$eval('#rows tr', (all) =>
      all.map((row) => [...row.children].map((cell) => cell.textContent)),
    );
    expect(rows[0]).toEqual(['Recorded calls', 'pass, 22', 'pass, 22']);
    for (const [, ...cells] of rows.slice(1)) for (const cell of cells) expect(cell).toMatch(/^[\d.]+ ms$/);
    const session = await page.createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: site });
    await page.click('#save');
    const saved = join(site, 'chromask-device.json');
    await expect.poll(() => existsSync(saved)).toBe(true);
    const made = JSON.parse(readFileSync(saved, 'utf8'));
    expect(made).toMatchObject({
      format: 'chromask-device',
      where: 'worker',
      renderer: expect.stringContaining('SwiftShader'),
      auto: { name: 'wasm', why: [expect.stringContaining('is a program on the CPU')] },
      devices: { webgl2: { calls: { tried: 22, failed: 0 } }, wasm: { calls: { tried: 22, failed: 0 } } },
    });
    expect(trouble).toEqual([]);
  }, 180_000);

  it.each([1280, 390])('at %i pixels everything has a name and stands out, and nothing overlaps', async (width) => {
    await browser.page.setViewport({ width, height: 800 });
    for (const path of ['device', 'video']) {
      await browser.page.goto(`${server.url}/playground/${path}/index.html`);
      expect(await browser.page.evaluate(audit), path).toEqual([]);
      expect(await browser.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
  });
});
