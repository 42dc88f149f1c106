// One value from the same pixel of two masks, and pictures put together from channels.
import type { Extent } from '../engine.js';
import { none, type Row } from './row.js';

const join = { kind: 'join', on: 'mask', of: 'both', with: 'mask', params: none } as const;

export const joins = {
  /** Keep this mask as far as the other lets it through: Pillow's paste onto black, or a * b. */
  multiply: join,
  /** The sum; bytes stop at 255. */
  add: join,
  /** This mask less the other; bytes stop at 0. */
  subtract: join,
  /** The larger of the two: union of soft masks. */
  max: join,
  /** The smaller of the two: intersection of soft masks. */
  min: join,
  /** How far the two are apart. */
  difference: join,
  /** Half way between the two; bytes are rounded down. */
  average: join,
  /** White where both round to 1. */
  and: join,
  /** White where either rounds to 1. */
  or: join,
  /** White where exactly one rounds to 1. */
  xor: join,

  /** The picture without its alpha. */
  removeAlpha: {
    kind: 'pack',
    on: 'image',
    of: 'any',
    gives: 3,
    params: none,
    unchanged: (_: object, { channels }: Extent) => channels === 3,
  },
  /** A gray picture: the value three times. */
  toGray: { kind: 'pack', on: 'mask', of: 'any', gives: 3, params: none },
  /** The picture as opaque as this mask, and no more opaque than it was; red, green and blue stay as they are. */
  withAlpha: {
    kind: 'pack',
    on: 'image',
    of: 'any',
    with: 'mask',
    gives: 4,
    params: {
      /** The mask alone is the alpha: what was transparent may show again. */
      replace: { type: 'boolean', default: false },
    },
    cut: ({ replace }: { replace: boolean }) => !replace,
  },
} as const satisfies Record<string, Row>;
