// The built library through its public API: recorded calls, random chains, context loss and display.
import type { Device, ImageBatch, MaskBatch } from '../../../src/index.js';
import { built, random, surface } from './tools.js';

type Library = typeof import('../../../src/index.js');
export type Comfy = typeof import('../../../src/comfy/index.js');

export const open = async (device: 'webgl2' | 'wasm', more: object = {}): Promise<Device> =>
  (await built<Library>('/dist/chromask.js')).open({ device, ...more });

interface Sent {
  shape: number[];
  type: 'float32' | 'uint8';
  base64: string;
}

interface Case {
  id: string;
  note?: string;
  className: string;
  params: Record<string, never>;
  inputs: Record<string, Sent>;
  outputs: Record<string, Sent>;
}

function received({ base64, type, shape }: Sent): { shape: number[]; data: Float32Array | Uint8Array } {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  return { shape, data: type === 'uint8' ? bytes : new Float32Array(bytes.buffer) };
}

/** Elements that differ in each recorded call, only the calls that differ; and how many were made on which device. Of `every` so many one. */
export async function golden({
  on = 'webgl2',
  every = 1,
}: {
  on?: 'webgl2' | 'wasm';
  every?: number;
}): Promise<{ device: string; made: number; wrong: Record<string, number | string> }> {
  const device = await open(on);
  const { runNode } = await built<Comfy>('/dist/comfy.js');
  const cases: Case[] = await (await fetch('/cases.json')).json();
  const wrong: Record<string, number | string> = {};
  let made = 0;
  for (const one of cases.filter((_, i) => i % every === 0)) {
    const title = `${one.id} ${one.className} ${JSON.stringify(one.params)}`;
    const { file, ...arrays } = Object.fromEntries(
      Object.entries(one.inputs).map(([name, sent]) => [name, received(sent)]),
    );
    const inputs = file ? { image: file.data } : { ...one.params, ...arrays };
    try {
      const given = (await runNode(device, one.className as never, inputs as never)) as unknown as MaskBatch[];
      const expected = Object.entries(one.outputs).filter(([name]) => name !== 'colors' && name !== 'rgba');
      if (given.length !== expected.length) wrong[title] = `${given.length} outputs`;
      for (const [i, [, sent]] of expected.entries()) {
        const got = await given[i].data();
        const { data } = received(sent);
        // an alpha of another size is promised within 1e-6 of torch
        const near = (x: number, y: number): boolean =>
          one.note?.includes('of other size') === true && Math.abs(x - y) <= 1e-6;
        const bad = got.reduce((sum, x, at) => sum + Number(!Object.is(x, data[at]) && !near(x, data[at])), 0);
        if (bad || got.length !== data.length) wrong[title] = bad;
      }
      made++;
      for (const batch of given) batch.dispose();
    } catch (error) {
      wrong[title] = String(error).slice(0, 300);
    }
  }
  const name = device.name;
  device.close();
  return { device: name, made, wrong };
}

/** One random chain on a device, the same for the same seed. */
export function chain(device: Device, seed: number): { result: MaskBatch | ImageBatch; told: string } {
  const next = random(seed);
  for (let i = 0; i < 5; i++) next();
  const whole = (most: number): number => Math.floor(next() * most);
  const pick = <T>(list: readonly T[]): T => list[whole(list.length)];
  const big = next() < 0.05;
  let [h, w] = big ? [1 + whole(500), 1 + whole(700)] : [1 + whole(40), 1 + whole(60)];
  const batch = 1 + whole(3);
  const values = (n: number, float: boolean): Uint8Array | Float32Array => {
    const flat = next() < 0.3;
    const one = (): number => (flat ? whole(4) * 85 : whole(256));
    if (!float) return Uint8Array.from({ length: n }, one);
    return Float32Array.from({ length: n }, () =>
      next() < 0.1 ? pick([0, -0, 1, 1.5, -0.5, 1e-30, 1e-40, 0.5, 3e38]) : next(),
    );
  };
  const channels = pick([1, 3, 4]);
  const image = device.image(values(batch * h * w * channels, next() < 0.3), [batch, h, w, channels]);
  const names = [
    'L(LAB)',
    'A(Lab)',
    'B(Lab)',
    'R(RGB)',
    'G(RGB)',
    'B(RGB)',
    'alpha',
    'Y(YUV)',
    'U(YUV)',
    'V(YUV)',
    'H(HSV)',
    'S(HSV)',
    'V(HSV)',
    'luma',
  ];
  const float = image.dtype === 'float32';
  const name = pick(float && channels < 4 ? names.filter((one) => one !== 'alpha') : names);
  let mask = image.channel(name as never);
  let told = `${batch}x${h}x${w}x${channels} ${image.dtype} ${name}`;
  const seen: MaskBatch[] = [mask];
  for (let n = 1 + whole(8); n > 0; n--) {
    const op = pick([
      'invert',
      'normalize',
      'levels',
      'threshold',
      'clamp',
      'grow',
      'fadeEdges',
      'crop',
      'resize',
      'interpolate',
      'blur',
      'boxBlur',
      'opening',
      'border',
      'join',
      'paste',
      'cast',
      'slice',
      'cat',
      'composite',
      'toGray',
      'withAlpha',
    ]);
    const options: Record<string, number | boolean | string> = {};
    if (op === 'levels') Object.assign(options, { black: whole(256), white: whole(256), gray: (1 + whole(999)) / 100 });
    if (op === 'threshold') options.value = whole(101) / 100;
    if (op === 'grow')
      Object.assign(options, {
        expand: whole(13) - 6,
        shape: next() < 0.5 ? 'diamond' : next() < 0.5 ? 'square' : 'disk',
      });
    if (op === 'fadeEdges') for (const edge of ['left', 'top', 'right', 'bottom']) options[edge] = whole(20);
    if (op === 'crop') Object.assign(options, { x: whole(w), y: whole(h), width: 1 + whole(w), height: 1 + whole(h) });
    if (op === 'blur' || op === 'boxBlur') options.radius = whole(250) / 10;
    if (op === 'opening') Object.assign(options, { radius: whole(5) });
    if (op === 'border') Object.assign(options, { width: 1 + whole(5), shape: pick(['diamond', 'square', 'disk']) });
    if (op === 'resize') options.filter = pick(['nearest', 'box', 'bilinear', 'hamming', 'bicubic', 'lanczos']);
    if (op === 'resize' || op === 'interpolate')
      Object.assign(options, { width: 1 + whole(50), height: 1 + whole(50) });
    if (op === 'join') {
      const kind = pick([
        'multiply',
        'add',
        'subtract',
        'max',
        'min',
        'difference',
        'average',
        'and',
        'or',
        'xor',
      ] as const);
      const count = next() < 0.5 ? 1 : mask.shape[0];
      const size = mask.shape[1] * mask.shape[2];
      const fit = seen.filter(
        (one) => one.shape[1] === mask.shape[1] && one.shape[2] === mask.shape[2] && one.shape[0] === mask.shape[0],
      );
      const other =
        next() < 0.5 && fit.length
          ? pick(fit)
          : device.mask(values(count * size, next() < 0.5), [count, mask.shape[1], mask.shape[2]]);
      mask = mask[kind](other);
      told += ` ${kind}`;
    } else if (op === 'paste' || op === 'composite') {
      const [ph, pw] = [1 + whole(h + 5), 1 + whole(w + 5)];
      const patch = device.mask(values(ph * pw, next() < 0.5), [1, ph, pw]);
      const at = { x: whole(w), y: whole(h) };
      mask =
        op === 'paste'
          ? mask.paste(patch, at)
          : mask.composite(patch, {
              ...at,
              operation: pick(['multiply', 'add', 'subtract', 'and', 'or', 'xor'] as const),
            });
    } else if (op === 'cast') mask = mask.as(mask.dtype === 'uint8' ? 'float32' : 'uint8');
    else if (op === 'slice') mask = mask.at(whole(mask.shape[0]));
    else if (op === 'cat')
      mask =
        device.mask === undefined
          ? mask
          : (mask.constructor as unknown as { cat(of: MaskBatch[]): MaskBatch }).cat([mask, mask.invert()]);
    else if (op === 'toGray') mask = mask.toGray().channel('luma');
    else if (op === 'withAlpha') mask = mask.toGray().withAlpha(mask).withAlpha(mask).channel('alpha');
    else mask = (mask as unknown as Record<string, (options: object) => MaskBatch>)[op](options);
    if (op !== 'join') told += ` ${op}${JSON.stringify(options)}`;
    [, h, w] = mask.shape;
    seen.push(mask);
    if (mask.shape[0] > 6) mask = mask.at(0);
  }
  return { result: mask, told };
}

/** Random chains on both devices; every chain whose bits differ. */
export async function chains({
  from,
  count,
}: {
  from: number;
  count: number;
}): Promise<{ names: string[]; elements: number; wrong: Record<string, string> }> {
  const [gpu, wasm] = [await open('webgl2'), await open('wasm')];
  const wrong: Record<string, string> = {};
  let elements = 0;
  for (let seed = from; seed < from + count; seed++) {
    let told = '';
    try {
      const [a, b] = [chain(gpu, seed), chain(wasm, seed)];
      told = b.told;
      const [x, y] = [await a.result.data(), await b.result.data()];
      const copy = (bytes: Uint8Array): Uint8Array => bytes.slice();
      const [p, q] = [await a.result.withBytes(copy), await b.result.withBytes(copy)];
      const bad =
        x.reduce((sum, v, i) => sum + Number(!Object.is(v, y[i])), 0) +
        p.reduce((sum, v, i) => sum + Number(v !== q[i]), 0);
      elements += x.length;
      if (bad || x.length !== y.length) wrong[seed] = `${bad} of ${x.length}: ${told}`;
    } catch (error) {
      wrong[seed] = `${String((error as Error).stack).slice(0, 900)}: ${told}`;
    }
  }
  const names = [gpu.name, wasm.name];
  gpu.close();
  wasm.close();
  return { names, elements, wrong };
}

/** What a canvas, a bitmap and a host's texture show, as numbers. */
export async function seen(): Promise<Record<string, number[] | string>> {
  const device = await open('webgl2');
  const data = Uint8Array.of(0, 64, 128, 255, 200, 10);
  const mask = device.mask(data, [1, 2, 3]);
  const image = device.image(
    Uint8Array.from({ length: 18 }, (_, i) => i * 10),
    [1, 2, 3, 3],
  );
  const look = async (canvas: OffscreenCanvas): Promise<number[]> => {
    const context = canvas.getContext('2d', { willReadFrequently: true });
    return Array.from(context?.getImageData(0, 0, 3, 2).data ?? []);
  };
  const drawn = async (options?: object, what: MaskBatch | ImageBatch = mask): Promise<number[]> => {
    const canvas = new OffscreenCanvas(3, 2);
    await what.draw(canvas, options);
    return look(canvas);
  };
  const floats = device.mask(Float32Array.of(-1, 0.2, 0.4, 1, 2, 0), [1, 2, 3]);
  const bitmap = await mask.toImageBitmap();
  const canvas = new OffscreenCanvas(3, 2);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  const before = device.stats().readBytes;
  const result = {
    plain: await drawn(),
    bitmap: await look(canvas),
    tint: await drawn({ tint: [255, 0, 0] }),
    shade: await drawn({ tint: [100, 200, 50], opacity: 0.5 }),
    over: await drawn({ tint: '#0000ff', opacity: 0.5, over: image }),
    picture: await drawn({}, image),
    floats: await drawn({}, floats),
    read: [device.stats().readBytes - before],
    location: mask.location,
  };
  device.close();
  return result;
}

/** A host's context: what it shows of a texture, and whether its state is as it was. */
export async function hosted(): Promise<{ texture: number[]; changed: string[]; alive: boolean; right: boolean }> {
  const host = surface(8, 8);
  const gl = host.getContext('webgl2') as WebGL2RenderingContext;
  const texture = gl.createTexture();
  gl.activeTexture(gl.TEXTURE3);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.enable(gl.BLEND);
  gl.enable(gl.SCISSOR_TEST);
  gl.viewport(1, 2, 3, 4);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 2);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, true);
  gl.colorMask(true, false, true, false);
  const names = [
    'CURRENT_PROGRAM',
    'ACTIVE_TEXTURE',
    'TEXTURE_BINDING_2D',
    'TEXTURE_BINDING_2D_ARRAY',
    'BLEND',
    'SCISSOR_TEST',
    'VIEWPORT',
    'UNPACK_ALIGNMENT',
    'UNPACK_FLIP_Y_WEBGL',
    'COLOR_WRITEMASK',
    'FRAMEBUFFER_BINDING',
    'VERTEX_ARRAY_BINDING',
    'PIXEL_PACK_BUFFER_BINDING',
    'DITHER',
    'UNPACK_ROW_LENGTH',
    'SAMPLER_BINDING',
  ] as const;
  const state = (): string[] =>
    names.map((name) => {
      const value: unknown = gl.getParameter(gl[name]);
      return ArrayBuffer.isView(value) || Array.isArray(value)
        ? String(value)
        : value === texture
          ? 'ours'
          : String(value);
    });
  const before = state();
  const device = await open('webgl2', { gl });
  const data = Uint8Array.of(0, 64, 128, 255, 200, 10);
  const mask = device.mask(data, [1, 2, 3]).invert();
  const right = String(await mask.bytes()) === String(data.map((v) => 255 - v));
  const made = await mask.texture();
  const after = state();
  const frame = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, made, 0);
  const out = new Uint8Array(24);
  gl.pixelStorei(gl.PACK_ALIGNMENT, 1);
  gl.readPixels(0, 0, 3, 2, gl.RGBA, gl.UNSIGNED_BYTE, out);
  device.close();
  return {
    texture: Array.from({ length: 6 }, (_, i) => out[i * 4]),
    changed: names.filter((_, i) => before[i] !== after[i]),
    alive: !gl.isContextLost(),
    right,
  };
}

/** What `open` says where it should not trust the GPU, and what a device does with too much. */
export async function refusals(): Promise<Record<string, string>> {
  const said: Record<string, string> = {};
  const library = await built<Library>('/dist/chromask.js');
  const attempt = async (name: string, owner: object, method: string, replacement: unknown): Promise<void> => {
    const methods = owner as Record<string, unknown>;
    const original = methods[method];
    methods[method] = typeof replacement === 'function' ? replacement(original) : replacement;
    try {
      const device = await library.open({ device: 'auto' });
      said[name] = `${device.name}: ${device.why.join('; ')}`;
      said[`${name}, asked for`] = await library.open({ device: 'webgl2' }).then(
        (other) => other.name,
        (error: { code: string }) => error.code,
      );
      device.close();
    } finally {
      methods[method] = original;
    }
  };
  type Call = (this: unknown, ...given: unknown[]) => unknown;
  const gl = WebGL2RenderingContext.prototype;
  const noContext = () => () => null;
  const withNoise = (original: Call): Call =>
    function (this: unknown, ...given: unknown[]): unknown {
      const value = original.apply(this, given);
      if (given[2] instanceof Uint8Array) given[2][77] ^= 1;
      return value;
    };
  const small = (original: Call): Call =>
    function (this: unknown, ...given: unknown[]): unknown {
      return given[0] === 0x0d33 ? 1024 : original.apply(this, given);
    };
  const page = typeof HTMLCanvasElement === 'undefined' ? undefined : HTMLCanvasElement.prototype.getContext;
  if (page) HTMLCanvasElement.prototype.getContext = (() => null) as never;
  // nor is the one that a closed device left for the next
  const lost = gl.isContextLost;
  gl.isContextLost = () => true;
  await attempt('none', OffscreenCanvas.prototype, 'getContext', noContext);
  gl.isContextLost = lost;
  if (page) HTMLCanvasElement.prototype.getContext = page;
  // a browser that guards against fingerprints changes bytes, and names no renderer
  const named = gl.getParameter;
  gl.getParameter = function (this: WebGL2RenderingContext, what: number): unknown {
    return what === this.RENDERER || what === 0x9246 ? 'Mozilla' : named.call(this, what);
  };
  await attempt('perturbed', gl, 'getBufferSubData', withNoise);
  gl.getParameter = named;
  await attempt('small', gl, 'getParameter', small);
  const device = await open('webgl2', { limits: { memory: 2 ** 20 } });
  const big = device.image(new Uint8Array(1024 * 1024 * 4), [1, 1024, 1024, 4]);
  said.memory = await big.bytes().then(
    () => 'right',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );
  const masks = Array.from({ length: 12 }, (_, i) => device.mask(new Uint8Array(60).fill(i), [1, 6, 10]).invert());
  const all = await Promise.all(masks.map((mask) => mask.bytes()));
  said.together = String(all.every((bytes, i) => bytes.every((v) => v === 255 - i)));
  device.close();
  said.closed = await masks[0].bytes().then(String, (error: { code: string }) => error.code);
  return said;
}
