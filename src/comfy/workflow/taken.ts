// What a run holds: arrays that it was given, each copied to the device only once, and all its batches, whose data
// moves out of the device's memory while that is short.

import { isPlain } from '../../base/params.js';
import { movable } from '../../graph/sources.js';
import { type Device, ImageBatch as Image, type ImageBatch, MaskBatch as Mask, type MaskBatch } from '../../index.js';
import { List } from '../evaluate.js';
import { type Input, resolve } from '../inputs.js';
import { shaped } from '../sockets.js';

type Taken = ImageBatch | MaskBatch;

export class Arrays {
  /** By array, then by kind, shape and contents, because a caller may refill the same array. */
  readonly #taken = new Map<unknown, Map<string, Taken>>();

  readonly #seen = new Set<unknown>();

  constructor(readonly device: Device) {}

  /**
   * Outputs of a node. Later nodes and the caller read them, but seldom all at once, so the device may move them
   * out.
   */
  made(outputs: readonly unknown[]): readonly unknown[] {
    for (const batch of batchesIn(outputs)) if (batch.location !== 'disposed') movable(batch, this.#seen);
    return outputs;
  }

  /** What a node receives for an input. */
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

/** Batches: themselves, in lists, and inside LATENT and SEGS. */
function* batchesIn(all: readonly unknown[]): Generator<Taken> {
  for (const one of all) {
    if (one instanceof Image || one instanceof Mask) yield one;
    else if (one instanceof List) yield* batchesIn(one.all);
    else if (isPlain(one) && Array.isArray(one.segs))
      yield* batchesIn(one.segs.flatMap((seg) => [Object(seg).mask, Object(seg).image]));
    else if (isPlain(one)) yield* batchesIn([one.noise_mask].filter((mask) => mask instanceof Mask));
  }
}

/** A checksum of all bytes: words of four, then the rest (FNV-1a). */
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
