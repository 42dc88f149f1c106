// Many masks of one picture in one pass over it, by picks that have a kernel for that: `match` has `matchAll`.
import type { Pause } from '../base/pause.js';
import { bytesOf, isUnit, type Pass } from '../engine.js';
import { Blocks, writeNumbers } from './blocks.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import { keysOf, type Piece } from './keys.js';

/** Bytes cleared between two pauses. A third as many at a time take three times as long: what large stores go around is the caches. */
const PIECE = 2 ** 27;
/** The same with a signal, which is to end it soon. */
const SMALLER = 2 ** 24;

/** Makes what the first such pass and others of the same picture ask for; gives the passes that are left. */
export async function together(
  engine: WasmEngine,
  into: WasmSlot,
  passes: readonly Pass[],
  pause?: Pause,
): Promise<readonly Pass[]> {
  const { arena } = engine;
  // a pick and nothing else, as bytes or as floats
  const picks = passes.filter(({ source, steps: [step, next, more] }) => {
    // what is about to be cleared must not be what is looked at: a gray picture's one mask may take its place
    return source && source !== into && step?.many && (!next || (isUnit(next) && !more));
  });
  const [lead] = picks;
  if (!lead) return passes;
  const asked = new Set<string>();
  const own = picks.filter(({ source, steps: [{ name, numbers }] }) => {
    const known = asked.size;
    // where two ask the same, the kernel would tell only one of them
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
      // what is looked up is the same for all who do it
      await keys.over(b, `${name}All`, Array(engine.crew?.members ?? 1).fill(told));
    }
  } finally {
    blocks.end();
  }
  return passes.filter((pass) => !own.includes(pass));

  /** Ranges in order; what lies side by side is cleared as one. */
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
