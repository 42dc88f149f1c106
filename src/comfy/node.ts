// What a node is: a name that workflows use, inputs, outputs, and a few calls of the public API.
import type { Device, ImageBatch, Source } from '../index.js';
import type { Input } from './inputs.js';
import type { Shaped, Socket, SocketValues } from './sockets.js';

/** `comfy-2025` repeats what that year's FeatherMask and LoadImageMask did; see docs/nodes.md. */
export type Compat = 'comfy-2026' | 'comfy-2025';

export type Inputs = Readonly<Record<string, Input>>;

/** Types that travel as plain values. */
type Plain = {
  INT: number;
  FLOAT: number;
  BOOLEAN: boolean;
  STRING: string;
};

type Type<T> = T extends Socket ? SocketValues[T] : T extends keyof Plain ? Plain[T] : unknown;

/** One output: a batch, number, text, box or SEGS, or a list of these. */
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
/** For a node that takes lists: every input is a list, with one element if a single value was given. */
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

/** The inputs of a call. Pictures and masks are required unless optional; widgets have defaults. */
export type Taken<I extends Inputs> = { readonly [K in Needed<I>]: Taking<I[K]> } & {
  readonly [K in Exclude<keyof I, Needed<I>>]?: Taking<I[K]> | undefined;
};
/** Numbered inputs, as many as a caller likes. */
export type TakenMore<M> = M extends { prefix: infer P extends string; input: infer I extends Input }
  ? { readonly [K in `${P}${number}`]?: Taking<I> | undefined }
  : unknown;

export interface Call<M extends Input = Input> {
  readonly device: Device;
  readonly node: string;
  readonly compat: Compat;
  readonly signal: AbortSignal | undefined;
  /** For a node with `more`: the values given to `PREFIX1`, `PREFIX2`, …, by number and in order. */
  readonly more: ReadonlyMap<number, Resolved<M>>;
}

/** Type and name of each output, and `list` if it is a list (a server's `output_is_list`). */
export type Sockets = readonly (readonly [type: Socket | keyof Plain, name: string, list?: 'list'])[];

/** The outputs of a node in order. For a node without outputs, the picture that it would show or save. */
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
  /** The node's title on screen. */
  readonly title: string;
  readonly category: string;
  /** What it does, in a sentence or two. */
  readonly about: string;
  /** What chromask does where the original is broken or ambiguous. */
  readonly quirk?: string;
  /** The Python module that a server has it from. */
  readonly module: string;
  /** Other spellings of its name in workflows. */
  readonly also?: readonly string[];
  readonly inputs: I;
  /**
   * Further inputs named `prefix` and a number, as many as a workflow likes. Inputs in `inputs` with such a name
   * count too.
   */
  readonly more?: {
    readonly prefix: P;
    readonly input: M;
    /** Numbers have at least two digits: 01, 02, …. */
    readonly padded?: true;
  };
  /**
   * Converts widget values of a file by an older version into today's order. Must return a row of today's version
   * unchanged.
   */
  readonly older?: (row: readonly unknown[]) => readonly unknown[];
  /** Type and name of each output, in order. */
  readonly outputs: O;
  /** Takes whole lists (a server's `input_is_list`). Any other node runs once for each element of a list. */
  readonly takesLists?: L;
  /**
   * For a switch: which of its `lazy` inputs it takes, decided by the values of all other inputs. `given` are the
   * lazy inputs that have a value, in order. Inputs that are not taken are not computed.
   */
  readonly takes?: (values: Readonly<Record<string, unknown>>, given: readonly string[]) => readonly string[];
  /**
   * Shows or saves a picture, which ends a workflow. `run` returns the bytes that would go into the file, after the
   * node's other outputs.
   */
  readonly ends?: true;
  run(given: L extends true ? GivenLists<I> : Given<I>, call: Call<M>): readonly Output[] | Promise<readonly Output[]>;
}

/** Infers the types that `run` receives from the node's inputs. Freezes the node, because all callers share it. */
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

/** An input by its name: one in `inputs`, or a numbered one. */
export function inputOf(node: Node, name: string): Input | undefined {
  if (Object.hasOwn(node.inputs, name)) return node.inputs[name];
  return numberOf(node, name) === undefined ? undefined : node.more?.input;
}

/** The number of a numbered input. */
export function numberOf({ more }: Node, name: string): number | undefined {
  if (!more || !name.startsWith(more.prefix)) return undefined;
  const digits = name.slice(more.prefix.length);
  const pattern = more.padded ? /^(\d\d|[1-9]\d{2,3})$/ : /^(0|[1-9]\d{0,3})$/;
  return pattern.test(digits) ? Number(digits) : undefined;
}
