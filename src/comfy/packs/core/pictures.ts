// ComfyUI's own nodes that make pictures from pictures, in a separate file because workflows for masks seldom need
// them.
import { batches } from './batches.js';
import { compose } from './compose.js';
import { scaled } from './scale.js';

export const nodes = { ...scaled, ...batches, ...compose };
