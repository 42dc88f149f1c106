// A program for each library of docs/guides.md and docs/frameworks.md: the guide's own code, and a check of the
// resulting pixels.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const GUIDES = 'docs/guides.md';
const FRAMEWORKS = 'docs/frameworks.md';

/** Comes before each program: a file, and ways to compare canvases. */
const common = `
const file = await (await fetch('/sample.png')).blob();
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const pixelsOf = (canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
/** The largest difference of two rows of bytes of the same length. */
function apart(a, b) {
  if (a.length !== b.length) throw new Error(a.length + ' bytes, and ' + b.length + ' were expected');
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}
function close(a, b, most, what) {
  const found = apart(a, b);
  if (found > most) throw new Error(what + ': ' + found + ' levels apart, and ' + most + ' are allowed');
}
/** Waits until the canvas shows what it should, or for five seconds. */
async function shows(canvas, expected, what) {
  for (let i = 0; i < 100; i++) {
    await wait(50);
    const found = canvas();
    if (found && found.width * found.height * 4 === expected.length && apart(pixelsOf(found), expected) === 0) return 1;
  }
  throw new Error(what + ' is not shown');
}
`;

/** What frameworks.md's attach shows for a black point. */
const overlay = `
async function overlaid(black) {
  const device = await open();
  const { image } = await device.load(file);
  const [, height, width] = image.shape;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  await image.channel('L(LAB)').normalize().levels({ black }).draw(canvas, { tint: '#ff3050', opacity: 0.6, over: image });
  device.close();
  return pixelsOf(canvas);
}
`;

export function pages(blocks) {
  const attach = blocks(FRAMEWORKS);
  const beginning = blocks(GUIDES);
  const framework = (text) => `${attach}${common}${overlay}${text}`;
  const library = (heading, text) => `${common}${beginning}${blocks(GUIDES, heading)}${text}`;
  return {
    react: {
      text: framework(`
        ${blocks(FRAMEWORKS, 'React', 'useMask(file, 40)')}
        import { createElement, StrictMode } from 'react';
        import { createRoot } from 'react-dom/client';
        const View = ({ black }) => createElement('canvas', { ref: useMask(file, black) });
        export async function run() {
          const root = createRoot(document.body.appendChild(document.createElement('div')));
          const render = (black) => root.render(createElement(StrictMode, null, createElement(View, { black })));
          const canvas = () => document.querySelector('canvas');
          render(20);
          await shows(canvas, await overlaid(20), 'the first value');
          render(60);
          await shows(canvas, await overlaid(60), 'the next value');
          root.unmount();
          await wait(100);
          return 2;
        }`),
    },
    vue: {
      text: framework(`
        ${blocks(FRAMEWORKS, 'Vue', 'setup(file)')}
        import { createApp, h } from 'vue/dist/vue.runtime.esm-bundler.js';
        export async function run() {
          let state;
          const app = createApp({ setup() { state = setup(file); return () => h('canvas', { ref: state.canvas }); } });
          app.mount(document.body.appendChild(document.createElement('div')));
          const canvas = () => document.querySelector('canvas');
          await shows(canvas, await overlaid(40), 'the first value');
          state.black.value = 60;
          await shows(canvas, await overlaid(60), 'the next value');
          app.unmount();
          await wait(100);
          return 2;
        }`).replaceAll("'vue'", "'vue/dist/vue.runtime.esm-bundler.js'"),
    },
    svelte: {
      resolve: svelte(`
        <script lang="ts">
          ${attach}
          ${blocks(FRAMEWORKS, 'Svelte', '// <canvas')}
          let { file, black } = $props();
        </script>
        <canvas use:masked={{ file, black }}></canvas>`),
      text: framework(`
        import { flushSync, mount, unmount } from 'svelte';
        import View from 'guide.svelte';
        export async function run() {
          const props = View.state({ file, black: 40 });
          const view = mount(View.default, { target: document.body, props });
          const canvas = () => document.querySelector('canvas');
          await shows(canvas, await overlaid(40), 'the first value');
          props.black = 60;
          flushSync();
          await shows(canvas, await overlaid(60), 'the next value');
          await unmount(view);
          return 2;
        }`).replace("import View from 'guide.svelte';", "import * as View from 'guide.svelte';"),
    },
    fabric: {
      text: library(
        'Fabric 7',
        `import { StaticCanvas } from 'fabric';
        export async function run() {
          const stage = new StaticCanvas(undefined, { width, height, renderOnAddRemove: false });
          stage.add(object);
          stage.renderAll();
          const { data } = await image.withAlpha(mask.invert()).toImageData();
          close(pixelsOf(stage.toCanvasElement()), flat(data.data ?? data), 2, 'the cut-out');
          device.close();
          return 1;
        }
        // a canvas stores premultiplied colours, so transparent pixels have no colour
        function flat(pixels) {
          const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: pixels.length / 2560 });
          canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(pixels), 640), 0, 0);
          return pixelsOf(canvas);
        }`,
      ),
    },
    konva: {
      text: library(
        'Konva 10',
        `export async function run() {
          const stage = new Konva.Stage({ container: document.body.appendChild(document.createElement('div')), width, height });
          const layer = new Konva.Layer();
          stage.add(layer);
          layer.add(node);
          layer.draw();
          close(pixelsOf(layer.getCanvas()._canvas), pixelsOf(overlay), 2, 'the overlay');
          device.close();
          return 1;
        }`,
      ),
    },
    pixi: {
      text: library(
        'PixiJS 8',
        `import { Application } from 'pixi.js';
        export async function run() {
          const app = new Application();
          await app.init({ width, height, preference: 'webgl', backgroundAlpha: 0, antialias: false });
          app.stage.addChild(group);
          app.render();
          const { pixels } = app.renderer.extract.pixels({ target: app.stage, frame: app.screen });
          const alpha = Uint8Array.from({ length: width * height }, (_, i) => pixels[i * 4 + 3]);
          close(alpha, await mask.bytes(), 2, 'the alpha of the masked sprite');
          device.close();
          return 1;
        }`,
      ),
    },
    three: {
      text: library(
        'three.js',
        `import { Mesh, OrthographicCamera, PlaneGeometry, Scene, WebGLRenderer } from 'three';
        export async function run() {
          const renderer = new WebGLRenderer({ alpha: true, premultipliedAlpha: false, preserveDrawingBuffer: true });
          renderer.setClearAlpha(0);
          renderer.setSize(width, height, false);
          const scene = new Scene();
          scene.add(new Mesh(new PlaneGeometry(2, 2), material));
          renderer.render(scene, new OrthographicCamera(-1, 1, 1, -1, -1, 1));
          const gl = renderer.getContext();
          const pixels = new Uint8Array(width * height * 4);
          gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
          // rows of a framebuffer start at the bottom; blending over nothing squares alpha unless it is added
          const alpha = new Uint8Array(width * height);
          for (let y = 0; y < height; y++)
            for (let x = 0; x < width; x++) alpha[y * width + x] = pixels[((height - 1 - y) * width + x) * 4 + 3];
          close(alpha, await mask.bytes(), 2, 'the alpha of the material');
          device.close();
          return 1;
        }`,
      ),
    },
  };
}

/** A component, compiled by the library's own compiler, and its state for `mount`. */
const svelte = (component) => async (folder) => {
  const { default: compiler } = await import(
    pathToFileURL(createRequire(join(folder, 'package.json')).resolve('svelte/compiler')).href
  );
  const state = compiler.compileModule(
    'export const state = (first) => { const props = $state(first); return props; };',
    {
      filename: 'state.svelte.js',
      generate: 'client',
    },
  ).js.code;
  const { code } = compiler.compile(component, { filename: 'Guide.svelte', generate: 'client', dev: false }).js;
  return [
    {
      name: 'svelte',
      setup(builder) {
        const plain = (filter, name, contents) => {
          builder.onResolve({ filter }, () => ({ path: name, namespace: 'guide' }));
          builder.onLoad({ filter: new RegExp(`^${name}$`), namespace: 'guide' }, () => ({
            contents,
            loader: 'ts',
            resolveDir: folder,
          }));
        };
        plain(/^guide-view$/, 'view', code);
        plain(/^guide-state$/, 'state', state);
        plain(/^guide\.svelte$/, 'both', "export { default } from 'guide-view'; export { state } from 'guide-state';");
      },
    },
  ];
};
