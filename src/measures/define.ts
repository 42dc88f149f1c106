// Methods from the table of measures: their types, and how they get onto a class.

import type { Batch } from '../api/batch.js';
import type { MaskBatch } from '../api/mask.js';
import { refusal } from '../base/errors.js';
import { check, checkOptions, type Options, type Schema, type Value } from '../base/params.js';
import { operand, sameSize } from '../graph/call.js';
import { callFor, evaluatorOf, nodeOf } from '../graph/held.js';
import { type MeasureRow, type Measures, measures } from '../ops/measures.js';
import type { MaskOf, Measured } from './measure.js';

type RowsOn<On> = { [K in keyof Measures as Measures[K] extends { on: On } ? K : never]: Measures[K] };
type Result<R> = R extends { load: () => Promise<(call: never) => infer T> } ? T : never;
type Asked<R> = R extends { params: infer S extends Schema }
  ? [
      options?: Options<S> & {
        /** Ends the call, which then rejects with the signal's own reason. */
        signal?: AbortSignal | undefined;
      },
    ]
  : never;
type MethodsOf<Rows> = {
  [K in keyof Rows]: Rows[K] extends { with: 'mask' }
    ? (other: MaskBatch, ...options: Asked<Rows[K]>) => Result<Rows[K]>
    : (...options: Asked<Rows[K]>) => Result<Rows[K]>;
};

/** One method for each measure of masks. */
export type MaskMeasures = MethodsOf<RowsOn<'mask'>>;
/** One method for each measure of images. */
export type ImageMeasures = MethodsOf<RowsOn<'image'>>;

/** Put the measures of one kind of batch on its class; `maskOf` makes the masks that some of them give. */
export function defineMeasures(prototype: object, on: 'image' | 'mask', maskOf: MaskOf): void {
  for (const [name, row] of Object.entries<MeasureRow>(measures)) {
    if (row.on !== on) continue;
    Object.defineProperty(prototype, name, {
      value(this: Batch, ...given: unknown[]): Promise<unknown> {
        return measured(name, row, this, given, maskOf);
      },
      writable: true,
      configurable: true,
    });
  }
}

async function measured(
  name: string,
  row: MeasureRow,
  batch: Batch,
  given: readonly unknown[],
  maskOf: MaskOf,
): Promise<unknown> {
  const [node, evaluator] = [nodeOf(batch, name), evaluatorOf(batch, name)];
  const rest = [...given];
  const other = row.with ? operand(name, batch, rest.shift()) : undefined;
  if (other) sameSize(name, node, other);
  if (other && other.extent.batch !== 1 && other.extent.batch !== node.extent.batch)
    throw refusal(name, 'batch', `${node.extent.batch} or 1 masks`, other.extent.batch, 'bad-shape');
  const { values, signal } = question(name, row, rest[0]);
  signal?.throwIfAborted();
  const measure = await row.load();
  // the call, not its answer: on another picture a recipe measures again
  const own: MaskOf = (made, home) => maskOf(made, home, callFor(name, [batch], values));
  const call: Measured<unknown> = { node: node, evaluator, values, other, signal, maskOf: own };
  return measure(call as never);
}

/** The options of a call, checked. */
export function question(name: string, row: MeasureRow, given: unknown = {}) {
  checkOptions(name, given, [...Object.keys(row.params), 'signal'].join(' '));
  const { signal, ...options } = given as Record<string, unknown> & { signal?: AbortSignal };
  const values: Readonly<Record<string, Value>> = check(name, row.params, options);
  return { values, signal };
}
