// Devices that divide even small work: among threads, or among members that take turns at random.
import { Device } from '../src/api/device.js';
import type { ImageBatch } from '../src/api/image.js';
import type { MaskBatch } from '../src/api/mask.js';
import type { Pause } from '../src/base/pause.js';
import type { Memory } from '../src/engine.js';
import { Evaluator } from '../src/graph/evaluator.js';
import { open } from '../src/index.js';
import { Crew } from '../src/wasm/crew.js';
import { WasmEngine } from '../src/wasm/engine.js';
import type { Job } from '../src/wasm/job.js';
import type { Kernels, WasmSource } from '../src/wasm/module.js';
import { shareOf } from '../src/wasm/share.js';
import { start } from '../src/wasm/start.js';

import { STEP } from '../src/wasm/track.js';

const limits = { memory: 2 ** 31, side: 2 ** 30 };

/** Real threads, which divide pictures of a few pixels too. */
export async function threaded(threads: number, least = 0): Promise<Device> {
  const device = await open({ device: 'wasm', threads });
  const { engine } = device.home.here ?? {};
  if (!(engine instanceof WasmEngine) || !engine.crew) throw new Error(device.why.join());
  Object.assign(engine.crew, { least, grain: STEP });
  return device;
}

/** One thread that does the pieces of all members, in an order that dice say; `done` is called for every job. */
export async function shuffled(
  members: number,
  seed: number,
  done: (pieces: number) => void = () => {},
  wasm?: WasmSource,
  watch: (kernels: Kernels, memory: Memory, base: number) => Kernels = (kernels) => kernels,
): Promise<Device> {
  const { kernels, memory, part } = await start('core', wasm);
  const eyed = (some: Kernels): Kernels => watch(some, memory, kernels.base());
  const dice = diceOf(seed);
  class Shuffled extends Crew {
    override readonly base = kernels.base();
    override readonly members = members;
    override readonly least = 0;
    override readonly grain = STEP;
    override async run(kernels: Kernels, job: Job, _pause?: Pause, meanwhile?: () => void): Promise<void> {
      const shares = Array.from({ length: members }, (_, member) => shareOf(job, kernels, memory, member));
      const [{ pieces }] = shares;
      const order = Array.from({ length: pieces }, (_, i) => i);
      for (let i = pieces - 1; i > 0; i--) {
        const j = Math.floor(dice() * (i + 1));
        [order[i], order[j]] = [order[j], order[i]];
      }
      if (job.kind === 'steps' && job.inTurn) order.sort((p, q) => p - q);
      const last = dice() < 0.5;
      if (!last) meanwhile?.();
      const busy = shares.map((): Generator<boolean> | undefined => undefined);
      while (order.length || busy.some(Boolean)) {
        const member = Math.floor(dice() * members);
        const number = busy[member] ? undefined : order.shift();
        if (number !== undefined) busy[member] = shares[member].piece(number);
        if (busy[member]?.next().done) busy[member] = undefined;
      }
      if (last) meanwhile?.();
      done(pieces);
    }
    override close(): void {}
  }
  return new Device(
    new Evaluator(
      new WasmEngine(eyed(kernels), memory, limits, async (name) => eyed(await part(name)), new Shuffled()),
      0,
    ),
    [],
  );
}

export function diceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export const bitsOf = async (mask: MaskBatch | ImageBatch): Promise<Buffer> => {
  const { buffer } = mask.dtype === 'uint8' ? await mask.bytes() : await mask.data();
  return Buffer.from(buffer);
};
