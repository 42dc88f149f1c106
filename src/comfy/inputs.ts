// What a node can be given, and how what came is checked and turned into batches and numbers.

import { refusal } from '../errors.js';
import type { Device, ImageBatch, MaskBatch } from '../index.js';
import { ImageBatch as Image, MaskBatch as Mask } from '../index.js';
import { checkOne, isPlain, type Param, type Value } from '../params.js';

/** A LATENT as nodes pass it on; samples are any caller's array or tensor. */
export interface Latent {
  samples: unknown;
  noise_mask?: MaskBatch;
  [key: string]: unknown;
}

/** Numbers of a picture or mask with their shape, as we and as tensors have it. */
export type Shaped = { readonly data: ArrayBufferView } & (
  | { readonly shape: readonly number[] }
  | { readonly dims: readonly number[] }
);

export type Socket = 'IMAGE' | 'MASK' | 'LATENT';

export type Input =
  | { readonly type: Socket; readonly optional?: true }
  | {
      readonly type: 'INT' | 'FLOAT';
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly step?: number | undefined;
    }
  | { readonly type: 'BOOLEAN'; readonly default: boolean }
  | { readonly type: 'STRING'; readonly default: string }
  /** A picture's file: whatever `device.load` takes, or a picture that is decoded already. */
  | { readonly type: 'FILE' }
  | {
      readonly type: 'COMBO';
      readonly options: readonly string[];
      readonly default?: string | undefined;
      readonly also?: readonly string[] | undefined;
    };

export const image = { type: 'IMAGE' } as const;
export const mask = { type: 'MASK' } as const;
export const latent = { type: 'LATENT' } as const;
export const file = { type: 'FILE' } as const;

type NumberParam = Extract<Param, { type: 'integer' | 'number' }>;

/** An INT or FLOAT widget with the range of an operation's parameter, or the node's own where it differs. */
export const int = (param: Omit<NumberParam, 'type'>, own: Partial<NumberParam> = {}) =>
  ({ step: 1, ...range(param, own), type: 'INT' }) as const;
export const float = (param: Omit<NumberParam, 'type'>, own: Partial<NumberParam> = {}) =>
  ({ ...range(param, own), type: 'FLOAT' }) as const;
export const boolean = (fallback: boolean) => ({ type: 'BOOLEAN', default: fallback }) as const;

function range(param: Omit<NumberParam, 'type'>, own: Partial<NumberParam>) {
  const { default: fallback, min, max, step } = { ...param, ...own };
  return { default: fallback, min, max, ...(step === undefined ? {} : { step }) };
}

/** One input of a call, checked; `undefined` only for an optional socket that was left out. */
export function resolve(device: Device, node: string, name: string, input: Input, value: unknown): unknown {
  switch (input.type) {
    case 'IMAGE':
    case 'MASK':
    case 'LATENT':
      if (value === undefined || value === null) {
        if (input.optional) return undefined;
        throw refusal(node, name, `${input.type} (it is required)`, value, 'missing');
      }
      if (input.type === 'LATENT') return latentOf(node, name, value);
      return input.type === 'IMAGE' ? imageOf(device, node, name, value) : maskOf(device, node, name, value);
    case 'INT':
    case 'FLOAT':
      return checkOne(node, name, { ...input, type: input.type === 'INT' ? 'integer' : 'number' }, whole(value));
    case 'BOOLEAN':
      return checkOne(node, name, { ...input, type: 'boolean' }, value);
    case 'STRING':
      if (value === undefined) return input.default;
      if (typeof value === 'string') return value;
      throw refusal(node, name, 'a string', value);
    case 'FILE':
      if (value !== undefined && value !== null) return fileOf(device, node, name, value);
      throw refusal(node, name, 'a picture file (it is required)', value, 'missing');
    case 'COMBO':
      return combo(node, name, input, value);
  }
}

/** The end of the originals' unbounded integers. */
export const ENDLESS = 2 ** 64;
/** The longest side the originals allow. */
export const MAX = 16384;

/** Python's ints have no end; those that fit a double are the same number. */
const whole = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

function combo(node: string, name: string, input: Extract<Input, { type: 'COMBO' }>, value: unknown): Value {
  if (typeof value === 'string' && input.also?.includes(value)) return value;
  const fallback = input.default ?? input.options[0];
  return checkOne(node, name, { type: 'choice', options: input.options, default: fallback }, value);
}

/** Numbers with a shape: our own `{ data, shape }` and the `{ data, dims }` of tensors. */
function shaped(value: unknown): { data: never; shape: never } | undefined {
  if (typeof value !== 'object' || value === null || !('data' in value)) return undefined;
  // a batch of the other kind has methods of these names
  if (value instanceof Image || value instanceof Mask) return undefined;
  const shape = 'shape' in value ? value.shape : 'dims' in value ? value.dims : undefined;
  // the device checks both; their types are its business
  return { data: value.data as never, shape: shape as never };
}

function imageOf(device: Device, node: string, name: string, value: unknown): ImageBatch {
  if (value instanceof Image) return value;
  const given = shaped(value);
  if (!given) throw refusal(node, name, 'an image, ImageData or { data, shape }', value);
  return given.shape === undefined ? device.image(value as ImageData) : device.image(given.data, given.shape);
}

function fileOf(device: Device, node: string, name: string, value: unknown): unknown {
  const decoded = typeof ImageData !== 'undefined' && value instanceof ImageData;
  return value instanceof Image || decoded || shaped(value)?.shape ? imageOf(device, node, name, value) : value;
}

function maskOf(device: Device, node: string, name: string, value: unknown): MaskBatch {
  if (value instanceof Mask) return value;
  const given = shaped(value);
  if (!given) throw refusal(node, name, 'a mask or { data, shape }', value);
  return device.mask(given.data, given.shape);
}

function latentOf(node: string, name: string, value: unknown): Latent {
  if (isPlain(value) && Object.hasOwn(value, 'samples')) return { ...value, samples: value.samples };
  throw refusal(node, name, 'an object with samples', value);
}

/** Refuses what is no device, of whichever kind. */
export function checkDevice(operation: string, device: unknown): void {
  if (typeof Object(device).solid !== 'function') throw refusal(operation, 'device', 'a device', device);
}
