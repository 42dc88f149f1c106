// Stand-ins for the libraries of docs/guides.md and docs/frameworks.md, which accept only what the guides pass to
// them. HOSTS=folder replaces them by bundles of the real libraries (fabric.js, konva.js, …).
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const drawable = `const drawable = (one) => {
  if (!(one instanceof HTMLCanvasElement || one instanceof ImageBitmap)) throw new TypeError('not to be drawn');
  return one;
};`;

const standIns: Record<string, string> = {
  // effects run twice, as StrictMode runs them
  react: `export const useRef = (current) => ({ current: current ?? document.createElement('canvas') });
  export const useEffect = (effect) => { effect()?.(); effect(); };`,
  vue: `const scopes = [];
  export const ref = (value) => ({ value });
  export const watch = (source, run, options) => run(options?.immediate ? source.value : document.createElement('canvas'));
  export const onScopeDispose = (end) => scopes.push(end);`,
  fabric: `${drawable} export class FabricImage {
    constructor(element, options) { this.element = drawable(element); Object.assign(this, options); }
    set(name, value) { this[name] = value; return this; }
  }`,
  konva: `${drawable} class Image {
    constructor({ image, ...rest }) { this.image = drawable(image); Object.assign(this, rest); }
    getLayer() { return null; }
  }
  export default { Image };`,
  'pixi.js': `${drawable} export class Texture { static from(source) { return Object.assign(new Texture(), { source: drawable(source) }); } }
  export class Sprite {
    constructor(texture) { if (!(texture instanceof Texture)) throw new TypeError('no texture'); this.texture = texture; }
    setMask({ mask, channel }) { if (!(mask instanceof Sprite) || !['red', 'alpha'].includes(channel)) throw new TypeError('no mask'); }
  }
  export class Container {
    addChild(...children) { if (!children.every((one) => one instanceof Sprite)) throw new TypeError('no sprite'); }
  }`,
  three: `export const RGBAFormat = 1023; export const LinearFilter = 1006;
  export class DataTexture {
    constructor(data, width, height) { if (data.length !== width * height * 4) throw new RangeError('wrong length'); }
  }
  export class MeshBasicMaterial { constructor(options) { Object.assign(this, options); } }`,
  'onnxruntime-web': `export class Tensor {
    constructor(type, data, dims) {
      if (data.length !== dims.reduce((a, b) => a * b, 1)) throw new RangeError('wrong length');
      Object.assign(this, { type, data, dims });
    }
  }`,
  '@huggingface/transformers': `export class RawImage {
    constructor(data, width, height, channels) {
      if (data.length !== width * height * channels) throw new RangeError('wrong length');
      Object.assign(this, { data, width, height, channels });
    }
  }`,
};

const folder = process.env.HOSTS;
const fileOf = (name: string): string => `/hosts/${name.replace(/\W/g, '-').replace(/^-/, '')}.js`;

export const hostImports = Object.fromEntries(Object.keys(standIns).map((name) => [name, fileOf(name)]));

export const hostPages = Object.fromEntries(
  Object.entries(standIns).map(([name, text]) => {
    const real = folder && join(folder, fileOf(name).slice('/hosts/'.length));
    return [fileOf(name), real && existsSync(real) ? readFileSync(real, 'utf8') : text];
  }),
);
