// Measures how fast a context is. Without a GPU, browsers run WebGL2 in software on the CPU, and WASM is faster.

import { ChromaskError } from '../base/errors.js';
import { nextTurn } from '../base/pause.js';
import type { Engine, Extent } from '../engine.js';
import { runPass } from './passes.js';
import type { Gpu } from './shared.js';
import type { Slots } from './slots.js';

/** Names of software renderers: Chromium's, Mesa's, Windows's and Apple's. */
const SOFTWARE =
  /swiftshader|llvmpipe|softpipe|lavapipe|swrast|\bwarp\b|microsoft basic render|apple software|software raster/i;
/** Nanoseconds in which any GPU copies a pixel. GPUs take about 0.2, software renderers about 15 (USUAL). */
const SLOW = 2;
const USUAL = 15;
/** Sides of a picture small enough to show the cost of a call, and of one in which pixels dominate. */
const SMALL = 64;
const LARGE = 512;
const ROUNDS = 4;
/** Milliseconds after which no further round begins if there have been two, because the machine may be busy. */
const ENOUGH = 3;
/** How many times faster than WASM a software renderer must be: a copy is the cheapest draw, and two clocks differ. */
const WORTH = 2;

// measured once for a page, because a page has one such context
const page: { said?: Promise<string | undefined> } = {};

/** Why to use WASM instead, or undefined. `rival` opens WASM, and is only called if the context is slow. */
export function outrun(gpu: Gpu, slots: Slots, rival: () => Promise<Engine>): Promise<string | undefined> {
  page.said ??= measured(gpu, slots, rival).catch((error) => {
    // A device with a small memory limit cannot measure, but the next one may. Without WASM there is no choice.
    if (error instanceof ChromaskError && error.code === 'out-of-memory') page.said = undefined;
    return undefined;
  });
  return page.said;
}

/**
 * Why to use WASM instead of a context whose name is that of a software renderer, or undefined. Draws nothing, because
 * the first draw of such a renderer takes 40 milliseconds or more.
 */
export async function outrunByName(gpu: Gpu, rival: () => Promise<Engine>): Promise<string | undefined> {
  const name = nameOf(gpu);
  if (!SOFTWARE.test(name)) return undefined;
  // a page's policy may leave it no kernels to measure
  const made = await rival()
    .then(lumaTime)
    .catch(() => Number.POSITIVE_INFINITY);
  if (made > USUAL * WORTH) return undefined;
  const how = `it takes about ${USUAL} ns to copy a pixel, and wasm made one of a mask in ${made.toFixed(1)}`;
  const said = `${name} is a program on the CPU, by its name: ${how}; device: 'webgl2' insists on it`;
  page.said = Promise.resolve(said);
  return said;
}

/** The earlier result on this page. */
export const outrunBefore = (): Promise<string | undefined> | undefined => page.said;

async function measured(gpu: Gpu, slots: Slots, rival: () => Promise<Engine>): Promise<string | undefined> {
  const name = nameOf(gpu);
  const known = SOFTWARE.test(name);
  const copied = await copyTime(gpu, slots);
  if (!known && copied < SLOW) return undefined;
  const made = await lumaTime(await rival());
  // if the clock is too coarse to tell, the renderer's name decides
  if (known ? copied > 0 && made > copied * WORTH : made >= copied) return undefined;
  const how = known ? 'is a program on the CPU, by its name' : 'is as slow as a program on the CPU';
  const times = `it copies a pixel in ${copied.toFixed(1)} ns, and wasm makes one of a mask in ${made.toFixed(1)}`;
  return `${name} ${how}: ${times}; device: 'webgl2' insists on it`;
}

/** The renderer's name. Firefox gives it as RENDERER, and warns about the extension that other browsers need. */
function nameOf({ context }: Gpu): string {
  return context.use((gl) => {
    const plain = String(gl.getParameter(gl.RENDERER));
    if (!/^(webkit webgl|mozilla|)$/i.test(plain)) return plain;
    const told = gl.getExtension('WEBGL_debug_renderer_info');
    return String((told && gl.getParameter(told.UNMASKED_RENDERER_WEBGL)) || plain);
  });
}

/** Nanoseconds to copy a pixel of four bytes, without the cost of a call. */
async function copyTime(gpu: Gpu, slots: Slots): Promise<number> {
  // the first draw waits for its shaders to compile, which takes long in software
  await copyOf(gpu, slots, SMALL, 1);
  const small = await copyOf(gpu, slots, SMALL);
  const large = await copyOf(gpu, slots, LARGE);
  return (Math.max(0, large - small) * 1e6) / (LARGE * LARGE - SMALL * SMALL);
}

/** Milliseconds to copy a picture. */
async function copyOf(gpu: Gpu, slots: Slots, side: number, rounds = ROUNDS): Promise<number> {
  const extent: Extent = { batch: 1, height: side, width: side, channels: 4, dtype: 'uint8' };
  const source = slots.alloc(extent);
  try {
    const into = slots.alloc(extent);
    try {
      return await best(async () => {
        runPass(gpu, slots, into, { source, steps: [], extent, first: 0, count: 1 });
        await finished(gpu);
      }, rounds);
    } finally {
      slots.free(into);
    }
  } finally {
    slots.free(source);
  }
}

/** The least milliseconds over several rounds, or over fewer if they take long. */
async function best(work: () => Promise<void>, rounds: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0, spent = 0; round < rounds && (round < 2 || spent < ENOUGH); round++) {
    const since = performance.now();
    await work();
    const took = performance.now() - since;
    least = Math.min(least, took);
    spent += took;
  }
  return least;
}

/** Waits until drawing is done, by a fence, because browsers warn about reads that wait. */
async function finished({ context }: Gpu): Promise<void> {
  const { gl } = context;
  const fence = context.use(() => {
    const sync = context.made(gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0));
    gl.flush();
    return sync;
  });
  try {
    // a fence changes between two turns of the event loop, and a timer would add milliseconds
    for (let state: number = gl.TIMEOUT_EXPIRED; state === gl.TIMEOUT_EXPIRED; context.check()) {
      await nextTurn();
      state = gl.clientWaitSync(fence, 0, 0);
    }
  } finally {
    if (!context.lost) gl.deleteSync(fence);
    context.gone();
  }
}

/** Nanoseconds to make a pixel of a mask. */
async function lumaTime(engine: Engine): Promise<number> {
  const extent: Extent = { batch: 1, height: LARGE, width: LARGE, channels: 1, dtype: 'uint8' };
  const source = engine.alloc({ ...extent, channels: 4 });
  const into = engine.alloc(extent);
  const step = {
    kind: 'pick',
    name: 'luma',
    channels: 1,
    dtype: 'uint8',
    numbers: [],
    floats: [],
    others: [],
  } as const;
  const took = await best(
    async () => engine.run(into, [{ source, steps: [step], extent, first: 0, count: 1 }]),
    ROUNDS,
  );
  engine.free(source);
  engine.free(into);
  return (took * 1e6) / (LARGE * LARGE);
}
