// The calls that a recipe may have: what each reads, its parameters, and how it is made. `read` checks by these rows, `run` calls by them.
import { colorMapParams } from '../api/colorMap.js';
import { ImageBatch } from '../api/image.js';
import { compositeSchema, MaskBatch } from '../api/mask.js';
import { givesImage } from '../api/methods.js';
import { colorRangeParams, wandParams } from '../api/selectColors.js';
import { ChromaskError, refusal } from '../base/errors.js';
import { channelNames } from '../ops/channelNames.js';
import { type OpName, ops, type Row } from '../ops/index.js';
import { type MeasureRow, measures } from '../ops/measures.js';
import type { AnyBatch, CallRow } from './callRow.js';
import { olderCalls } from './older.js';

const SAFE = Number.MAX_SAFE_INTEGER;
const whole = { type: 'integer', default: 0, min: -SAFE, max: SAFE } as const;

/** Methods with the other operand first, if there is one, then the options. */
const byOptions: CallRow['make'] = ({ op, params, from: [first, ...more] }) =>
  method(first, op, Object.keys(params).length ? [...more, params] : more);

/** Methods whose arguments are the parameters one by one. */
const byArguments: CallRow['make'] = ({ op, params, from: [first] }) => method(first, op, Object.values(params));

/** Methods with a signal, which give a promise of `masks` and of what was measured. */
const byMeasuring: CallRow['make'] = async ({ op, params, from: [first], signal }) => {
  const { masks } = (await method<Promise<{ masks?: MaskBatch }>>(first, op, [{ ...params, signal }])) ?? {};
  if (masks) return masks;
  throw new ChromaskError('missing', `run: ${op} found nothing in this picture`);
};

const byDevice: CallRow['make'] = ({ op, params, device }) => device.make(op as OpName, params);

/** The name is that of a row: there is such a method. */
function method<Result = AnyBatch>(first: AnyBatch, name: string, given: readonly unknown[]): Result {
  const call: unknown = Reflect.get(first, name);
  if (typeof call !== 'function') throw new Error(`${name} is no method`);
  return call.apply(first, given);
}

/** Calls that are no rows of the operation table. */
const others: Readonly<Record<string, CallRow>> = {
  ...olderCalls,
  channel: {
    takes: ['image'],
    gives: 'mask',
    params: { name: { type: 'choice', default: 'L(LAB)', options: channelNames } },
    make: byArguments,
  },
  as: {
    takes: ['any'],
    gives: 'same',
    params: { dtype: { type: 'choice', default: 'uint8', options: ['uint8', 'float32'] } },
    make: byArguments,
  },
  at: { takes: ['any'], gives: 'same', params: { b: whole }, make: byArguments },
  slice: {
    takes: ['any'],
    gives: 'same',
    params: { start: whole, end: { ...whole, default: SAFE } },
    make: ({ params: { start, end }, from: [first] }) =>
      method(first, 'slice', [start, end === SAFE ? undefined : end]),
  },
  cat: {
    takes: ['any'],
    many: true,
    gives: 'same',
    params: {},
    make: ({ from }) =>
      from[0] instanceof MaskBatch ? MaskBatch.cat(from as MaskBatch[]) : ImageBatch.cat(from as ImageBatch[]),
  },
  composite: { takes: ['mask', 'mask'], gives: 'mask', params: compositeSchema, make: byOptions },
  colorRange: { takes: ['image'], gives: 'mask', params: colorRangeParams, make: byOptions },
  wand: { takes: ['image'], gives: 'mask', params: wandParams, make: byOptions },
  colorMap: { takes: ['image'], gives: 'mask', params: colorMapParams, make: byMeasuring },
  ...Object.fromEntries(
    Object.entries<MeasureRow>(measures).flatMap(([name, { on, params, masks }]): [string, CallRow][] =>
      masks ? [[name, { takes: [on], gives: 'mask', params, make: byMeasuring }]] : [],
    ),
  ),
};

/** The row of a step's call; refuses what is no operation. */
export function callRow(where: string, op: unknown): CallRow {
  if (typeof op === 'string' && Object.hasOwn(others, op)) return others[op];
  const row: Row | undefined = typeof op === 'string' && Object.hasOwn(ops, op) ? ops[op as OpName] : undefined;
  if (row?.on === 'device') return { takes: [], gives: 'mask', params: row.params, make: byDevice };
  if (!row?.on || row.channel) throw refusal('recipe', `${where}.op`, 'an operation', op);
  const first = row.on === 'both' ? 'any' : row.on;
  const kind = givesImage(row, row.on === 'image' ? 'image' : 'mask') ? 'image' : 'mask';
  return {
    takes: row.with ? [first, row.with] : [first],
    gives: row.on === 'both' && !row.gives ? 'same' : kind,
    params: row.params,
    make: byOptions,
  };
}
