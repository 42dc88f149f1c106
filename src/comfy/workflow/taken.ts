// Arrays that a run was given, taken into the device once, however often they are read or given.
import { movable } from '../../graph/sources.js';
import type { Device, ImageBatch, MaskBatch } from '../../index.js';
import { type Input, resolve } from '../inputs.js';
import { shaped } from '../sockets.js';

type Taken = ImageBatch | MaskBatch;

export class Arrays {
  /** By the array, then by kind, shape and what is in it: a caller may fill the same array again. */
  readonly #taken = new Map<unknown, Map<string, Taken>>();

  constructor(readonly device: Device) {}

  /** What a node is given for an input. */
  take(node: string, name: string, input: Input, value: unknown): unknown {
    const given = input.type === 'IMAGE' || input.type === 'MASK' ? shaped(value) : undefined;
    const data: unknown = given?.data;
    if (!given || !ArrayBuffer.isView(data)) return resolve(this.device, node, name, input, value);
    const { width, height } = Object(value) as { width?: unknown; height?: unknown };
    const key = `${input.type} ${String(given.shape ?? [height, width])} ${sum(data)}`;
    const before = this.#taken.get(data) ?? new Map<string, Taken>();
    this.#taken.set(data, before);
    const made = before.get(key) ?? movable(resolve(this.device, node, name, input, value) as Taken);
    before.set(key, made);
    return made;
  }
}

/** Of all its bytes: four at a time, and the rest one by one (FNV-1a). */
function sum({ buffer, byteOffset, byteLength }: ArrayBufferView): number {
  let hash = 0x811c9dc5;
  const add = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193);
    hash ^= hash >>> 15;
  };
  const words = byteOffset % 4 ? 0 : byteLength >> 2;
  const four = new Uint32Array(buffer, words ? byteOffset : 0, words);
  for (let i = 0; i < words; i++) add(four[i]);
  const rest = new Uint8Array(buffer, byteOffset + words * 4, byteLength - words * 4);
  for (let i = 0; i < rest.length; i++) add(rest[i]);
  return hash;
}
