// What an engine is: memory for pictures, and passes over them. It knows bytes and kinds, never what a mask means.

import type { Pause } from './base/pause.js';
import type { Crew } from './wasm/crew.js';

export type Dtype = 'uint8' | 'float32';
export type Numbers = Uint8Array | Float32Array;

/** What a slot holds: `batch` pictures of `height` x `width` pixels of `channels` elements; a mask has one channel. */
export interface Extent {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly dtype: Dtype;
}

/** Memory of an engine. Only the engine that made it can look inside. */
export interface Slot {
  readonly extent: Extent;
}

/**
 * How a step runs; engines switch on this and on nothing else. Those that find pixels by position are always first in a pass.
 *
 * - `pick`    one number from a pixel of the picture that the pass reads; always first too
 * - `table`   a byte looked up in 256 entries
 * - `map`     one element from one element of the same type
 * - `cast`    `floats`: byte to byte/255; `bytes`: float to byte by truncation
 * - `join`    the value and the same pixel of another slot
 * - `pack`    a pixel of several channels from the value (and the same pixel of another slot)
 * - `gather`  any pixels of any slots, found by position
 * - `near`    the same, computed from a neighbourhood: several passes where there are shaders
 * - `region`  the same, where all of a picture counts: only of engines whose limits say `regions`
 */
export type StepKind = 'pick' | 'table' | 'map' | 'cast' | 'join' | 'pack' | Positional;
export type Positional = 'gather' | 'near' | 'region';

/** Whether a step finds its pixels by position. */
export const isPositional = (kind: StepKind | undefined): kind is Positional =>
  kind === 'gather' || kind === 'near' || kind === 'region';

/** Whether a step gives bytes as the floats they mean, v / 255. */
export const isUnit = (step: Step | undefined): step is Step => step?.kind === 'cast' && step.dtype === 'float32';

/** The float32 that a byte means, as numpy gives it. */
export const unit = (value: number): number => Math.fround(value / 255);

/** A pass of a `near` step on an engine with shaders. */
export interface Stride {
  /** The shader function. */
  readonly name: string;
  /** What it is given, as int32 words. */
  readonly numbers: readonly number[];
  /** What it writes. */
  readonly dtype: Dtype;
  readonly width: number;
  readonly height: number;
  /** Words that the shader looks up. */
  readonly data?: Int32Array;
}

export interface Step {
  readonly kind: StepKind;
  /** The kernel's and the shader function's name. */
  readonly name: string;
  /** What the value is after this step. */
  readonly channels: number;
  readonly dtype: Dtype;
  /** Parameters in the order of the operation's row: integers, floats, booleans as 0 and 1, choices by position. */
  readonly numbers: readonly number[];
  /** Which of the numbers are float32; the others are int32. */
  readonly floats: readonly boolean[];
  /** `pick` only, where it interpolates: the 33 x 33 x 33 words of its lattice, red slowest. */
  readonly nodes?: () => Uint16Array;
  /** `pick` only: whether a kernel, `<name>All`, makes many of them in one pass over their picture. */
  readonly many?: boolean;
  /** `table` only: one table for all pictures of the pass, or one each. */
  readonly tables?: readonly Uint8Array[];
  /** `join` and `pack`: the other operand, of the same batch or of one picture. Positional: every operand but the pass's source. */
  readonly others: readonly Slot[];
  /** `near` only: the step as passes of shaders, one after another. Kernels do it in one go and do not ask. */
  readonly strides?: () => readonly Stride[];
  /** Positional only: words that the kernel looks up. */
  readonly data?: () => Int32Array;
  /** The same for a shader. */
  readonly words?: Int32Array;
}

/** A run of steps over the pictures of one slot, written to `count` pictures of the target from `first` on. */
export interface Pass {
  /** What the first step reads; absent only for a gather without operands. */
  readonly source: Slot | undefined;
  readonly steps: readonly Step[];
  /** What it writes, all `count` pictures of it. */
  readonly extent: Extent;
  readonly first: number;
  readonly count: number;
}

export interface EngineLimits {
  /** Bytes of slots this engine may hold at once. */
  readonly memory: number;
  /** The longest side of a picture, where the device has one. */
  readonly side: number;
  /** Operands of one pass beside what it reads, where the device has a limit. */
  readonly operands?: number;
  /** Whether it runs steps of the kind `region`. */
  readonly regions?: boolean;
  /** Whether a pass may write over the slot it reads, pixel by pixel. */
  readonly inPlace?: boolean;
}

/** Counters since the engine was opened; none of them is ever reset. */
export interface Stats {
  /** Passes run. */
  passes: number;
  /** Draw calls (GPU) or bands (WASM). */
  draws: number;
  /** Bytes that went to the engine, and that were read from it. */
  uploadedBytes: number;
  readBytes: number;
  /** Bytes that were only copied: in, out, and to and from memory that kernels cannot reach. */
  copiedBytes: number;
  /** Bytes held in slots now, and the most that ever were. */
  heldBytes: number;
  peakBytes: number;
  /** Pictures and masks held now. */
  slots: number;
  /** What the engine keeps from its surroundings: 64 KiB pages of WASM memory, or GL objects. */
  pages: number;
  objects: number;
}

export interface Engine {
  readonly name: 'wasm' | 'webgl2';
  readonly limits: EngineLimits;
  alloc(extent: Extent): Slot;
  write(slot: Slot, pixels: Numbers): void;
  /**
   * Run passes that fill one slot together. They may run interleaved: none reads what another writes. An engine whose work
   * stops the thread asks `pause` between slices of it.
   */
  run(into: Slot, passes: readonly Pass[], pause?: Pause): Promise<void> | void;
  /** 256 counts for every picture of a byte mask. */
  histogram(slot: Slot, pause?: Pause): Promise<Uint32Array[]>;
  /** The slot's elements; a byte slot may be read into floats (byte / 255). */
  read(slot: Slot, into: Numbers, pause?: Pause): Promise<void>;
  free(slot: Slot): void;
  stats(): Stats;
  close(): void;

  /** Where its slots are memory that kernels and this thread read and write. */
  readonly memory?: EngineMemory;
  /** Where it can show slots without reading them back, and load what is shown. */
  readonly screen?: Screen;
  /** Where its contents can vanish (a GPU context): the caller then keeps what it needs to write them again. */
  readonly life?: Life;
}

export interface EngineMemory {
  /** True if threads share it. What leaves the engine is then a copy, because some calls of browsers refuse shared memory. */
  readonly shared: boolean;
  /** The slot's own bytes; good until the next `alloc`. */
  view(slot: Slot): Uint8Array<ArrayBuffer>;
  /** The memory with a part's kernels, and the address of a slot in it: undefined if the slot lies outside it. */
  room(part: string): Promise<Room>;
  pointer(slot: Slot): number | undefined;
  /** Run passes straight into the caller's array: bytes may be delivered as floats (byte / 255). */
  stream(extent: Extent, passes: readonly Pass[], into: Numbers, pause?: Pause): Promise<void>;
  /** `run` and `histogram` in one. */
  runCounting(into: Slot, passes: readonly Pass[], pause?: Pause): Promise<Uint32Array[]>;
  /**
   * The `most` most frequent colours of a single byte picture that have at least `least` pixels; equal counts by colour,
   * channel by channel. Packed with red lowest, in any order.
   */
  colors(slot: Slot, least: number, most: number, pause?: Pause): Promise<{ keys: Uint32Array; counts: Uint32Array }>;
  /** Make what a canvas shows, in a size no larger than the picture, band after band from the top. */
  paint(slot: Slot, look: Look, size: Size, put: Put, pause?: Pause): Promise<void>;
}

export interface Screen {
  /** The pixels of an element, four bytes each, without passing through here. */
  load(source: TexImageSource): Promise<Slot>;
  /** Show a picture on a canvas of the engine's own and hand that over for as long as `take` runs; absent beside a host. */
  readonly show?:
    | (<T>(slot: Slot, look: Look, take: (canvas: OffscreenCanvas | HTMLCanvasElement) => T) => T)
    | undefined;
  /** Show a picture on this canvas, if it is the one whose context the engine shares; false if not. */
  showOn(canvas: unknown, slot: Slot, look: Look): boolean;
  /** A texture of the host's context, R8 of a mask and RGBA8 of a picture; the host deletes it. */
  texture(slot: Slot, index: number): WebGLTexture;
}

export interface Life {
  /** True once everything that the engine held is gone for good: another engine must take over. */
  readonly lost: boolean;
  /** Tells of the loss, and that the context is back for another engine. Gives the function that stops telling. */
  on(event: 'lost' | 'restored', listener: () => void): () => void;
}

/** How a picture is shown. */
export interface Look {
  /** Which picture of the batch. */
  readonly index: number;
  /** Red, green and blue, 0..255: a mask is shown as this colour, as opaque as it is light. */
  readonly tint?: readonly [number, number, number];
  /** 0..1. */
  readonly opacity: number;
  /** A picture under the tint; true: what is on the canvas stays. */
  readonly over?: Slot | boolean;
  /** What colours the numbers are; without it those of sRGB. */
  readonly space?: 'display-p3';
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Takes rows of RGBA pixels from `top` on; they are good until it returns. */
export type Put = (pixels: Uint8ClampedArray<ArrayBuffer>, top: number) => void;

/** What kernels work in: a WebAssembly.Memory, or an array that can grow as one. After growth `buffer` is another object. */
export interface Memory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

/** Compiled kernels and the memory they work in. */
export interface Room {
  readonly kernels: Readonly<Record<string, (...args: number[]) => number>>;
  readonly memory: Memory;
  readonly arena: { alloc(bytes: number): number; free(at: number): void; u8(at: number, length: number): Uint8Array };
  /**
   * Threads over the same memory.
   * @internal
   */
  readonly crew?: Crew | undefined;
}

/** Words of the frame that a kernel is told its work in, before its numbers: assembly/lib/frame.ts. */
export const FRAME = 18;
/** Places of some of them: where a call goes on, and the steps that are wanted of a picture that is divided. */
export const FROM = 12;
export const DATA = 13;
export const BEGIN = 15;
export const TO = 16;
export const BETWEEN = 17;

export const elements = (e: Extent): number => e.batch * e.height * e.width * e.channels;
export const bytesOf = (e: Extent): number => elements(e) * (e.dtype === 'uint8' ? 1 : 4);
