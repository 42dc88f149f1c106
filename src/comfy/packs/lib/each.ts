// Reads single masks and pictures of a batch as numbers and makes batches of them again, for nodes that no operation
// can compute.
import { refusal } from '../../../base/errors.js';
import { type Device, type ImageBatch, MaskBatch as Mask, type MaskBatch } from '../../../index.js';

export interface Plane<T extends Uint8Array | Float32Array = Uint8Array | Float32Array> {
  readonly data: T;
  readonly width: number;
  readonly height: number;
}

export interface Around {
  readonly device: Device;
  readonly signal: AbortSignal | undefined;
}

/** With the node's name, for error messages. */
export interface Named extends Around {
  readonly node: string;
}

/** Refuses a batch of several pictures where the original fails on more than one. */
export function checkOne(node: string, input: string, { shape }: ImageBatch | MaskBatch): void {
  if (shape[0] === 1) return;
  throw refusal(node, input, shape.length === 3 ? 'one mask' : 'one picture', `shape [${shape}]`, 'bad-shape');
}

/** The length of the longest batch. Shorter batches must have one element, which is used for all. */
export function lengthOf(
  node: string,
  input: string,
  ...batches: readonly (ImageBatch | MaskBatch | undefined)[]
): number {
  const lengths = batches.map((batch) => batch?.shape[0] ?? 1);
  const most = Math.max(...lengths);
  const wrong = lengths.find((one) => one !== 1 && one !== most);
  if (wrong) throw refusal(node, input, `a batch of 1 or ${most}`, wrong, 'bad-shape');
  return most;
}

/** Each mask of the batch as bytes, truncated. */
export function bytesOf(mask: MaskBatch, { signal }: Around): Promise<Plane<Uint8Array>[]> {
  return mask.bytes({ signal } as never).then((all) => planes(all as Uint8Array, mask.shape));
}

/** Each mask of the batch as floats. */
export function floatsOf(mask: MaskBatch, { signal }: Around): Promise<Plane<Float32Array>[]> {
  return mask.data({ signal } as never).then((all) => planes(all as Float32Array, mask.shape));
}

function planes<T extends Uint8Array | Float32Array>(all: T, [, height, width]: readonly number[]): Plane<T>[] {
  const size = width * height;
  return Array.from({ length: all.length / size }, (_, b) => {
    return { data: all.subarray(b * size, (b + 1) * size) as T, width, height };
  });
}

/** One batch of masks that have the same size and type. */
export function batchOf({ device }: Around, all: readonly Plane[]): MaskBatch {
  return Mask.cat(all.map(({ data, width, height }) => device.mask(data, [1, height, width])));
}

/** A batch of what `make` returns for the bytes of each mask. */
export async function eachOf(
  mask: MaskBatch,
  call: Around,
  make: (plane: Plane<Uint8Array>) => Plane,
): Promise<MaskBatch> {
  return batchOf(call, (await bytesOf(mask, call)).map(make));
}
