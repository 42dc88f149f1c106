// The nodes of LayerStyle that make pictures from pictures and masks.
import { alpha } from './alpha.js';
import { blend } from './blend.js';
import { canvas } from './canvas.js';

export const nodes = { ...alpha, ...blend, ...canvas };
