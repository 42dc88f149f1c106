// The context is lost while an element is loaded or a mask is shown, and restored: the request still succeeds.
import { random } from './tools.js';
import { open } from './whole.js';

type Call = (this: WebGL2RenderingContext, ...given: unknown[]) => unknown;

/** Lose the context, and give it back a little later. */
function take(gl: WebGL2RenderingContext): void {
  const extension = gl.getExtension('WEBGL_lose_context');
  extension?.loseContext();
  setTimeout(() => extension?.restoreContext(), 50);
}

const loading = ['texImage2D', 'getError', 'texStorage3D', 'getUniformLocation', 'drawArrays'];
const showing = ['getUniformLocation', 'useProgram', 'drawArrays'];

export async function moments(): Promise<Record<string, string>> {
  const methods = WebGL2RenderingContext.prototype as unknown as Record<string, Call>;
  const found: Record<string, string> = {};
  const next = random(17);
  // opaque: not every browser's bitmaps keep their colours under alpha
  const opaque = new Uint8ClampedArray(30 * 20 * 4).map((_, i) => (i % 4 === 3 ? 255 : next() * 256));
  const straight = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' } as const;
  const bitmap = await createImageBitmap(new ImageData(opaque, 30, 20), straight);
  /** The context of a device that has worked already. */
  const device = async () => {
    const device = await open('webgl2');
    const original = methods.createTexture;
    let gl: WebGL2RenderingContext | undefined;
    methods.createTexture = function (...given) {
      gl = this;
      return original.apply(this, given);
    };
    await device.mask(Uint8Array.of(1, 2), [1, 2]).invert().bytes();
    methods.createTexture = original;
    return { device, gl: gl as WebGL2RenderingContext };
  };
  const attempt = async (name: string, method: string | undefined, work: string): Promise<void> => {
    const { device: one, gl } = await device();
    const image = one.image(new Uint8Array(opaque), [1, 20, 30, 4]);
    if (work !== 'load') await image.bytes();
    const original = method === undefined ? undefined : methods[method];
    if (method === undefined) take(gl);
    else {
      let left = true;
      methods[method] = function (...given) {
        const result = original?.apply(this, given);
        if (left) take(this);
        left = false;
        return result;
      };
    }
    const canvas = new OffscreenCanvas(30, 20);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const made = async (): Promise<ArrayLike<number>> => {
      if (work === 'load') return (await one.load(bitmap)).rgba.bytes();
      if (work === 'draw') await image.draw(canvas);
      else context?.drawImage(await image.toImageBitmap(), 0, 0);
      return context?.getImageData(0, 0, 30, 20).data ?? [];
    };
    const wanted = String(opaque);
    found[name] = await made().then(
      (got) => (String(Array.from(got)) === wanted ? 'right' : 'WRONG'),
      (error) => String((error as { code?: string }).code ?? (error as Error).stack),
    );
    if (method && original) methods[method] = original;
    one.close();
    const { objects, slots } = one.stats();
    if (objects || slots) found[name] += `, ${objects} objects and ${slots} slots left`;
  };
  await attempt('load while it is gone', undefined, 'load');
  for (const method of loading) await attempt(`load, in ${method}`, method, 'load');
  for (const work of ['draw', 'toImageBitmap'])
    for (const method of showing) await attempt(`${work}, in ${method}`, method, work);
  return found;
}
