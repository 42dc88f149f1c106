// What an engine lacks, done on one with kernels: its operands are read back, the passes run there, the result is written.

import { ChromaskError } from '../base/errors.js';
import type { Breath } from '../base/pause.js';
import type { Engine, Numbers, Pass, Slot } from '../engine.js';
import { type Extent, elements } from '../engine.js';

export interface Elsewhere {
  /** Run passes whose slots, and `into`, are another engine's. */
  run(owner: Engine, into: Slot, passes: readonly Pass[], breath?: Breath): Promise<void>;
  /** Call `use` with a slot of the same numbers on the engine with kernels. */
  lend<T>(owner: Engine, slot: Slot, use: (slot: Slot, engine: Engine) => Promise<T> | T, breath?: Breath): Promise<T>;
  close(): void;
}

/** `open` gives the engine with kernels; it is called at first use. */
export function elsewhere(open?: () => Promise<Engine>): Elsewhere {
  let opened: Promise<Engine> | undefined;
  let closed = false;

  const engine = (): Promise<Engine> => {
    if (!open || closed) throw new ChromaskError('unsupported', 'there are no kernels for what this device lacks');
    opened ??= open();
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };

  async function copied(owner: Engine, slot: Slot, to: Engine, breath?: Breath): Promise<Slot> {
    const numbers = numbersOf(slot.extent);
    await owner.read(slot, numbers, breath);
    const copy = to.alloc(slot.extent);
    try {
      to.write(copy, numbers);
      return copy;
    } catch (error) {
      to.free(copy);
      throw error;
    }
  }

  return {
    async run(owner, into, passes, breath) {
      const there = await engine();
      const slots = new Map<Slot, Slot>();
      const copy = async (slot: Slot): Promise<Slot> => {
        const known = slots.get(slot) ?? (await copied(owner, slot, there, breath));
        slots.set(slot, known);
        return known;
      };
      try {
        const moved: Pass[] = [];
        for (const pass of passes) {
          const steps = [];
          for (const step of pass.steps) {
            const others = [];
            for (const other of step.others) others.push(await copy(other));
            steps.push({ ...step, others });
          }
          moved.push({ ...pass, steps, source: pass.source && (await copy(pass.source)) });
        }
        const result = there.alloc(into.extent);
        slots.set(into, result);
        await there.run(result, moved, breath);
        const numbers = numbersOf(into.extent);
        await there.read(result, numbers, breath);
        owner.write(into, numbers);
      } finally {
        for (const slot of slots.values()) there.free(slot);
      }
    },
    async lend(owner, slot, use, breath) {
      const there = await engine();
      const copy = await copied(owner, slot, there, breath);
      try {
        return await use(copy, there);
      } finally {
        there.free(copy);
      }
    },
    close() {
      closed = true;
      opened?.then(
        (one) => one.close(),
        () => {},
      );
    },
  };
}

const numbersOf = (extent: Extent): Numbers =>
  extent.dtype === 'uint8' ? new Uint8Array(elements(extent)) : new Float32Array(elements(extent));
