// Slots of this engine, and the pool of textures that they reuse.

import { ChromaskError } from '../base/errors.js';
import type { Extent, Slot } from '../engine.js';
import type { Context } from './context.js';
import { type Layout, layoutOf } from './layout.js';

export interface GpuSlot extends Slot {
  readonly layout: Layout;
  readonly texture: WebGLTexture;
  freed: boolean;
}

/** Freed textures are kept for slots of the same size, up to this share of the memory limit. */
const WAITING = 1 / 8;

export class Slots {
  heldBytes = 0;
  peakBytes = 0;
  count = 0;
  readonly #waiting: { key: string; layout: Layout; texture: WebGLTexture }[] = [];
  #waitingBytes = 0;
  readonly #live = new Set<GpuSlot>();

  constructor(
    readonly context: Context,
    readonly memory: number,
    /** The longest side of a tile, if it is to be shorter than the GPU's. */
    readonly tile?: number,
  ) {}

  alloc(extent: Extent): GpuSlot {
    return this.#alloc(extent, this.tile);
  }

  /** Whole layers of four words a texel, for counting. */
  scratch(width: number, height: number, layers: number): GpuSlot {
    return this.#alloc({ batch: layers, height, width, channels: 4, dtype: 'float32' });
  }

  /** A single layer of words. */
  scratchWords(width: number, height: number): GpuSlot {
    return this.#alloc({ batch: 1, height, width, channels: 1, dtype: 'float32' });
  }

  #alloc(extent: Extent, tile?: number): GpuSlot {
    const layout = layoutOf(extent, { ...this.context.room, tile });
    if (this.heldBytes + layout.bytes > this.memory) throw this.#full(layout.bytes, extent);
    const slot: GpuSlot = { extent, layout, texture: this.#texture(layout), freed: false };
    this.#live.add(slot);
    this.heldBytes += layout.bytes;
    this.peakBytes = Math.max(this.peakBytes, this.heldBytes);
    this.count++;
    return slot;
  }

  /** The slot, if it belongs to this device and still exists. */
  own(slot: Slot): GpuSlot {
    const found = slot as GpuSlot;
    if (this.#live.has(found)) return found;
    throw new ChromaskError('disposed', 'webgl2: this memory was freed, or belongs to another device');
  }

  free(slot: Slot): void {
    const found = slot as GpuSlot;
    if (!this.#live.delete(found)) return;
    found.freed = true;
    this.heldBytes -= found.layout.bytes;
    this.count--;
    if (this.context.lost) return;
    this.#waiting.push({ key: keyOf(found.layout), layout: found.layout, texture: found.texture });
    this.#waitingBytes += found.layout.bytes;
    // with no slot in use, no next frame will need the pool
    const most = this.count ? Math.min(this.memory * WAITING, this.memory - this.heldBytes) : 0;
    this.#shrink(most);
  }

  close(): void {
    for (const slot of [...this.#live]) this.free(slot);
    this.#shrink(0);
  }

  #texture(layout: Layout): WebGLTexture {
    const key = keyOf(layout);
    const at = this.#waiting.findIndex((one) => one.key === key);
    if (at >= 0) {
      const [found] = this.#waiting.splice(at, 1);
      this.#waitingBytes -= layout.bytes;
      return found.texture;
    }
    this.#shrink(this.memory - this.heldBytes - layout.bytes);
    return this.context.array(layout);
  }

  #shrink(most: number): void {
    while (this.#waitingBytes > most) {
      const oldest = this.#waiting.shift();
      if (!oldest) return;
      this.#waitingBytes -= oldest.layout.bytes;
      this.context.deleteTexture(oldest.texture);
    }
  }

  #full(bytes: number, { batch, height, width, channels, dtype }: Extent): ChromaskError {
    const what = `${batch} x ${height} x ${width} x ${channels} of ${dtype}`;
    const message = `webgl2: limits.memory is ${this.memory} bytes, ${this.heldBytes} are held and ${bytes} more are needed for ${what}`;
    return new ChromaskError('out-of-memory', message);
  }
}

const keyOf = (l: Layout): string => `${l.texel} ${l.dtype} ${l.tileWidth} ${l.tileHeight * l.stack} ${l.layers}`;
