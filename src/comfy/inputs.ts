// The inputs that a node can have, and how given values are checked and converted.
import { refusal } from '../base/errors.js';
import { checkOne, type Param, type Value } from '../base/params.js';
import { type Device, ImageBatch as Image } from '../index.js';
import { imageOf, isSocket, type Socket, shaped, sockets } from './sockets.js';

/** A value that a workflow may contain. `forceInput`: the value only comes by a link, and has no default. */
type Widget = {
  readonly optional?: true;
  readonly forceInput?: true;
};

export type Input =
  /** `as`: the server's name for the type if it differs from ours, such as `FLOAT,INT` or a pack's own name. */
  | {
      readonly type: Socket;
      readonly optional?: true;
      readonly as?: string;
      /** An input of a switch, computed only if the switch `takes` it. */
      readonly lazy?: true;
    }
  | (Widget & {
      readonly type: 'INT' | 'FLOAT';
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly step?: number | undefined;
      /** The range for calls and links, which a server does not check, if it is wider than the widget's. */
      readonly takes?: readonly [min: number, max: number];
    })
  | (Widget & { readonly type: 'BOOLEAN'; readonly default: boolean })
  | (Widget & { readonly type: 'STRING'; readonly default: string; readonly multiline?: true })
  /** A picture's file: anything `device.load` takes, or a decoded picture. */
  | { readonly type: 'FILE'; readonly optional?: true; readonly as?: string }
  | {
      readonly type: 'COMBO';
      readonly optional?: true;
      readonly options: readonly string[];
      readonly default?: string | undefined;
      /** Other spellings in workflows: accepted but not offered. */
      readonly also?: readonly string[] | undefined;
      /** Accepts any text: the node itself checks what a server would check. */
      readonly free?: true;
    };

export const image = { type: 'IMAGE' } as const;
export const mask = { type: 'MASK' } as const;
export const latent = { type: 'LATENT' } as const;
export const segs = { type: 'SEGS' } as const;
export const box = { type: 'BOX' } as const;
export const anything = { type: '*' } as const;
export const file = { type: 'FILE' } as const;

/** The same input, made optional. */
export const optional = <const I extends Input>(input: I) => ({ ...input, optional: true }) as const;

/** The same input, computed only if the switch takes it. */
export const lazy = <const I extends Input>(input: I) => ({ ...input, lazy: true }) as const;

/** A widget has a default even if the operation's parameter has none. */
type NumberParam = Extract<Param, { type: 'integer' | 'number' }> & { readonly default: number };

/** An INT or FLOAT widget with the range of an operation's parameter, or with the node's own range. */
export const int = (param: Omit<NumberParam, 'type'>, own: Partial<NumberParam> = {}) =>
  ({ step: 1, ...range(param, own), type: 'INT' }) as const;
export const float = (param: Omit<NumberParam, 'type'>, own: Partial<NumberParam> = {}) =>
  ({ ...range(param, own), type: 'FLOAT' }) as const;
export const boolean = (fallback: boolean) => ({ type: 'BOOLEAN', default: fallback }) as const;
export const string = (fallback = '') => ({ type: 'STRING', default: fallback }) as const;
/** One of these options. The first is the default unless another one is given. */
export const combo = <const O extends readonly string[]>(options: O, fallback?: O[number]) =>
  ({ type: 'COMBO', options, ...(fallback === undefined ? {} : { default: fallback }) }) as const;

function range(param: Omit<NumberParam, 'type'>, own: Partial<NumberParam>) {
  const { default: fallback, min, max, step } = { ...param, ...own };
  return { default: fallback, min, max, ...(step === undefined ? {} : { step }) };
}

/** Whether the value can only come by a link. */
export const isForced = (input: Input): boolean => 'forceInput' in input && input.forceInput === true;

/** Whether the front end has a widget for it: it is neither a socket nor a value that only comes by a link. */
export const hasWidget = (input: Input): boolean => !isSocket(input.type) && !isForced(input);

/** Whether it has a default. Files have a widget but no default. */
export const isWidget = (input: Input): boolean => hasWidget(input) && input.type !== 'FILE';

/** Whether a call must give it: sockets, files and values that only come by a link, unless they are optional. */
export const isNeeded = (input: Input): boolean => !isOptional(input) && !isWidget(input);

export const isOptional = (input: Input): boolean => 'optional' in input && input.optional === true;

export const isLazy = (input: Input | undefined): boolean =>
  input !== undefined && 'lazy' in input && input.lazy === true;

/** The server's name for its type. */
export const typeOf = (input: Input): string => ('as' in input && input.as ? input.as : input.type);

/** Checks and converts one input of a call; `undefined` only for an optional socket that was not given. */
export function resolve(device: Device, node: string, name: string, input: Input, value: unknown): unknown {
  const missing = value === undefined || value === null;
  if (missing && isNeeded(input) && !isLazy(input)) {
    const expected = input.type === 'FILE' ? 'a picture file' : typeOf(input);
    throw refusal(node, name, `${expected} (it is required)`, value, 'missing');
  }
  if (isSocket(input.type)) return missing ? undefined : sockets[input.type](value, node, name, device);
  switch (input.type) {
    case 'INT':
    case 'FLOAT':
      return numberOf(node, name, input, value);
    case 'BOOLEAN':
      return checkOne(node, name, { ...input, type: 'boolean' }, value);
    case 'STRING':
      if (value === undefined) return input.default;
      if (typeof value === 'string') return value;
      throw refusal(node, name, 'a string', value);
    case 'FILE':
      return fileOf(device, node, name, value);
    case 'COMBO':
      return choiceOf(node, name, input, value);
  }
}

/** Stands for the originals' unbounded integers. */
export const ENDLESS = 2 ** 64;
/** The longest side that the originals allow. */
export const MAX = 16384;

function numberOf(node: string, name: string, input: Extract<Input, { type: 'INT' | 'FLOAT' }>, value: unknown): Value {
  const { default: fallback, takes: [min, max] = [input.min, input.max] } = input;
  const type = input.type === 'INT' ? 'integer' : 'number';
  return checkOne(node, name, { type, default: fallback, min, max }, plain(value));
}

/** Python's ints are unbounded. Those within a double's range become numbers. */
const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

function choiceOf(node: string, name: string, input: Extract<Input, { type: 'COMBO' }>, value: unknown): Value {
  // a front end may store a number for a choice when its widgets have shifted
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && (input.free || input.also?.includes(text))) return text;
  const fallback = input.default ?? input.options[0];
  return checkOne(node, name, { type: 'choice', options: input.options, default: fallback }, value);
}

function fileOf(device: Device, node: string, name: string, value: unknown): unknown {
  const decoded = typeof ImageData !== 'undefined' && value instanceof ImageData;
  return value instanceof Image || decoded || shaped(value)?.shape ? imageOf(value, node, name, device) : value;
}

/** Refuses anything but a device of any kind. */
export function checkDevice(operation: string, device: unknown): void {
  if (typeof Object(device).solid !== 'function') throw refusal(operation, 'device', 'a device', device);
}
