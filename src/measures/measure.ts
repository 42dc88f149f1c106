// What a measure is given: a batch's node, the checked options, and a way to its numbers where kernels can work on them.

import type { MaskBatch } from '../api/mask.js';
import { ChromaskError } from '../base/errors.js';
import type { Pause } from '../base/pause.js';
import { bytesOf, type Engine, type Extent, type Room, type Slot } from '../engine.js';
import type { Evaluator } from '../graph/evaluator.js';
import type { Call } from '../graph/held.js';
import type { Home } from '../graph/home.js';
import type { Node } from '../graph/node.js';

/** Makes a mask of a node. Passed in, because masks are classes that import this room. */
export type MaskOf = (node: Node, home: Home, call?: Call) => MaskBatch;

export interface Measured<Values> {
  readonly node: Node;
  readonly evaluator: Evaluator;
  /** The options as the row declares them, defaults filled in. */
  readonly values: Values;
  /** The second operand, where the row has one. */
  readonly other?: Node;
  readonly signal?: AbortSignal | undefined;
  readonly maskOf: MaskOf;
}

export type Measure<Values, Result = unknown> = (call: Measured<Values>) => Promise<Result>;

/** A batch in the memory of kernels, and those kernels. */
export interface Reached extends Room {
  /** Where its numbers begin. */
  readonly at: number;
  readonly extent: Extent;
  readonly pause: Pause | undefined;
}

/** Call `use` with a node's numbers in the memory of a part's kernels; on an engine without kernels, with a copy of them. */
export function reach<T>(
  evaluator: Evaluator,
  node: Node,
  part: string,
  use: (reached: Reached) => Promise<T> | T,
  signal?: AbortSignal,
): Promise<T> {
  return evaluator.lend(
    node,
    (slot, engine, pause) =>
      engine.memory
        ? within(engine, slot, part, use, pause)
        : evaluator.elsewhere.lend(engine, slot, (copy, there) => within(there, copy, part, use, pause), pause),
    signal,
  );
}

async function within<T>(
  engine: Engine,
  slot: Slot,
  part: string,
  use: (reached: Reached) => Promise<T> | T,
  pause: Pause | undefined,
): Promise<T> {
  const room = await engine.memory?.room(part);
  if (!room) throw new ChromaskError('unsupported', 'this engine has no kernels');
  const { extent } = slot;
  const known = engine.memory?.pointer(slot);
  if (known !== undefined) return use({ ...room, at: known, extent, pause });
  // memory beside the kernels' own: a copy for as long as the work takes
  const at = room.arena.alloc(bytesOf(extent));
  try {
    room.arena.u8(at, bytesOf(extent)).set(engine.memory?.view(slot) ?? new Uint8Array());
    return await use({ ...room, at, extent, pause });
  } finally {
    room.arena.free(at);
  }
}
