// A batch's numbers where they lie, for work that pauses now and then so that its signal can end it.
import type { Batch } from '../api/batch.js';
import type { Pause } from '../base/pause.js';
import type { Dtype, Engine, Numbers, Slot } from '../engine.js';
import { elements } from '../engine.js';
import { evaluatorOf, nodeOf } from '../graph/held.js';
import { as } from '../graph/node.js';
import { viewed } from '../graph/views.js';

export interface Lent {
  /** The numbers. Call it again after every pause: when memory grows, old views become empty. */
  numbers(): Numbers;
  /** Called between pieces of work; only with a signal. */
  pause: Pause | undefined;
}

/** `use` starts again from the beginning if the device is lost and another takes over. */
export function lent<T>(
  operation: string,
  batch: Batch,
  dtype: Dtype,
  signal: AbortSignal | undefined,
  use: (lent: Lent) => Promise<T>,
): Promise<T> {
  const own = nodeOf(batch, operation);
  const evaluator = evaluatorOf(batch, operation);
  signal?.throwIfAborted();
  const node = as(dtype, own);
  const answer = evaluator.lend(
    node,
    async (slot, engine, pause) => use({ numbers: await numbersOf(engine, slot, pause), pause }),
    signal,
  );
  return evaluator.passing(node, own, answer);
}

async function numbersOf(engine: Engine, slot: Slot, pause?: Pause): Promise<() => Numbers> {
  if (engine.memory) return () => viewed(engine, slot);
  const all = new (slot.extent.dtype === 'uint8' ? Uint8Array : Float32Array)(elements(slot.extent));
  await engine.read(slot, all, pause);
  return () => all;
}

/** Numbers that are looked at between two pauses: some milliseconds of work. */
const PIECE = 2 ** 18;

/** Go over all numbers in pieces of whole `unit`s. */
export async function inPieces(
  { numbers, pause }: Lent,
  unit: number,
  use: (piece: Numbers, from: number) => void,
): Promise<void> {
  const size = Math.max(1, Math.floor(PIECE / unit)) * unit;
  const { length } = numbers();
  for (let from = 0; from < length; from += size) {
    use(numbers().subarray(from, from + size), from);
    const wait = pause?.();
    if (wait) await wait;
  }
}
