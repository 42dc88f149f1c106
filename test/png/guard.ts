// An arena that notices a kernel writing before its slot or more than 64 bytes after it.
import { readFileSync } from 'node:fs';
import { makeRoom, type Room } from '../../src/png/room.js';
import { Arena } from '../../src/wasm/memory.js';

/** Both builds of the kernels: the one that ships, and the one without vectors that plain JavaScript is made from. */
export const builds = { simd: 'dist/chromask.wasm', scalar: 'build/scalar.wasm' } as const;

export const roomOf = (build: keyof typeof builds): Promise<Room> =>
  makeRoom(new WebAssembly.Module(readFileSync(builds[build])));

const EDGE = 64,
  MARK = 0xa5;

export class GuardArena {
  private readonly inner: Arena;
  private readonly sizes = new Map<number, number>();
  constructor({ memory, kernels }: Room) {
    this.inner = new Arena(memory, kernels.base(), 2 ** 32);
  }
  alloc(bytes: number): number {
    const at = this.inner.alloc(bytes + 3 * EDGE) + EDGE;
    this.sizes.set(at, bytes);
    this.inner.u8(at - EDGE, EDGE).fill(MARK);
    this.inner.u8(at + bytes + EDGE, EDGE).fill(MARK);
    this.inner.u8(at, bytes + EDGE).fill(0x3c); // old memory is dirty
    return at;
  }
  free(pointer: number): void {
    const bytes = this.sizes.get(pointer);
    if (bytes === undefined) throw new Error(`free of ${pointer}, which is no slot`);
    this.sizes.delete(pointer);
    for (const edge of [this.inner.u8(pointer - EDGE, EDGE), this.inner.u8(pointer + bytes + EDGE, EDGE)]) {
      if (edge.some((byte) => byte !== MARK)) throw new Error(`a kernel wrote outside the slot of ${bytes} bytes`);
    }
    this.inner.free(pointer - EDGE);
  }
  u8(pointer: number, length: number): Uint8Array {
    return this.inner.u8(pointer, length);
  }
  get held(): number {
    return this.sizes.size;
  }
}

export function guarded(room: Room): Room & { arena: GuardArena } {
  return { ...room, arena: new GuardArena(room) };
}
