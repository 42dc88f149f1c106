// Devices whose work is divided, however small: among threads, or among members that take turns as dice say.
import { Device } from '../src/api/device.js';
import type { MaskBatch } from '../src/api/mask.js';
import { open } from '../src/index.js';
import { WasmEngine } from '../src/wasm/engine.js';
import { shareOf } from '../src/wasm/job.js';
import { start } from '../src/wasm/start.js';
import type { Crew } from '../src/wasm/threads.js';
import { STEP } from '../src/wasm/track.js';

const limits = { memory: 2 ** 31, side: 2 ** 30 };

/** Real threads, which divide pictures of a few pixels too. */
export async function threaded(threads: number, least = 0): Promise<Device> {
  const device = await open({ device: 'wasm', threads });
  const { engine } = device.home;
  if (!(engine instanceof WasmEngine) || !engine.crew) throw new Error(device.why.join());
  Object.assign(engine.crew, { least, grain: STEP });
  return device;
}

/** One thread that does the pieces of all members, in an order that dice say; `done` hears of every job. */
export async function shuffled(
  members: number,
  seed: number,
  done: (pieces: number) => void = () => {},
): Promise<Device> {
  const { kernels, memory, part } = await start('core');
  const dice = diceOf(seed);
  const crew: Crew = {
    base: kernels.base(),
    members,
    least: 0,
    grain: STEP,
    started: undefined,
    async run(kernels, job) {
      const shares = Array.from({ length: members }, (_, member) => shareOf(job, kernels, memory, member));
      const [{ pieces }] = shares;
      const order = Array.from({ length: pieces }, (_, i) => i);
      for (let i = pieces - 1; i > 0; i--) {
        const j = Math.floor(dice() * (i + 1));
        [order[i], order[j]] = [order[j], order[i]];
      }
      for (const number of order) shares[Math.floor(dice() * members)].piece(number);
      done(pieces);
    },
    close() {},
  };
  return new Device(new WasmEngine(kernels, memory, limits, part, crew), [], 0);
}

export function diceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export const bitsOf = async (mask: MaskBatch): Promise<Buffer> => {
  const { buffer } = mask.dtype === 'uint8' ? await mask.bytes() : await mask.data();
  return Buffer.from(buffer);
};
