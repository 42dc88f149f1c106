// What a row of the operation table may say. Everything that an operation is comes from its row: no other file names it.

import type { Schema } from '../base/params.js';
import type { Extent, StepKind } from '../engine.js';

/** One of the passes that a `near` operation is made of on an engine with shaders; they run one after another. */
export interface Stride {
  /** The shader function, where it is not the operation's own. */
  readonly shader?: string;
  /** What the shader is given, as int32 words. */
  readonly numbers: readonly number[];
  /** What the pass writes, where it is not what the operation gives; `float32` holds any 32-bit word. */
  readonly dtype?: Extent['dtype'];
  readonly width?: number;
  readonly height?: number;
  /** Words that the shader looks up with `data(i)`. */
  readonly data?: Int32Array;
}

/** What the values of a step are in an engine's own numbers. Extents are of what it reads, and of what it gives. */
export interface Figures {
  /** What a `near` operation is on an engine with shaders; without it, one pass of its own name. */
  readonly passes?: (values: never, from: Extent, to: Extent) => readonly Stride[];
  /** Words that the kernel finds at `Frame.data`: weights, places. The same for every picture of a batch. */
  readonly data?: (values: never, from: Extent, to: Extent) => Int32Array;
}

/** Calls a row with values for all its parameters. */
export type Apply<T> = (name: 'grow' | 'subtract', values: Readonly<Record<string, number | string>>, ...on: T[]) => T;

export interface Row {
  readonly kind: StepKind;
  /** What the operation is a method of. Rows without a receiver are steps that other methods are made of. */
  readonly on?: 'image' | 'mask' | 'both' | 'device';
  /** A channel of `image.channel(name)` rather than a method of its own. */
  readonly channel?: true;
  /**
   * The element types it computes in; a value of another type is converted first. `both`: a kernel each, the second
   * named with `Float`. `any`: it moves elements without looking at them.
   */
  readonly of: 'uint8' | 'float32' | 'both' | 'any';
  /** A second operand. */
  readonly with?: 'image' | 'mask';
  /** A second operand may have another size: it is laid somewhere. */
  readonly placed?: true;
  /** Whether the second operand is multiplied with the alpha that the picture has before the kernel sees it. */
  readonly cut?: (values: never) => boolean;
  /** Channels that the second operand must have. */
  readonly needs?: 4;
  /** Channels of what it gives, where that is a picture for every receiver. */
  readonly gives?: 3 | 4;
  /** The element type of what it gives, where it is not the one it computes in. */
  readonly makes?: 'uint8' | 'float32';
  /** Whether the 256 entries of a `table` row depend on the counts of the picture. */
  readonly counts?: true;
  /** On float masks a `table` row is a `map` of the same name. */
  readonly floats?: 'map';
  /** The lattice a pick interpolates in. */
  readonly nodes?: () => Promise<() => Uint16Array>;
  /** There is a kernel, `<name>All`, that makes many picks of one picture in one pass over it. */
  readonly many?: true;
  readonly params: Schema;
  /** Values as they hold for a picture of this size; refuses those that cannot. */
  readonly fit?: (values: never, from: Extent) => Readonly<Record<string, number | boolean | string>>;
  /** What is different about the extent of what it gives. */
  readonly extent?: (values: never, from: Extent) => Partial<Extent>;
  /** Whether it gives back what it gets. */
  readonly unchanged?: (values: never, from: Extent) => boolean;
  /** What an engine is given beside the numbers of a step; loaded when the row is first run. */
  readonly figures?: () => Promise<Figures>;
  /** Whether there is a kernel and no shader for these values: an engine with shaders has them done elsewhere. */
  readonly kernelOnly?: (values: never, from: Extent) => boolean;
  /** What it is made of, where it is calls of other rows and has no kernel of its own. */
  readonly composed?: <T>(values: never, from: T, apply: Apply<T>) => T;
  /**
   * Whether white still means what it meant in a mask that came from alpha: `keeps`, `turns` it round, or `begins` such a mask.
   * Without it, nothing can be said of the result.
   */
  readonly polarity?: 'keeps' | 'turns' | 'begins' | ((values: never) => 'begins' | undefined);
}

export const SIDE = 2 ** 30;
export const none = {} as const;
/** Literal types, so that the package's own types can say the default and the range. */
export const whole = <const D extends number, const L extends number, const M extends number>(
  fallback: D,
  min: L,
  max: M,
) => ({ type: 'integer', default: fallback, min, max }) as const;
/** A size that callers must name. Each file of rows has a `size` of two: declarations keep the comments of their own file alone. */
export const side = { type: 'integer', min: 1, max: SIDE } as const;
