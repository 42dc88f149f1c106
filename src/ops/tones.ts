// One value from one value: tables of bytes, which tables.ts makes, and what has none.
import { AUTO } from './choices.js';
import { none, type Row, whole } from './row.js';

export const tones = {
  /** What was selected is not, and the other way round: 255 - v, or 1 - x. */
  invert: {
    kind: 'table',
    on: 'mask',
    of: 'uint8',
    floats: 'map',
    params: none,
    polarity: 'turns',
  },
  /** Stretch from the first to the last value that more than 0.05 % of a picture's pixels have. */
  normalize: {
    kind: 'table',
    on: 'mask',
    of: 'uint8',
    params: none,
    counts: true,
  },
  /** Black point, white point and gamma; crossed points swap, equal points give 128 everywhere. */
  levels: {
    kind: 'table',
    on: 'mask',
    of: 'uint8',
    params: {
      /** What becomes black. */
      black: whole(0, 0, 255),
      /** What becomes white. */
      white: whole(255, 0, 255),
      /** Gamma: above 1 brightens the middle. */
      gray: { type: 'number', default: 1, min: 0.01, max: 9.99, step: 0.01 },
    },
    polarity: 'keeps',
  },
  /** White above the value, black at and below it. */
  threshold: {
    kind: 'table',
    on: 'mask',
    of: 'uint8',
    floats: 'map',
    params: {
      /** The limit, 0..1. */
      value: { type: 'number', default: 0.5, min: 0, max: 1, step: 0.01 },
    },
    polarity: 'keeps',
  },
  /** White above a threshold chosen from the counts of each picture, as scikit-image chooses it. */
  autoThreshold: {
    kind: 'table',
    on: 'mask',
    of: 'uint8',
    params: {
      /** Which of scikit-image's methods chooses it. */
      method: { type: 'choice', default: 'otsu', options: AUTO },
    },
    counts: true,
    polarity: 'keeps',
  },
  /** Bytes as the floats they mean: v / 255. */
  floats: { kind: 'cast', of: 'uint8', makes: 'float32', params: none, polarity: 'keeps' },
  /** Floats as bytes by truncation, as the nodes do: clamped, NaN is 0. */
  bytes: { kind: 'cast', of: 'float32', makes: 'uint8', params: none, polarity: 'keeps' },
  /** A model's logits as 0..1: 1 / (1 + e^-x). */
  sigmoid: { kind: 'map', on: 'mask', of: 'float32', params: none, polarity: 'keeps' },
  /** Values below 0 become 0, above 1 become 1. */
  clamp: { kind: 'map', on: 'mask', of: 'float32', params: none, polarity: 'keeps' },
} as const satisfies Record<string, Row>;
