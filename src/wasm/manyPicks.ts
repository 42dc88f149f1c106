// Makes many masks of one picture in a single pass, by picks that have a kernel for it: `matchAll` for `match`.
import type { Pause } from '../base/pause.js';
import { bytesOf, isUnit, type Pass } from '../engine.js';
import { Blocks, writeNumbers } from './blocks.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import { keysOf, type Piece } from './keys.js';

/**
 * Bytes cleared between two pauses. Large stores bypass the caches, so pieces of a third of this take three times as
 * long.
 */
const PIECE = 2 ** 27;
/** The same when a signal may end the call soon. */
const SMALLER = 2 ** 24;

/** Makes the masks of the first such pass, and of all others of the same picture. Returns the remaining passes. */
export async function together(
  engine: WasmEngine,
  into: WasmSlot,
  passes: readonly Pass[],
  pause?: Pause,
): Promise<readonly Pass[]> {
  const { arena } = engine;
  // a pick alone, or followed by v / 255
  const picks = passes.filter(({ source, steps: [step, next, more] }) => {
    // the target is cleared first, so it must not be the source: a gray picture's only mask may take its place
    return source && source !== into && step?.many && (!next || (isUnit(next) && !more));
  });
  const [lead] = picks;
  if (!lead) return passes;
  const asked = new Set<string>();
  const own = picks.filter(({ source, steps: [{ name, numbers }] }) => {
    const known = asked.size;
    // the kernel writes only one of two equal requests
    return source === lead.source && name === lead.steps[0].name && asked.add(String(numbers)).size > known;
  });
  const source = lead.source as WasmSlot;
  const kernels = await engine.part('colors');
  const { name, numbers } = lead.steps[0];
  const each = bytesOf(into.extent) / into.extent.batch;
  const start = into.at ?? 0;
  const blocks = new Blocks(arena);
  try {
    const masks = blocks.take(own.length * 4);
    const questions = blocks.take(own.length * numbers.length * 4);
    own.forEach(({ steps }, i) => {
      writeNumbers(steps[0], (bytes) => arena.u8(questions + i * bytes.length, bytes.length).set(bytes));
    });
    const scratch = blocks.take(kernels[`${name}AllRoom`](own.length));
    const size = into.extent.dtype === 'uint8' ? 1 : 4;
    const told = [scratch, masks, questions, own.length, source.extent.channels, size];
    kernels[`${name}All`](...told, 0, 0, 0);
    const keys = keysOf(engine, kernels, source, blocks, pause);
    await clear(own.map(({ first, count }) => [start + first * each, start + (first + count) * each]));
    for (let b = 0; b < lead.count; b++) {
      arena.u32(masks, own.length).set(own.map(({ first }) => start + (first + b) * each));
      // all members read the same questions
      await keys.over(b, `${name}All`, Array(engine.crew?.members ?? 1).fill(told));
    }
  } finally {
    blocks.end();
  }
  return passes.filter((pass) => !own.includes(pass));

  /** Clears ranges, joining adjacent ones. */
  async function clear(ranges: number[][]): Promise<void> {
    const crew = engine.crew && own.length * each >= engine.crew.least ? engine.crew : undefined;
    const shared: Piece[] = [];
    for (let i = 0, from = 0; i < ranges.length; i++) {
      if (ranges[i][0] !== ranges[i - 1]?.[1]) from = ranges[i][0];
      const to = ranges[i][1];
      if (ranges[i + 1]?.[0] === to) continue;
      for (const piece = pause || crew ? SMALLER : PIECE; from < to; from += piece) {
        if (crew) shared.push([from, Math.min(from + piece, to)]);
        else kernels.clear(from, Math.min(piece, to - from));
        const wait = pause?.();
        if (wait) await wait;
      }
    }
    await crew?.clear(kernels, shared, pause);
  }
}
