// Contexts shared with a host: what it sets stays, and its canvas shows what it should.
import type { Device } from '../../../src/index.js';
import { random, surface } from './tools.js';
import { open } from './whole.js';

interface Host {
  gl: WebGL2RenderingContext;
  device: Device;
}

async function hosting<T>(
  work: (host: Host) => Promise<T>,
  attributes: WebGLContextAttributes = {},
  [width, height] = [8, 6],
): Promise<T> {
  const canvas = surface(width, height);
  const gl = canvas.getContext('webgl2', { preserveDrawingBuffer: true, ...attributes }) as WebGL2RenderingContext;
  const device = await open('webgl2', { gl });
  try {
    return await work({ gl, device });
  } finally {
    device.close();
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

const next = random(23);
const noise = (n: number): Uint8Array => Uint8Array.from({ length: n }, () => next() * 256);

/** What a host set for its blending, before and after a mask is laid over its canvas. */
export const blending = (): Promise<string[]> =>
  hosting(async ({ gl, device }) => {
    const { BLEND_SRC_RGB, BLEND_DST_RGB, BLEND_SRC_ALPHA, BLEND_DST_ALPHA, BLEND_EQUATION_RGB, BLEND_EQUATION_ALPHA } =
      gl;
    const names = [BLEND_SRC_RGB, BLEND_DST_RGB, BLEND_SRC_ALPHA, BLEND_DST_ALPHA];
    const state = (): string =>
      String([...names, BLEND_EQUATION_RGB, BLEND_EQUATION_ALPHA].map((name) => gl.getParameter(name)));
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_COLOR, gl.ONE, gl.ZERO);
    gl.blendEquationSeparate(gl.FUNC_SUBTRACT, gl.FUNC_REVERSE_SUBTRACT);
    const before = state();
    await device.mask(noise(48), [6, 8]).draw(gl.canvas, { over: true, tint: '#ff0000' });
    return [before, state()];
  });

/** Elements that are loaded while a host has an error of its own that it has not asked for yet. */
export const pending = (): Promise<boolean[]> =>
  hosting(async ({ gl, device }) => {
    // opaque: not every browser's bitmaps keep their colours under alpha
    const pixels = noise(8 * 6 * 4).map((value, i) => (i % 4 === 3 ? 255 : value));
    const straight = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' } as const;
    const bitmap = await createImageBitmap(new ImageData(new Uint8ClampedArray(pixels), 8, 6), straight);
    const kept = device.mask(noise(4), [2, 2]);
    await kept.invert().bytes();
    const right: boolean[] = [];
    for (let i = 0; i < 3; i++) {
      gl.enable(0xdead);
      const { rgba } = await device.load(bitmap);
      gl.enable(0xdead);
      right.push(String(await rgba.bytes()) === String(pixels));
      rgba.dispose();
    }
    return right;
  });

/** What a host set for its second draw buffer, where its browser can: before, and after masks are made and shown. */
export const buffers = (): Promise<string[]> =>
  hosting(async ({ gl, device }) => {
    const each = gl.getExtension('OES_draw_buffers_indexed');
    if (!each) return ['', ''];
    each.enableiOES(gl.BLEND, 1);
    each.colorMaskiOES(1, true, false, true, false);
    each.blendFunciOES(1, gl.ONE, gl.DST_COLOR);
    each.blendEquationiOES(1, gl.FUNC_SUBTRACT);
    const state = (): string =>
      String([
        ...[0, 1].map((i) => gl.getIndexedParameter(gl.COLOR_WRITEMASK, i)),
        ...[gl.BLEND_SRC_RGB, gl.BLEND_DST_ALPHA, gl.BLEND_EQUATION_RGB].map((name) => gl.getIndexedParameter(name, 1)),
      ]);
    const before = state();
    const mask = device.mask(noise(48), [6, 8]).invert();
    await mask.histogram();
    await mask.draw(gl.canvas, { over: true, tint: '#ff0000' });
    return [before, state()];
  });

interface Polygons {
  readonly POLYGON_MODE_WEBGL: GLenum;
  readonly LINE_WEBGL: GLenum;
  polygonModeWEBGL(face: GLenum, mode: GLenum): void;
}

/** A host that draws lines, where its browser can: whether a pass is right, and whether the host still does. */
export const lines = (): Promise<{ right: boolean; lines: boolean }> =>
  hosting(async ({ gl, device }) => {
    const extension = gl.getExtension('WEBGL_polygon_mode') as Polygons | null;
    extension?.polygonModeWEBGL(gl.FRONT_AND_BACK, extension.LINE_WEBGL);
    const pixels = noise(40 * 30);
    const got = await device.mask(pixels, [30, 40]).invert().bytes();
    return {
      right: String(got) === String(pixels.map((value) => 255 - value)),
      lines: !extension || gl.getParameter(extension.POLYGON_MODE_WEBGL) === extension.LINE_WEBGL,
    };
  });

const plainHasAlpha = (context: OffscreenCanvasRenderingContext2D): boolean =>
  context.getImageData(0, 0, 1, 1).data[3] === 0;

/** The most that what a host's canvas shows differs from what a 2-D canvas does, at the places of `work`. */
async function apart(
  attributes: WebGLContextAttributes,
  size: [number, number],
  work: (device: Device, canvas: OffscreenCanvas | HTMLCanvasElement) => Promise<void>,
): Promise<number> {
  return hosting(
    async ({ gl, device }) => {
      const plain = new OffscreenCanvas(...size);
      const { alpha } = attributes;
      const context = plain.getContext('2d', { alpha, willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
      const copy = new OffscreenCanvas(...size).getContext('2d', { alpha }) as OffscreenCanvasRenderingContext2D;
      // WebKit's 2-D canvases have alpha even if asked for none: there is nothing to compare with
      if (alpha === false && plainHasAlpha(context)) return 0;
      await work(device, gl.canvas);
      await work(device, plain);
      copy.drawImage(gl.canvas, 0, 0);
      const [a, b] = [copy, context].map((one) => one.getImageData(0, 0, ...size).data);
      return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
    },
    attributes,
    size,
  );
}

/** Masks on canvases of hosts of every kind. */
export async function shownByHosts(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  const gray = Uint8Array.of(0, 64, 128, 255, 200, 100, 50, 255);
  for (const attributes of [{}, { premultipliedAlpha: false }, { alpha: false }, { antialias: false }]) {
    found[`tinted ${JSON.stringify(attributes)}`] = await apart(attributes, [4, 2], (device, canvas) =>
      device.mask(gray, [2, 4]).draw(canvas, { tint: '#ff8000' }),
    );
    found[`over ${JSON.stringify(attributes)}`] = await apart(attributes, [4, 2], async (device, canvas) => {
      const mask = device.mask(gray, [2, 4]);
      await mask.draw(canvas, { tint: '#ff8000' });
      await mask.invert().draw(canvas, { tint: '#0080ff', opacity: 0.8, over: true });
    });
  }
  for (const [height, width] of [
    [6, 8],
    [13, 20],
    [60, 64],
  ]) {
    const slope = Uint8Array.from({ length: height * width }, (_, i) => {
      const [x, y] = [(i % width) / width, Math.floor(i / width) / height];
      return 60 + 120 * x + 60 * y;
    });
    found[`${width} x ${height} on 16 x 12`] = await apart({}, [16, 12], (device, canvas) =>
      device.mask(slope, [height, width]).draw(canvas),
    );
  }
  const side = 9000; // more than a texture of SwiftShader, and than its canvas
  found['a long one'] = await apart({}, [8, 6], (device, canvas) =>
    device.mask(new Uint8Array(side).fill(200), [1, side]).draw(canvas),
  );
  return found;
}
