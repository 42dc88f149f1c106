// How fast a context is. Where there is no GPU, browsers run WebGL2 as a program on the CPU, and WASM is the better one of two.

import { ChromaskError } from '../base/errors.js';
import { nextTurn } from '../base/pause.js';
import type { Engine, Extent } from '../engine.js';
import { runPass } from './passes.js';
import type { Gpu } from './shared.js';
import type { Slots } from './slots.js';

/** What is known to be a program: Chromium's, Mesa's, Windows's and Apple's. */
const SOFTWARE =
  /swiftshader|llvmpipe|softpipe|lavapipe|swrast|\bwarp\b|microsoft basic render|apple software|software raster/i;
/** Nanoseconds that a GPU takes at most to copy a pixel; it takes a tenth of that, a program fifteen. */
const SLOW = 2;
/** Sides of a picture small enough to show what a call costs, and of one where pixels count. */
const SMALL = 64;
const LARGE = 512;
const ROUNDS = 4;
/** Milliseconds after which a context has no further round, once it has had two: other programs run too. */
const ENOUGH = 3;
/** How many times as fast as WASM a program has to be: a copy is the least there is to draw, and two clocks are never alike. */
const WORTH = 2;

// asked once a page, as there is one such context for a page
const page: { said?: Promise<string | undefined> } = {};

/** Why WASM is to be taken instead, if it is; `rival` opens it, and is only asked where the context is slow. */
export function outrun(gpu: Gpu, slots: Slots, rival: () => Promise<Engine>): Promise<string | undefined> {
  page.said ??= measured(gpu, slots, rival).catch((error) => {
    // where this device may hold too little to measure with, the next one may hold more; without WASM it is the only one
    if (error instanceof ChromaskError && error.code === 'out-of-memory') page.said = undefined;
    return undefined;
  });
  return page.said;
}

/** What was found before, on this page. */
export const outrunBefore = (): Promise<string | undefined> | undefined => page.said;

async function measured(gpu: Gpu, slots: Slots, rival: () => Promise<Engine>): Promise<string | undefined> {
  const name = nameOf(gpu);
  const known = SOFTWARE.test(name);
  const copied = await copyTime(gpu, slots);
  if (!known && copied < SLOW) return undefined;
  const made = await lumaTime(await rival());
  // what a coarse clock does not see is no proof that a program is fast: there its name decides
  if (known ? copied > 0 && made > copied * WORTH : made >= copied) return undefined;
  const how = known ? 'is a program on the CPU, by its name' : 'is as slow as a program on the CPU';
  const times = `it copies a pixel in ${copied.toFixed(1)} ns, and wasm makes one of a mask in ${made.toFixed(1)}`;
  return `${name} ${how}: ${times}; device: 'webgl2' insists on it`;
}

/** What browsers tell of who draws. Firefox has it in RENDERER, and warns of the extension that others want. */
function nameOf({ context }: Gpu): string {
  return context.use((gl) => {
    const plain = String(gl.getParameter(gl.RENDERER));
    if (!/^(webkit webgl|mozilla|)$/i.test(plain)) return plain;
    const told = gl.getExtension('WEBGL_debug_renderer_info');
    return String((told && gl.getParameter(told.UNMASKED_RENDERER_WEBGL)) || plain);
  });
}

/** Nanoseconds to copy a pixel of four bytes, without what every call costs. */
async function copyTime(gpu: Gpu, slots: Slots): Promise<number> {
  // the first draw waits for its program to be compiled, which a program on the CPU takes long for
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

/** The least milliseconds of some rounds, of fewer where they take long. */
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

/** Waits until what was drawn is there: by a fence, because a read that waits is something that browsers warn of. */
async function finished({ context }: Gpu): Promise<void> {
  const { gl } = context;
  const fence = context.use(() => {
    const sync = context.made(gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0));
    gl.flush();
    return sync;
  });
  try {
    // it changes between two turns of the event loop; a timer's would be counted in milliseconds
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
