// Where PNG work is done: the compiled kernels and a share of their memory.

import { ChromaskError, refusal } from '../base/errors.js';
import type { Memory, Room } from '../engine.js';
import { Arena } from '../wasm/memory.js';
import type { WasmSource } from '../wasm/module.js';
import { start } from '../wasm/start.js';

export type { Memory, Room };

/** A kernel by name. If it is missing, the build is broken, not the picture. */
export function kernel(room: Room, name: string): (...numbers: number[]) => number {
  const found = room.kernels[name];
  if (typeof found !== 'function') throw new ChromaskError('missing', `png: kernel ${name} is missing from this build`);
  return found;
}

/** Blocks that are freed together however the work ends, since allocating the next one may fail. */
export function blocksOf({ arena }: Room): { alloc(bytes: number): number; free(): void } {
  const blocks: number[] = [];
  return {
    alloc(bytes) {
      const at = arena.alloc(bytes);
      blocks.push(at);
      return at;
    },
    free: () => blocks.splice(0).forEach((at) => arena.free(at)),
  };
}

/** Kernels over a memory of their own: the embedded ones, or the caller's. */
export async function makeRoom(source?: WasmSource, limit = 2 ** 32): Promise<Room & { arena: Arena }> {
  const { kernels, memory } = await start('png', source);
  return { kernels, memory, arena: new Arena(memory, kernels.base(), limit) };
}

const opened = new Map<string, Promise<Room>>();

/** The caller's room, or the realm's own, which is made at first use. */
export async function openRoom(operation: string, given?: Room): Promise<Room> {
  if (given !== undefined && typeof Object(given).arena?.alloc !== 'function')
    throw refusal(operation, 'room', 'the kernels and memory of a device', given);
  if (given) return given;
  const known = opened.get('png');
  if (known) return known;
  const room = makeRoom();
  opened.set('png', room);
  // a failure, perhaps for lack of memory, may not repeat
  room.catch(() => opened.delete('png'));
  return room;
}
