// The tables of a pass, made by the functions of their rows; a chain of tables becomes one. Loaded when a byte is first looked up.
import type { Pause } from '../base/pause.js';
import { compose, makers } from '../ops/tables.js';
import type { Node } from './node.js';

/**
 * The tables of a node after those before it in its pass, which are part of them. Where it waits for counts, they are those of
 * `head`, which the pass reads.
 */
export async function tablesAfter(
  before: readonly Uint8Array[] | undefined,
  node: Node,
  head: Node | undefined,
  pause?: Pause,
): Promise<readonly Uint8Array[]> {
  if (node.row?.counts) node.inputs[0].counts ??= await movedCounts(head, before, pause);
  const own = await tablesOf(node, pause);
  return before ? chained(before, own, pause) : own;
}

/** The counts of what tables make of a counted node. */
async function movedCounts(
  head: Node | undefined,
  tables: readonly Uint8Array[] | undefined,
  pause?: Pause,
): Promise<Uint32Array[]> {
  const counts = head?.counts;
  if (!counts || !tables) throw new Error('a table waits for counts that were not made');
  return each(new Uint32Array(256 * counts.length), pause, (b) => {
    const one = counts[b];
    const table = tables[tables.length > 1 ? b : 0];
    const moved = new Uint32Array(256);
    for (let v = 0; v < 256; v++) moved[table[v]] += one[v];
    return moved;
  });
}

async function tablesOf(node: Node, pause?: Pause): Promise<Uint8Array[]> {
  const make = makers[node.op];
  if (!make) throw new Error(`${node.op} has no table`);
  const counts = node.row?.counts ? (node.inputs[0].counts ?? []) : [new Uint32Array()];
  return each(new Uint8Array(256 * counts.length), pause, (b) => make(node.values as never, counts[b]));
}

/** One table for the whole batch, or one a picture. */
function chained(inner: readonly Uint8Array[], outer: readonly Uint8Array[], pause?: Pause): Promise<Uint8Array[]> {
  const count = Math.max(inner.length, outer.length);
  return each(new Uint8Array(256 * count), pause, (b) =>
    compose(inner[inner.length > 1 ? b : 0], outer[outer.length > 1 ? b : 0]),
  );
}

/** 256 numbers for each picture of a batch, of which there may be a hundred thousand: all in one block, for so many blocks take long to collect. */
async function each<T extends Uint8Array | Uint32Array>(
  all: T,
  pause: Pause | undefined,
  make: (b: number) => T | Promise<T>,
): Promise<T[]> {
  const parts: T[] = [];
  for (let at = 0; at < all.length; at += 256) {
    const made = make(at / 256);
    all.set(made instanceof Promise ? await made : made, at);
    parts.push(all.subarray(at, at + 256) as T);
    const wait = at % 16384 ? undefined : pause?.();
    if (wait) await wait;
  }
  return parts;
}
