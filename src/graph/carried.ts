// Work carried to another engine: operands are read back and written there, and so is the result, the other way.

import type { Pause } from '../base/pause.js';
import { type Engine, type Extent, elements, type Numbers, type Pass, type Slot } from '../engine.js';

export async function run(
  there: Engine,
  owner: Engine,
  into: Slot,
  passes: readonly Pass[],
  pause?: Pause,
): Promise<void> {
  const slots = new Map<Slot, Slot>();
  const copy = async (slot: Slot): Promise<Slot> => {
    const known = slots.get(slot) ?? (await copied(owner, slot, there, pause));
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
    await there.run(result, moved, pause);
    const numbers = numbersOf(into.extent);
    await there.read(result, numbers, pause);
    owner.write(into, numbers);
  } finally {
    for (const slot of slots.values()) there.free(slot);
  }
}

export async function lend<T>(
  there: Engine,
  owner: Engine,
  slot: Slot,
  use: (slot: Slot, engine: Engine) => Promise<T> | T,
  pause?: Pause,
): Promise<T> {
  const copy = await copied(owner, slot, there, pause);
  try {
    return await use(copy, there);
  } finally {
    there.free(copy);
  }
}

async function copied(owner: Engine, slot: Slot, to: Engine, pause?: Pause): Promise<Slot> {
  const numbers = numbersOf(slot.extent);
  await owner.read(slot, numbers, pause);
  const copy = to.alloc(slot.extent);
  try {
    to.write(copy, numbers);
    return copy;
  } catch (error) {
    to.free(copy);
    throw error;
  }
}

const numbersOf = (extent: Extent): Numbers =>
  extent.dtype === 'uint8' ? new Uint8Array(elements(extent)) : new Float32Array(elements(extent));
