// Where PNG work happens: the compiled kernels and a share of their memory.
// STAND-IN: the device core has the real arena and kernels; this file gives the PNG layer the same face until it is moved there.
import { ChromaskError } from '../errors.js';

/** One function per file of assembly/, by the file's name. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  [kernel: string]: WebAssembly.Memory | ((...numbers: number[]) => number);
}

export interface Arena {
  /** A 16-byte aligned pointer; 64 bytes after the slot may be read and written too. */
  alloc(bytes: number): number;
  free(pointer: number): void;
  /** Dies when memory grows: take a new one after every alloc. */
  u8(pointer: number, length: number): Uint8Array;
}

export interface Room {
  readonly kernels: Kernels;
  readonly arena: Arena;
}

/** A kernel by name; a build without it is a broken build, told apart from a broken picture. */
export function kernel(room: Room, name: string): (...numbers: number[]) => number {
  const found = room.kernels[name];
  if (typeof found !== 'function') throw new ChromaskError('missing', `png: kernel ${name} is missing from this build`);
  return found;
}

const PAGE = 65536;

/** First fit over a list of free slots, neighbours joined. */
export class SimpleArena implements Arena {
  private readonly memory: WebAssembly.Memory;
  private free_: { at: number; size: number }[] = [];
  private readonly used = new Map<number, number>();
  private top = 1024;
  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
  }
  alloc(bytes: number): number {
    const size = Math.ceil((bytes + 64) / 16) * 16;
    const i = this.free_.findIndex((slot) => slot.size >= size);
    const slot = this.free_[i];
    if (slot) {
      this.used.set(slot.at, size);
      if (slot.size === size) this.free_.splice(i, 1);
      else this.free_[i] = { at: slot.at + size, size: slot.size - size };
      return slot.at;
    }
    const need = this.top + size - this.memory.buffer.byteLength;
    if (need > 0) {
      try {
        this.memory.grow(Math.ceil(need / PAGE));
      } catch (cause) {
        throw new ChromaskError('out-of-memory', `png: memory must hold ${bytes} more bytes, got no more from the engine`, { cause });
      }
    }
    const at = this.top;
    this.top += size;
    this.used.set(at, size);
    return at;
  }
  free(pointer: number): void {
    const size = this.used.get(pointer);
    if (size === undefined) return;
    this.used.delete(pointer);
    this.free_.push({ at: pointer, size });
    this.free_.sort((a, b) => a.at - b.at);
    const joined: { at: number; size: number }[] = [];
    for (const slot of this.free_) {
      const last = joined.at(-1);
      if (last && last.at + last.size === slot.at) last.size += slot.size;
      else joined.push(slot);
    }
    const last = joined.at(-1);
    if (last && last.at + last.size === this.top) {
      this.top = last.at;
      joined.pop();
    }
    this.free_ = joined;
  }
  u8(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, pointer, length);
  }
  /** Bytes in slots that are still held: 0 when everything was given back. */
  get held(): number {
    let sum = 0;
    for (const size of this.used.values()) sum += size;
    return sum;
  }
}

/** Instantiates compiled kernels over a memory of their own. */
export async function makeRoom(wasm: Uint8Array<ArrayBuffer>): Promise<Room & { arena: SimpleArena }> {
  const memory = new WebAssembly.Memory({ initial: 16 });
  const { instance } = await WebAssembly.instantiate(wasm, { env: { memory } });
  const kernels: Kernels = { memory };
  for (const [name, value] of Object.entries(instance.exports)) {
    if (typeof value === 'function') kernels[name] = value as (...numbers: number[]) => number;
  }
  return { kernels, arena: new SimpleArena(memory) };
}

const opened = new Map<string, Promise<Room>>();

/** The room used when the caller brings none. */
export function openRoom(): Promise<Room> {
  const known = opened.get('png');
  if (known) return known;
  const made = import('node:fs/promises').then(async (fs) => makeRoom(new Uint8Array(await fs.readFile('build/png.wasm'))));
  opened.set('png', made);
  return made;
}
