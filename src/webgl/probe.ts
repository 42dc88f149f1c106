// The self-test of a GPU before it is trusted: it can draw integers, reads equal what was written, and its floats
// have the expected bits.
import type { Extent } from '../engine.js';
import { positions, runPass } from './passes.js';
import { readSlot } from './readback.js';
import { byPosition } from './shader.js';
import type { Gpu } from './shared.js';
import type { GpuSlot, Slots } from './slots.js';
import { writeSlot } from './upload.js';

const SIDE = 64;

/** What is wrong with this context's limits, or undefined. */
export function narrow({ context }: Gpu): string | undefined {
  const { side } = context.room;
  return side < 2048 ? `its textures end at ${side} pixels` : undefined;
}

/** What is wrong with what this context draws, or undefined. */
export async function probe(gpu: Gpu, slots: Slots): Promise<string | undefined> {
  return drawable(gpu, slots) ?? (await perturbed(gpu, slots)) ?? (await uncommon(gpu, slots));
}

function drawable(gpu: Gpu, slots: Slots): string | undefined {
  const { context } = gpu;
  for (const dtype of ['uint8', 'float32'] as const) {
    for (const channels of [1, 4]) {
      const bad = lent(slots, { batch: 1, height: 1, width: 1, channels, dtype }, (slot) =>
        context.use((gl) => {
          context.drawInto(slot.texture, [0]);
          const state = gl.checkFramebufferStatus(gl.FRAMEBUFFER);
          context.detach();
          return state !== gl.FRAMEBUFFER_COMPLETE;
        }),
      );
      if (bad) return `it cannot draw ${channels} ${dtype === 'uint8' ? 'bytes' : 'words'} a pixel`;
    }
  }
  return undefined;
}

/** Whether the browser changes a few bytes of what it returns, as a guard against fingerprinting. */
async function perturbed(gpu: Gpu, slots: Slots): Promise<string | undefined> {
  const extent: Extent = { batch: 1, height: SIDE, width: SIDE, channels: 4, dtype: 'uint8' };
  const sent = Uint8Array.from({ length: SIDE * SIDE * 4 }, (_, i) => (Math.imul(i + 1, 0x9e3779b1) >>> 13) & 255);
  const got = new Uint8Array(sent.length);
  const source = slots.alloc(extent);
  const into = slots.alloc(extent);
  try {
    writeSlot(gpu, source, sent);
    runPass(gpu, slots, into, { source, steps: [], extent, first: 0, count: 1 });
    await readSlot(gpu, into, got, () => {});
  } finally {
    slots.free(source);
    slots.free(into);
  }
  const wrong = got.reduce((sum, value, i) => sum + Number(value !== sent[i]), 0);
  return wrong ? `what it gives back is perturbed (${wrong} of ${sent.length} bytes)` : undefined;
}

/** Floats on which GPUs differ: halves of a last place, subnormals, signed zeros, infinities and NaN. */
const TELLING = Float32Array.of(
  ...[0, -0, 1, -1, 0.5, 1 / 3, -2 / 3, 1 + 2 ** -23, 1 - 2 ** -24, 0.1, 254.99998, 4097.0002, -8193.001, 1e-7],
  ...[2 ** -126, 2 ** -149, -1.5 * 2 ** -130, 1.1754942e-38, 3.3e-23, -7.7e-20, 2 ** -95, 3.4e38, -1e30, Infinity, NaN],
);

async function uncommon(gpu: Gpu, slots: Slots): Promise<string | undefined> {
  const { context, programs } = gpu;
  const n = TELLING.length;
  const pairs = new Float32Array(2 * n * n);
  for (let i = 0; i < n * n; i++) {
    pairs[i] = TELLING[i % n];
    pairs[n * n + i] = TELLING[Math.floor(i / n)];
  }
  const source = slots.scratchWords(n * n, 2);
  const into = slots.scratch(n * n, 1, 1);
  const got = new Uint32Array(n * n * 4);
  try {
    writeSlot(gpu, source, pairs);
    context.use((gl) => {
      const { library } = programs;
      const program = programs.find('probe', () =>
        library.link(library.root('lib/probe'), byPosition('source', source)),
      );
      context.drawInto(into.texture, [0]);
      gl.viewport(0, 0, n * n, 1);
      gl.useProgram(program.program);
      programs.draw(program, positions('source', source));
      context.detach();
    });
    await readSlot(gpu, into, new Float32Array(got.buffer), () => {});
  } finally {
    slots.free(source);
    slots.free(into);
  }
  for (let i = 0; i < n * n; i++) {
    const [a, b] = [pairs[i], pairs[n * n + i]];
    const wanted = [bits(a * b), bits(a + b), bits(a - b), byteOf(a)];
    const wrong = wanted.findIndex((value, k) => value !== got[i * 4 + k]);
    if (wrong >= 0)
      return `its floats are not exact (${['product', 'sum', 'difference', 'byte'][wrong]} of ${a} and ${b})`;
  }
  return undefined;
}

const bits = (value: number): number =>
  Number.isNaN(value) ? 0x7fc00000 : new Uint32Array(Float32Array.of(value).buffer)[0];
const byteOf = (x: number): number => Math.trunc(Math.min(Math.max(Math.fround(255 * x) || 0, 0), 255));

function lent<T>(slots: Slots, extent: Extent, use: (slot: GpuSlot) => T): T {
  const slot = slots.alloc(extent);
  try {
    return use(slot);
  } finally {
    slots.free(slot);
  }
}
