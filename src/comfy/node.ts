// What a node is: a name that workflows use, inputs, outputs, and a few calls on the public face.
import type { Device, ImageBatch, MaskBatch, Source } from '../index.js';
import type { Input, Latent, Shaped, Socket } from './inputs.js';

/** `comfy-2025` repeats what that year's FeatherMask and LoadImageMask did; see docs/nodes.md. */
export type Compat = 'comfy-2026' | 'comfy-2025';

export type Output = ImageBatch | MaskBatch | Latent;
export type Inputs = Readonly<Record<string, Input>>;

type Resolved<I extends Input> = I extends { optional: true } ? Type<I> | undefined : Type<I>;
type Type<I extends Input> = I extends { type: 'IMAGE' }
  ? ImageBatch
  : I extends { type: 'MASK' }
    ? MaskBatch
    : I extends { type: 'LATENT' }
      ? Latent
      : I extends { type: 'BOOLEAN' }
        ? boolean
        : I extends { type: 'COMBO' | 'STRING' }
          ? string
          : I extends { type: 'FILE' }
            ? unknown
            : number;

export type Given<I extends Inputs> = { [K in keyof I]: Resolved<I[K]> };

/** What a caller may give for an input. */
type Taking<I extends Input> = I extends { type: 'IMAGE' }
  ? ImageBatch | ImageData | Shaped
  : I extends { type: 'MASK' }
    ? MaskBatch | Shaped
    : I extends { type: 'FILE' }
      ? Source | ImageBatch | Shaped
      : I extends { type: 'INT' | 'FLOAT' }
        ? number | bigint
        : Type<I>;
type Needed<I extends Inputs> = {
  [K in keyof I]: I[K] extends { optional: true } | { type: 'INT' | 'FLOAT' | 'BOOLEAN' | 'STRING' | 'COMBO' }
    ? never
    : K;
}[keyof I];

/** The inputs of a call: pictures and masks, unless they are optional, and widgets, which have defaults. */
export type Taken<I extends Inputs> = { readonly [K in Needed<I>]: Taking<I[K]> } & {
  readonly [K in Exclude<keyof I, Needed<I>>]?: Taking<I[K]> | undefined;
};

export interface Call {
  readonly device: Device;
  readonly node: string;
  readonly compat: Compat;
  readonly signal: AbortSignal | undefined;
}

export type Sockets = readonly (readonly [Socket, string])[];

/** What a node gives, in order: where a workflow ends, the picture that would be shown or saved. */
export type Outputs<O extends Sockets> = O extends readonly []
  ? readonly [ImageBatch]
  : { readonly [K in keyof O]: Type<{ readonly type: O[K][0] }> };

export interface Node<I extends Inputs = Inputs, O extends Sockets = Sockets> {
  /** What the node's title says. */
  readonly title: string;
  readonly category: string;
  /** What it does, in a sentence or two. */
  readonly about: string;
  /** What we do where the original is broken or leaves something open. */
  readonly quirk?: string;
  /** Where a server has it from. */
  readonly module: string;
  /** Other spellings of its name in workflows. */
  readonly also?: readonly string[];
  readonly inputs: I;
  /** Type and name of each output, in order. */
  readonly outputs: O;
  /** Shows or saves a picture, and `run` gives the bytes that would go into the file: a place where a workflow ends. */
  readonly ends?: true;
  run(given: Given<I>, call: Call): readonly Output[] | Promise<readonly Output[]>;
}

/** Ties a node's inputs to what its `run` is given. Whoever wrote to it would change what it takes for everybody. */
export const node = <const I extends Inputs, const O extends Sockets>(one: Node<I, O>): Node<I, O> => frozen(one);

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
