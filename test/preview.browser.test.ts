// examples/comfyui-live-preview in Chromium, on the graph library of ComfyUI's front end: the mouse drags a widget,
// and the mask appears under the node. The server is a stub with one picture and no queue.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'chromask';
import { objectInfo, runNode } from 'chromask/comfy';
import { encode } from 'chromask/png';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPage, serve } from './browsers.js';

const VERSION = '0.17.2';
const SHA512 = '6O+PSu80Tycj4NkYyLv/r7tS5V1JDVnSZLUglXCwDTPDJbjqyyNWjSUuLTFpvNOMuK+iPYMmuOWazBcYx/Rd6w==';

/** The package from the registry, which stays from run to run. */
function litegraph(): string {
  const folder = join(tmpdir(), `chromask-litegraph-${VERSION}`);
  if (!existsSync(folder)) {
    const fresh = `${folder}-${process.pid}`;
    mkdirSync(fresh, { recursive: true });
    execFileSync('npm', ['pack', `@comfyorg/litegraph@${VERSION}`, '--pack-destination', fresh, '--loglevel=error']);
    const tarball = join(fresh, `comfyorg-litegraph-${VERSION}.tgz`);
    expect(createHash('sha512').update(readFileSync(tarball)).digest('base64')).toBe(SHA512);
    execFileSync('tar', ['xzf', tarball, '-C', fresh, '--strip-components=1']);
    renameSync(fresh, folder);
  }
  return readFileSync(join(folder, 'dist/litegraph.es.js'), 'utf8');
}

/** What the front end's scripts/app.js is for an extension: a graph of nodes as object_info has them, on a canvas. */
const app = `
import { LGraph, LGraphCanvas, LGraphNode, LiteGraph } from '/litegraph.js';
const info = await (await fetch('/object_info')).json();
const extensions = [];
for (const [type, { input, output, output_name }] of Object.entries(info)) {
  class Node extends LGraphNode {
    constructor() {
      super(type);
      this.comfyClass = type;
      this.serialize_widgets = true;
      for (const [name, [kind, facts = {}]] of Object.entries({ ...input.required, ...input.optional })) {
        if (Array.isArray(kind)) this.addWidget('combo', name, facts.default ?? kind[0], () => {}, { values: kind });
        else if (kind === 'INT' || kind === 'FLOAT')
          this.addWidget('number', name, facts.default, () => {}, { min: facts.min, max: facts.max, step2: facts.step, precision: kind === 'INT' ? 0 : 2 });
        else if (kind === 'BOOLEAN') this.addWidget('toggle', name, facts.default, () => {});
        else if (kind === 'STRING') this.addWidget('text', name, facts.default, () => {});
        else this.addInput(name, kind);
      }
      output.forEach((kind, i) => this.addOutput(output_name[i], kind));
      queueMicrotask(() => extensions.forEach((one) => one.nodeCreated?.(this)));
    }
  }
  LiteGraph.registerNodeType(type, Node);
}
const graph = new LGraph();
const canvas = new LGraphCanvas(document.querySelector('canvas'), graph);
export const app = { graph, canvas, registerExtension: (one) => extensions.push(one), LiteGraph };
window.app = app;
`;
const api = `export const api = { fileURL: (path) => path.replace('/chromask/', '/dist/'), fetchApi: (path) => { (window.asked ??= []).push(path); return fetch(path); } };`;
const html = `<!doctype html><body style="margin:0"><canvas width="1200" height="800"></canvas>
<script type="module">import '/scripts/app.js'; await import('/extensions/chromask-live-preview/live-preview.js'); window.ready = true;</script>`;

/** A square of light in the dark. */
const side = 64;
const pixels = Uint8Array.from({ length: side * side * 3 }, (_, i) => {
  const [x, y] = [Math.floor(i / 3) % side, Math.floor(i / 3 / side)];
  return x >= 24 && x < 40 && y >= 24 && y < 40 ? 255 : 0;
});

let server: Awaited<ReturnType<typeof serve>>;
let browser: { page: Page; close(): Promise<void> };
beforeAll(async () => {
  const info = await objectInfo({ pack: 'core', files: ['a.png'] });
  // another version of a node: it must be given what ours does not have
  info.FeatherMask.input.required.softness = ['FLOAT', { default: 1, min: 0, max: 1 }];
  const pages: Record<string, string | Buffer> = {
    '/page.html': html,
    '/litegraph.js': litegraph(),
    '/scripts/app.js': app,
    '/scripts/api.js': api,
    '/extensions/chromask-live-preview/live-preview.js': readFileSync(
      'examples/comfyui-live-preview/web/live-preview.js',
      'utf8',
    ),
    '/object_info': JSON.stringify(info),
    '/view': Buffer.from(await encode({ width: side, height: side, channels: 3, data: pixels })),
  };
  for (const [name, one] of Object.entries(info)) {
    pages[`/object_info/${name}`] = JSON.stringify({ [name]: one });
  }
  server = await serve('.', { pages });
  browser = await openPage('--enable-unsafe-swiftshader');
  await browser.page.setViewport({ width: 1200, height: 800 });
  await browser.page.goto(`${server.url}/page.html`);
  await browser.page.waitForFunction('window.ready');
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

interface Widget {
  value: number;
  last_y: number;
}
interface Node {
  pos: number[];
  size: number[];
  widgets: Widget[];
  connect(slot: number, to: Node, at: number): void;
}
interface App {
  graph: { add(node: Node): void; nodes: Node[] };
  LiteGraph: { createNode(type: string): Node };
  canvas: { draw(foreground: boolean, background: boolean): void };
}
type Host = { app: App };

/** A node on the canvas, its first input linked to the first output of another. */
const add = (page: Page, type: string, pos: number[], from?: number): Promise<void> =>
  page.evaluate(
    (type, pos, from) => {
      const { graph, LiteGraph, canvas } = (window as unknown as Host).app;
      const node = LiteGraph.createNode(type);
      node.pos = pos;
      graph.add(node);
      if (from !== undefined) graph.nodes[from].connect(0, node, 0);
      canvas.draw(true, true);
    },
    type,
    pos,
    from,
  );

/** Drags the first widget of a node to the right, and holds it there. */
async function drag(page: Page, index: number): Promise<void> {
  const [x, y] = await page.evaluate((index) => {
    const { pos, size, widgets } = (window as unknown as Host).app.graph.nodes[index];
    return [pos[0] + size[0] / 2, pos[1] + widgets[0].last_y + 10];
  }, index);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 12, y, { steps: 6 });
}

/** The canvas under a node, at the middle of each of 64 x 64 parts: whether it is light; and how much of it is red. */
const under = (page: Page, index: number): Promise<{ light: boolean[]; red: number; value: number }> =>
  page.evaluate((index) => {
    const { graph, canvas } = (window as unknown as Host).app;
    canvas.draw(true, true);
    const { pos, size, widgets } = graph.nodes[index];
    const context = document.querySelector('canvas')?.getContext('2d');
    const width = Math.floor(size[0]);
    const { data = [] } = context?.getImageData(pos[0], pos[1] + size[1] + 4, width, width) ?? {};
    const light = Array.from({ length: 64 * 64 }, (_, i) => {
      const [x, y] = [i % 64, Math.floor(i / 64)].map((at) => Math.floor(((at + 0.5) * width) / 64));
      return data[(y * width + x) * 4] > 127;
    });
    const red = Array.from(data).filter((value, i) => i % 4 === 0 && value > 150 && data[i + 1] < 120).length;
    return { light, red, value: widgets[0].value };
  }, index);

it('shows a mask while a widget of its node is dragged, and asks for pictures alone', async () => {
  const { page } = browser;
  await add(page, 'LoadImage', [40, 60]);
  await add(page, 'ImageToMask', [340, 60], 0);
  await add(page, 'GrowMask', [640, 60], 1);
  await drag(page, 2);
  let seen = await under(page, 2);
  for (let i = 0; i < 100 && !seen.light.includes(true); i++) {
    await new Promise((later) => setTimeout(later, 100));
    seen = await under(page, 2);
  }
  expect(seen.value).toBeGreaterThan(0);
  const device = await open({ device: 'wasm' });
  const image = device.image(pixels, [1, side, side, 3]);
  const [mask] = await runNode(device, 'ImageToMask', { image, channel: 'red' });
  const [grown] = await runNode(device, 'GrowMask', { mask, expand: seen.value, tapered_corners: true });
  const expected = Array.from(await grown.bytes(), (value) => value > 127);
  for (let i = 0; i < 50 && String(seen.light) !== String(expected); i++) {
    await new Promise((later) => setTimeout(later, 100));
    seen = await under(page, 2);
  }
  await page.mouse.up();
  expect(seen.light).toEqual(expected);
  device.close();
  const asked = (await page.evaluate('window.asked')) as string[];
  expect([...new Set(asked)].sort()).toEqual(['/object_info/GrowMask', '/view?filename=a.png&subfolder=&type=input']);
});

it('says so where the server has another version of a node', async () => {
  const { page } = browser;
  await add(page, 'FeatherMask', [640, 400], 1);
  await drag(page, 3);
  let seen = await under(page, 3);
  for (let i = 0; i < 100 && !seen.red; i++) {
    await new Promise((later) => setTimeout(later, 100));
    seen = await under(page, 3);
  }
  await page.mouse.up();
  expect(seen.red).toBeGreaterThan(20);
  // letters alone
  expect(seen.light.filter(Boolean).length).toBeLessThan(100);
});
