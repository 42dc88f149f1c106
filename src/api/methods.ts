// Methods from the operation table: their types, and how they get onto a class.

import type { Options, Schema } from '../base/params.js';
import { call } from '../graph/call.js';
import { type Call, callFor, homeOf } from '../graph/held.js';
import type { Home } from '../graph/home.js';
import type { Node } from '../graph/node.js';
import { type OpName, type Ops, ops, type Row } from '../ops/index.js';
import type { Batch } from './batch.js';
import type { ImageBatch } from './image.js';
import type { MaskBatch } from './mask.js';

type RowsOn<On> = {
  [K in keyof Ops as Ops[K] extends { on: On | 'both' }
    ? Ops[K] extends { channel: true }
      ? never
      : K
    : never]: Ops[K];
};
/** A pick makes a mask of an image, a pack an image of a mask; all else gives what it gets. */
type Gives<R, On> = R extends { gives: 3 | 4 }
  ? ImageBatch
  : R extends { kind: 'pick' }
    ? MaskBatch
    : On extends 'image'
      ? ImageBatch
      : MaskBatch;
type Arguments<R> = R extends { params: infer S extends Schema }
  ? keyof S extends never
    ? []
    : object extends Options<S>
      ? [options?: Options<S>]
      : [options: Options<S>]
  : never;

type Other<R> = R extends { with: 'image' } ? ImageBatch : MaskBatch;

type MethodsOf<On> = {
  [K in keyof RowsOn<On>]: RowsOn<On>[K] extends { with: 'mask' | 'image' }
    ? (other: Other<RowsOn<On>[K]>, ...options: Arguments<RowsOn<On>[K]>) => Gives<RowsOn<On>[K], On>
    : (...options: Arguments<RowsOn<On>[K]>) => Gives<RowsOn<On>[K], On>;
};

/** One method for each row of the table that is an operation on masks. */
export type MaskMethods = MethodsOf<'mask'>;
/** One method for each row of the table that is an operation on images. */
export type ImageMethods = MethodsOf<'image'>;

/** Whether a row on this kind of batch gives an image. */
export const givesImage = (row: Row, on: 'image' | 'mask'): boolean =>
  row.gives !== undefined || (on === 'image' && row.kind !== 'pick');

/** Put the methods of one kind of batch on its class. `wrap` makes a batch of what a row gives. */
export function define(
  prototype: object,
  on: 'image' | 'mask',
  wrap: (image: boolean, node: Node, home: Home, call: Call) => Batch,
): void {
  for (const [name, row] of Object.entries<Row>(ops)) {
    if ((row.on !== on && row.on !== 'both') || row.channel) continue;
    Object.defineProperty(prototype, name, {
      value(this: Batch, ...given: unknown[]): Batch {
        const { node, values } = call(name as OpName, this, given);
        const inputs = row.with ? [this, given[0] as Batch] : [this];
        return wrap(givesImage(row, on), node, homeOf(this, name), callFor(name, inputs, values));
      },
      writable: true,
      configurable: true,
    });
  }
}
