// What a node is: a name that workflows use, inputs, outputs, and a few calls on the public face.
import type { Device, ImageBatch, Source } from '../index.js';
import type { Input } from './inputs.js';
import type { Shaped, Socket, SocketValues } from './sockets.js';

/** `comfy-2025` repeats what that year's FeatherMask and LoadImageMask did; see docs/nodes.md. */
export type Compat = 'comfy-2026' | 'comfy-2025';

export type Inputs = Readonly<Record<string, Input>>;

/** What travels as a plain value. */
type Plain = {
  INT: number;
  FLOAT: number;
  BOOLEAN: boolean;
  STRING: string;
};

type Type<T> = T extends Socket ? SocketValues[T] : T extends keyof Plain ? Plain[T] : unknown;

/** One output: batches, numbers, texts, boxes, SEGS; a list where the node's output is one. */
export type Output = unknown;

type Value<I extends Input> = I extends { type: 'COMBO'; options: readonly (infer O)[] }
  ? I extends { free: true }
    ? string
    : O | (I extends { also: readonly (infer A)[] } ? A : never)
  : I extends { type: 'FILE' }
    ? unknown
    : Type<I['type']>;
type Resolved<I extends Input> = I extends { type: Socket; optional: true } ? Value<I> | undefined : Value<I>;

export type Given<I extends Inputs> = { [K in keyof I]: Resolved<I[K]> };
/** Of a node that takes lists: every input is one, of one element where a single value was given. */
export type GivenLists<I extends Inputs> = { [K in keyof I]: readonly Resolved<I[K]>[] };

/** What a caller may give for an input. */
type Taking<I extends Input> = I extends { type: 'IMAGE' }
  ? ImageBatch | ImageData | Shaped
  : I extends { type: 'MASK' }
    ? SocketValues['MASK'] | Shaped
    : I extends { type: 'FILE' }
      ? Source | ImageBatch | Shaped
      : I extends { type: 'INT' | 'FLOAT' }
        ? number | bigint
        : I extends { type: 'COMBO' }
          ? string
          : Type<I['type']>;
type Needed<I extends Inputs> = {
  [K in keyof I]: I[K] extends { optional: true }
    ? never
    : I[K] extends { type: 'INT' | 'FLOAT' | 'BOOLEAN' | 'STRING' | 'COMBO' }
      ? I[K] extends { forceInput: true }
        ? K
        : never
      : K;
}[keyof I];

/** The inputs of a call: pictures and masks, unless they are optional, and widgets, which have defaults. */
export type Taken<I extends Inputs> = { readonly [K in Needed<I>]: Taking<I[K]> } & {
  readonly [K in Exclude<keyof I, Needed<I>>]?: Taking<I[K]> | undefined;
};
/** And those with a number in their names, of which there are as many as a caller likes. */
export type TakenMore<M> = M extends { prefix: infer P extends string; input: infer I extends Input }
  ? { readonly [K in `${P}${number}`]?: Taking<I> | undefined }
  : unknown;

export interface Call<M extends Input = Input> {
  readonly device: Device;
  readonly node: string;
  readonly compat: Compat;
  readonly signal: AbortSignal | undefined;
  /** Of a node with `more`: what was given to `PREFIX1`, `PREFIX2`, …, by number and in order. */
  readonly more: ReadonlyMap<number, Resolved<M>>;
}

/** Type and name of each output; `list` where it is one (a server's `output_is_list`). */
export type Sockets = readonly (readonly [type: Socket | keyof Plain, name: string, list?: 'list'])[];

/** What a node gives, in order: where a workflow ends, the picture that would be shown or saved. */
export type Outputs<O extends Sockets> = O extends readonly []
  ? readonly [ImageBatch]
  : { readonly [K in keyof O]: O[K] extends readonly [infer T, string, 'list'] ? readonly Type<T>[] : Type<O[K][0]> };

export interface Node<
  I extends Inputs = Inputs,
  O extends Sockets = Sockets,
  L extends boolean = boolean,
  M extends Input = Input,
  P extends string = string,
> {
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
  /** Further inputs, as many as a workflow likes: `prefix` and a number. Those in `inputs` with such a name count too. */
  readonly more?: {
    readonly prefix: P;
    readonly input: M;
    /** With two digits at least: 01, 02, …. */
    readonly padded?: true;
  };
  /** The values of its widgets as a file of an older version has them, in today's order. A row of today's comes as it is. */
  readonly older?: (row: readonly unknown[]) => readonly unknown[];
  /** Type and name of each output, in order. */
  readonly outputs: O;
  /** Takes whole lists (a server's `input_is_list`). Every other node runs once for each element of a list. */
  readonly takesLists?: L;
  /**
   * Of a switch: which of its `lazy` inputs it takes, by the values of all others. `given` are those that have something, in
   * order. What it does not take is not made.
   */
  readonly takes?: (values: Readonly<Record<string, unknown>>, given: readonly string[]) => readonly string[];
  /**
   * Shows or saves a picture: a place where a workflow ends. `run` gives the bytes that would go into the file, behind its outputs
   * where it has some.
   */
  readonly ends?: true;
  run(given: L extends true ? GivenLists<I> : Given<I>, call: Call<M>): readonly Output[] | Promise<readonly Output[]>;
}

/** Ties a node's inputs to what its `run` is given. Writing to it would change what it takes for every caller. */
export const node = <
  const I extends Inputs,
  const O extends Sockets,
  const L extends boolean = false,
  const M extends Input = never,
  const P extends string = never,
>(
  one: Node<I, O, L, M, P>,
): Node<I, O, L, M, P> => frozen(one);

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/** An input by its name: one of its own, or one of those with a number. */
export function inputOf(node: Node, name: string): Input | undefined {
  if (Object.hasOwn(node.inputs, name)) return node.inputs[name];
  return numberOf(node, name) === undefined ? undefined : node.more?.input;
}

/** The number of an input of `more`. */
export function numberOf({ more }: Node, name: string): number | undefined {
  if (!more || !name.startsWith(more.prefix)) return undefined;
  const digits = name.slice(more.prefix.length);
  const pattern = more.padded ? /^(\d\d|[1-9]\d{2,3})$/ : /^(0|[1-9]\d{0,3})$/;
  return pattern.test(digits) ? Number(digits) : undefined;
}
