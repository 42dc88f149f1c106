// Growing on an engine with shaders: how far each pass reaches, and how a disk is made of runs along its rows.

import type { Extent } from '../../engine.js';
import { type Growth, SHAPES } from '../choices.js';
import type { Figures, Stride } from '../row.js';

/**
 * A diamond or a square: growing by n is growing by 1, 1, 2, 4, … in turn. After reaching m, the maximum over the pictures
 * shifted by n - m <= m (clamped to the edge) reaches n.
 */
function hops({ expand, shape }: Growth): Stride[] {
  const strides: Stride[] = [];
  for (let reached = 0; reached < Math.abs(expand); ) {
    const hop = Math.min(Math.max(reached, 1), Math.abs(expand) - reached);
    strides.push({ numbers: [Math.sign(expand) * hop, SHAPES.indexOf(shape)] });
    reached += hop;
  }
  return strides;
}

/** Levels that one pass makes of the level before: of 2, 4 and 8 of its values. */
const AT_ONCE = 3;

/**
 * A disk: pictures of the greatest of 1, 2, 4, … values from each place on lie below one another, up to the longest chord; then
 * every chord is two of those values, which may overlap.
 */
function chords({ expand }: Growth, { width, height }: Extent): Stride[] {
  const reach = Math.abs(expand);
  const levels = 32 - Math.clz32(2 * Math.min(reach, width - 1) + 1);
  const strides: Stride[] = [];
  for (let made = 1; made < levels; ) {
    made = Math.min(made + AT_ONCE, levels);
    strides.push({ shader: 'diskLevels', numbers: [expand, height], height: height * made });
  }
  const rows = Math.min(reach, height - 1);
  const data = Int32Array.from({ length: rows + 1 }, (_, dy) => Math.floor(Math.sqrt(reach * reach - dy * dy)));
  return [...strides, { shader: 'disk', numbers: [expand, height], data }];
}

export const grow: Figures = {
  passes: (values: Growth, from) => (values.shape === 'disk' ? chords(values, from) : hops(values)),
};
