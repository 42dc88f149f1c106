// The WebGL2 engine. Pictures live in integer textures, and a chain of steps is one draw. It decides by kinds of
// steps only.

import { ChromaskError } from '../base/errors.js';
import type { Pause } from '../base/pause.js';
import type { Engine, EngineLimits, Extent, Life, Look, Numbers, Pass, Screen, Slot, Stats } from '../engine.js';
import { elements } from '../engine.js';
import type { LossEvent } from './context.js';
import { importElement } from './elements.js';
import { histogramOf } from './histogram.js';
import { runPass } from './passes.js';
import { readSlot } from './readback.js';
import { type Gpu, release } from './shared.js';
import { type OwnLook, showOnHost, showOnOwn, textureOf } from './show.js';
import type { GpuSlot, Slots } from './slots.js';
import { writeSlot } from './upload.js';

export class WebglEngine implements Engine, Screen, Life {
  readonly name = 'webgl2';
  readonly screen: Screen = this;
  readonly life: Life = this;
  readonly limits: EngineLimits;
  readonly #gpu: Gpu;
  readonly #slots: Slots;
  #closed = false;
  #passes = 0;
  #draws = 0;
  #uploaded = 0;
  #read = 0;
  readonly #silence: () => void;
  readonly #listeners = new Map<LossEvent, Set<() => void>>();
  readonly #alive = (): void => {
    if (this.#closed) throw new ChromaskError('closed', 'webgl2: the device was closed');
    this.#gpu.context.check();
  };

  /** Bytes that other devices had uploaded to this context before. They share tables. */
  readonly #tablesBefore: number;

  constructor(gpu: Gpu, slots: Slots, limits: EngineLimits) {
    this.#gpu = gpu;
    this.#slots = slots;
    this.limits = limits;
    this.#tablesBefore = gpu.lookups.uploadedBytes;
    this.#silence = gpu.context.listen((event) => {
      for (const listener of [...(this.#listeners.get(event) ?? [])]) listener();
    });
  }

  get lost(): boolean {
    return this.#gpu.context.lost || this.#gpu.context.gl.isContextLost();
  }

  /** The context if it is a host's, whose canvas and textures can be used. */
  get host(): WebGL2RenderingContext | undefined {
    return this.#gpu.context.host ? this.#gpu.context.gl : undefined;
  }

  on(event: LossEvent, listener: () => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  alloc(extent: Extent): GpuSlot {
    this.#alive();
    const side = Math.max(extent.height, extent.width);
    if (side > this.limits.side) {
      throw new ChromaskError('limit', `webgl2: limits.side is ${this.limits.side} pixels, the picture has ${side}`);
    }
    return this.#slots.alloc(extent);
  }

  write(slot: Slot, pixels: Numbers): void {
    this.#alive();
    const own = this.#slots.own(slot);
    if (pixels.length !== elements(own.extent))
      throw new Error(`write: ${elements(own.extent)} numbers, not ${pixels.length}`);
    writeSlot(this.#gpu, own, pixels);
    this.#uploaded += pixels.byteLength;
  }

  /** Returns a promise if shaders must be loaded first. */
  run(into: Slot, passes: readonly Pass[]): Promise<void> | undefined {
    this.#alive();
    const names = passes.flatMap(({ steps }) =>
      steps.flatMap(({ name, strides }) => [name, ...(strides?.() ?? []).map((one) => one.name)]),
    );
    return this.#gpu.programs.library.need(names)?.then(() => this.#run(into, passes)) ?? this.#run(into, passes);
  }

  #run(into: Slot, passes: readonly Pass[]): undefined {
    this.#alive();
    const own = this.#slots.own(into);
    for (const pass of passes) {
      this.#draws += runPass(this.#gpu, this.#slots, own, pass);
      this.#passes++;
    }
  }

  async histogram(slot: Slot, pause?: Pause): Promise<Uint32Array[]> {
    this.#alive();
    const own = this.#slots.own(slot);
    const { counts, draws } = await histogramOf(this.#gpu, this.#slots, own, this.#wanted(pause));
    this.#draws += draws;
    this.#read += counts.length * 1024;
    return counts;
  }

  async read(slot: Slot, into: Numbers, pause?: Pause): Promise<void> {
    this.#alive();
    const own = this.#slots.own(slot);
    if (into.length !== elements(own.extent))
      throw new Error(`read: ${elements(own.extent)} numbers, not ${into.length}`);
    await readSlot(this.#gpu, own, into, this.#wanted(pause));
    this.#read += own.extent.dtype === 'uint8' ? into.length : into.byteLength;
  }

  /** Called while waiting for the GPU. The GPU finishes what it has begun, but the caller need not wait for that. */
  #wanted(pause: Pause | undefined): () => unknown {
    if (!pause) return this.#alive;
    return () => {
      this.#alive();
      return pause();
    };
  }

  free(slot: Slot): void {
    this.#slots.free(slot);
  }

  async load(source: TexImageSource): Promise<GpuSlot> {
    this.#alive();
    const slot = await importElement(this.#gpu, this.#slots, source, this.#alive);
    this.#uploaded += elements(slot.extent);
    return slot;
  }

  /** Undefined with a host's context, because chromask draws on that canvas only when asked to. */
  get show(): WebglEngine['showOwn'] | undefined {
    return this.host ? undefined : this.showOwn.bind(this);
  }

  private showOwn<T>(slot: Slot, look: Look, take: (canvas: OffscreenCanvas | HTMLCanvasElement) => T): T {
    this.#alive();
    this.#draws++;
    const result = take(showOnOwn(this.#gpu, this.#slots.own(slot), this.#own(look)));
    this.#alive();
    return result;
  }

  showOn(canvas: unknown, slot: Slot, look: Look): boolean {
    this.#alive();
    if (!this.host || canvas !== this.host.canvas) return false;
    this.#draws++;
    showOnHost(this.#gpu, this.#slots.own(slot), this.#own(look));
    return true;
  }

  texture(slot: Slot, index: number): WebGLTexture {
    this.#alive();
    if (!this.host)
      throw new ChromaskError('unsupported', 'texture: there is no host to sample it; open({ gl }) shares one');
    this.#draws++;
    return textureOf(this.#gpu, this.#slots.own(slot), index);
  }

  #own(look: Look): OwnLook {
    return { ...look, over: typeof look.over === 'object' ? this.#slots.own(look.over) : look.over };
  }

  stats(): Stats {
    const { heldBytes, peakBytes, count } = this.#slots;
    return {
      passes: this.#passes,
      draws: this.#draws,
      uploadedBytes: this.#uploaded + this.#gpu.lookups.uploadedBytes - this.#tablesBefore,
      readBytes: this.#read,
      copiedBytes: this.#uploaded + this.#read,
      heldBytes,
      peakBytes,
      slots: count,
      pages: 0,
      objects: this.#gpu.context.objects,
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#silence();
    this.#slots.close();
    release(this.#gpu);
  }
}
