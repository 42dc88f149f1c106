// Where PNG work happens: the compiled kernels and a share of their memory.
import type { Room } from '../engine.js';
import { ChromaskError } from '../errors.js';
import { Arena } from '../wasm/memory.js';
import type { WasmSource } from '../wasm/module.js';
import { start } from '../wasm/start.js';

export type { Room };

/** A kernel by name; a build without it is a broken build, told apart from a broken picture. */
export function kernel(room: Room, name: string): (...numbers: number[]) => number {
  const found = room.kernels[name];
  if (typeof found !== 'function') throw new ChromaskError('missing', `png: kernel ${name} is missing from this build`);
  return found;
}

/** Kernels, the embedded ones unless others are brought, over a memory of their own. */
export async function makeRoom(source?: WasmSource, limit = 2 ** 32): Promise<Room & { arena: Arena }> {
  const { kernels, memory } = await start('png', source);
  return { kernels, memory, arena: new Arena(memory, kernels.base(), limit) };
}

const opened = new Map<string, Promise<Room>>();

/** The room used when the caller brings none: one for the realm, made at first use. */
export function openRoom(): Promise<Room> {
  const known = opened.get('png');
  if (known) return known;
  const room = makeRoom();
  opened.set('png', room);
  // what failed once, for want of memory say, may work the next time
  room.catch(() => opened.delete('png'));
  return room;
}
