// Methods from the operation table: their types, and how they get onto a class.
import { call } from './apply.js';
import { type Batch, homeOf } from './batch.js';
import type { Home } from './home.js';
import type { ImageBatch } from './image.js';
import type { MaskBatch } from './mask.js';
import { type OpName, type Ops, ops, type Row } from './ops.js';
import type { Options, Schema } from './params.js';
import type { Recipe } from './recipe.js';
import { traced } from './recipes/trace.js';

type RowsOn<On> = {
  [K in keyof Ops as Ops[K] extends { on: On } ? (Ops[K] extends { channel: true } ? never : K) : never]: Ops[K];
};
type Gives<R> = R extends { gives: 3 | 4 } ? ImageBatch : MaskBatch;
type Arguments<R> = R extends { params: infer S extends Schema }
  ? keyof S extends never
    ? []
    : [options?: Options<S>]
  : never;

type MethodsOf<Rows> = {
  [K in keyof Rows]: Rows[K] extends { with: 'mask' }
    ? (other: MaskBatch, ...options: Arguments<Rows[K]>) => Gives<Rows[K]>
    : (...options: Arguments<Rows[K]>) => Gives<Rows[K]>;
};

/** One method for each row of the table that is an operation on masks. */
export type MaskMethods = MethodsOf<RowsOn<'mask'>>;
/** One method for each row of the table that is an operation on images. */
export type ImageMethods = MethodsOf<RowsOn<'image'>>;

/** Put the methods of one kind of batch on its class. `wrap` makes a batch of what a row gives. */
export function define(
  prototype: object,
  on: 'image' | 'mask',
  wrap: (row: Row, recipe: Recipe, home: Home) => Batch,
): void {
  for (const [name, row] of Object.entries<Row>(ops)) {
    if (row.on !== on || row.channel) continue;
    Object.defineProperty(prototype, name, {
      value(this: Batch, ...given: unknown[]): Batch {
        const { recipe, values } = call(name as OpName, this, given);
        const inputs = row.with ? [this, given[0] as Batch] : [this];
        return traced(wrap(row, recipe, homeOf(this, name)), name, inputs, values);
      },
      writable: true,
      configurable: true,
    });
  }
}
