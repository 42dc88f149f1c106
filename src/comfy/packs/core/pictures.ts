// The nodes of ComfyUI itself that make pictures out of pictures: a file of their own, since masks seldom need them.
import { batches } from './batches.js';
import { compose } from './compose.js';
import { scaled } from './scale.js';

export const nodes = { ...scaled, ...batches, ...compose };
