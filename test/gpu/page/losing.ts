// Context loss at every moment: the right bytes are made again, or a typed error is thrown, but no wrong bytes.
import { bytes, engineOf, random, stepOf } from './tools.js';
import { open } from './whole.js';

/** After each of these calls the work could be torn: every pass, upload, readback and fence. */
const boundaries = ['drawArrays', 'texSubImage3D', 'readPixels', 'fenceSync', 'clientWaitSync', 'getBufferSubData'];
/** What a pass needs before it; tried in a full run. */
const between = ['texStorage3D', 'createTexture', 'createFramebuffer', 'linkProgram', 'useProgram', 'uniform1iv'];

/** Lose the context (and give it back, or not) after every call of these kinds, one at a time, all through one chain. */
export async function losses({ back, full }: { back: boolean; full: boolean }): Promise<{
  points: number;
  wrong: string[];
  ended: Record<string, number>;
  events: Record<string, number>;
  misled: string[];
}> {
  const prototype = WebGL2RenderingContext.prototype as unknown as Record<string, (...given: unknown[]) => unknown>;
  const methods = full ? [...boundaries, ...between] : boundaries;
  const originals = Object.fromEntries(methods.map((name) => [name, prototype[name]]));
  let left = -1;
  let calls = 0;
  let polls = 0;
  // a device waits two seconds for its context before it turns to WASM: here they pass at once
  const later = globalThis.setTimeout;
  const hurry = ((work: () => void, wait = 0) => later(work, wait >= 1000 ? 50 : wait)) as typeof setTimeout;
  if (!back) globalThis.setTimeout = hurry;
  for (const name of methods) {
    prototype[name] = function (this: WebGL2RenderingContext, ...given: unknown[]): unknown {
      const result = originals[name].apply(this, given);
      // a slow GPU is asked a hundred times whether it is done: the first two are as good as all
      polls = name === 'clientWaitSync' ? polls + 1 : 0;
      if (polls > 2) return result;
      calls++;
      if (left >= 0 && left-- === 0) {
        const extension = this.getExtension('WEBGL_lose_context');
        extension?.loseContext();
        if (back) setTimeout(() => extension?.restoreContext(), 20);
      }
      return result;
    };
  }
  const wrong: string[] = [];
  const ended: Record<string, number> = {};
  const events: Record<string, number> = { lost: 0, restored: 0 };
  const misled: string[] = [];
  let points = 0;
  try {
    const wanted = await once(-1);
    const total = wanted.calls;
    for (let n = 0; n < total; n++) {
      points++;
      const got = await once(n).catch((error: unknown) => ({
        calls: 0,
        name: String((error as { code?: string }).code ?? error),
        out: [] as number[],
      }));
      ended[got.name] = (ended[got.name] ?? 0) + 1;
      if (got.out.length && String(got.out) !== String(wanted.out)) wrong.push(`after call ${n}: other bytes`);
      if (!got.out.length && got.name !== 'context-lost') wrong.push(`after call ${n}: ${got.name}`);
    }
  } finally {
    Object.assign(prototype, originals);
    globalThis.setTimeout = later;
  }
  return { points, wrong, ended, events, misled };

  async function once(at: number): Promise<{ calls: number; name: string; out: number[] }> {
    const device = await open('webgl2');
    device.on('lost', () => events.lost++);
    device.on('restored', () => events.restored++);
    calls = 0;
    left = at;
    try {
      const next = random(5);
      const image = device.image(
        Uint8Array.from({ length: 30 * 20 * 4 }, () => next() * 256),
        [1, 30, 20, 4],
      );
      const mask = image.channel('L(LAB)').normalize().levels({ black: 20, white: 230, gray: 1.3 }).invert();
      const other = device.mask(
        Uint8Array.from({ length: 600 }, () => next() * 256),
        [1, 30, 20],
      );
      const all = mask.multiply(other).grow({ expand: 5 }).fadeEdges({ left: 4, bottom: 7 });
      const out = [...(await all.data()), ...(await mask.bytes())];
      const spent = calls;
      left = -1;
      // `why` tells of the device of now: each sentence once, and of the GPU's own only while it is the GPU
      const { why } = device;
      const gpu = why.filter((sentence) => sentence.includes('distinct colours')).length;
      if (new Set(why).size < why.length || gpu > Number(device.name === 'webgl2')) misled.push(why.join('; '));
      return { calls: spent, name: device.name, out };
    } finally {
      left = -1;
      device.close();
    }
  }
}

/** What becomes of a read when the context goes at each moment; always the typed error, never numbers. */
export async function loss(): Promise<Record<string, string>> {
  const outcome: Record<string, string> = {};
  for (const moment of [
    'before alloc',
    'before write',
    'before run',
    'before read',
    'during read',
    'during histogram',
    'after',
  ]) {
    const engine = await lostEngine();
    const { lose, value } = engine;
    const picture = bytes(1, 50, 40, 4, random(3));
    const at = (now: string): void => {
      if (now === moment) lose();
    };
    try {
      at('before alloc');
      const source = value.alloc(picture.extent);
      at('before write');
      value.write(source, picture.data);
      const extent = { ...picture.extent, channels: 1 };
      const into = value.alloc(extent);
      at('before run');
      value.run(into, [{ source, steps: [await stepOf('red', picture.extent)], extent, first: 0, count: 1 }]);
      at('before read');
      const out = new Uint8Array(50 * 40);
      const reading = value.read(into, out);
      at('during read');
      await reading;
      const counting = value.histogram(into);
      at('during histogram');
      await counting;
      at('after');
      outcome[moment] = picture.data.filter((_, i) => i % 4 === 0).every((v, i) => v === out[i]) ? 'right' : 'WRONG';
    } catch (error) {
      outcome[moment] = String((error as { code?: string }).code ?? error);
    } finally {
      value.close();
    }
  }
  return outcome;
}

async function lostEngine(): Promise<{ value: Awaited<ReturnType<typeof engineOf>>; lose: () => void }> {
  const contexts: WebGL2RenderingContext[] = [];
  const prototype = WebGL2RenderingContext.prototype;
  const original = prototype.createVertexArray;
  prototype.createVertexArray = function (this: WebGL2RenderingContext) {
    contexts.push(this);
    return original.call(this);
  };
  try {
    const value = await engineOf();
    return { value, lose: () => contexts[0].getExtension('WEBGL_lose_context')?.loseContext() };
  } finally {
    prototype.createVertexArray = original;
  }
}
