// What a row of calls.ts says.
import type { Device } from '../api/device.js';
import type { ImageBatch } from '../api/image.js';
import type { MaskBatch } from '../api/mask.js';
import type { Schema, Value } from '../base/params.js';

export type Kind = 'image' | 'mask';
export type AnyBatch = ImageBatch | MaskBatch;

/** One step, with a value for every parameter and the batches that it reads. */
interface StepToMake {
  readonly op: string;
  readonly params: Readonly<Record<string, Value>>;
  readonly from: readonly AnyBatch[];
  readonly device: Device;
  readonly signal: AbortSignal | undefined;
}

export interface CallRow {
  /** What it reads; a single kind with `many`, any number of it. */
  readonly takes: readonly (Kind | 'any')[];
  readonly many?: true;
  readonly gives: Kind | 'same';
  readonly params: Schema;
  /** Makes the call of the public face, with all its checks. */
  readonly make: (step: StepToMake) => AnyBatch | Promise<AnyBatch>;
}
