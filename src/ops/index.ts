// The operations: each is declared here, once. Methods, types, validation, the kernels' parameter blocks, the shaders'
// uniforms, the README's table and the contract tests all read these rows.
import { channels } from './channels.js';
import { drawn } from './draw.js';
import { joins } from './joins.js';
import { near } from './near.js';
import { regions } from './regions.js';
import { resamplings } from './resamplings.js';
import type { Row } from './row.js';
import { shapes } from './shapes.js';
import { tones } from './tones.js';

export type { Figures, Row, Stride } from './row.js';

/** Named by its files, whose comments are what editors show of a method and its options. */
export type Ops = typeof channels &
  typeof tones &
  typeof joins &
  typeof shapes &
  typeof near &
  typeof regions &
  typeof drawn &
  typeof resamplings;

export const ops: Ops = {
  ...channels,
  ...tones,
  ...joins,
  ...shapes,
  ...near,
  ...regions,
  ...drawn,
  ...resamplings,
} satisfies Record<string, Row>;

export type OpName = keyof Ops;
/** The row, seen without its own literal types. */
export const rowOf = (name: OpName): Row => ops[name];
