// Histograms. Kernels count in four tables, so that equal neighbours do not wait for each other.
import type { Pause } from '../base/pause.js';
import { elements, type Pass } from '../engine.js';
import { Blocks } from './blocks.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import type { Arena } from './memory.js';
import { Operands } from './operands.js';
import { runPasses, type Target } from './passes.js';
import { amount, BAND, TALLY } from './track.js';

/** 256 counts for every picture of a slot of bytes. */
export async function histogramOf(engine: WasmEngine, slot: WasmSlot, pause?: Pause): Promise<Uint32Array[]> {
  const { arena, kernels } = engine;
  const { batch, height, width } = slot.extent;
  if (engine.crew && slot.at !== undefined && elements(slot.extent) >= engine.crew.least) {
    const whole = { source: slot, steps: [], extent: slot.extent, first: 0, count: batch };
    return runCounting(engine, slot, [whole], pause);
  }
  const blocks = new Blocks(arena);
  const counts: Uint32Array[] = [];
  const all = new Uint32Array(256 * batch);
  try {
    const operands = new Operands(engine, blocks);
    const source = operands.of(slot);
    const tallies = blocks.take(TALLY);
    for (let b = 0; b < batch; b++) {
      arena.u8(tallies, TALLY).fill(0);
      for (let from = 0; from < height * width; from += BAND) {
        const n = Math.min(BAND, height * width - from);
        operands.bring(b, from, n);
        kernels.histogram(tallies, amount(source, b, from, n), n);
        const wait = pause?.();
        if (wait) await wait;
      }
      counts.push(summed(arena, tallies, all.subarray(256 * b, 256 * (b + 1))));
    }
    return counts;
  } finally {
    blocks.end();
  }
}

/** Runs passes, and counts each band of the result while it is still in the first-level cache. */
export async function runCounting(
  engine: WasmEngine,
  into: WasmSlot,
  passes: readonly Pass[],
  pause?: Pause,
): Promise<Uint32Array[]> {
  const { batch } = into.extent;
  const blocks = new Blocks(engine.arena);
  try {
    const tallies = blocks.take(batch * TALLY);
    engine.arena.u8(tallies, batch * TALLY).fill(0);
    const target: Target = (runner, pass) => runner.toSlot(into, pass.first);
    await runPasses(engine, passes, into.extent, target, pause, { at: into.at ?? 0, tallies });
    return await summedEach(engine.arena, tallies, batch, pause);
  } finally {
    blocks.end();
  }
}

/** Adds up the four tables of every picture of a batch. */
async function summedEach(arena: Arena, tallies: number, batch: number, pause?: Pause): Promise<Uint32Array[]> {
  const counts: Uint32Array[] = [];
  const all = new Uint32Array(256 * batch);
  for (let b = 0; b < batch; b++) {
    counts.push(summed(arena, tallies + b * TALLY, all.subarray(256 * b, 256 * (b + 1))));
    if (b % 64 === 0) await pause?.();
  }
  return counts;
}

function summed(arena: Arena, tallies: number, sums: Uint32Array): Uint32Array {
  const four = arena.u32(tallies, TALLY / 4);
  for (let v = 0; v < 256; v++) sums[v] = four[v] + four[v + 256] + four[v + 512] + four[v + 768];
  return sums;
}
