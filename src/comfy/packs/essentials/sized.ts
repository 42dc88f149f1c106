// The nodes of essentials for batches, for sizes, and for masks that open over time.
import { batches } from './batches.js';
import { resizing } from './resize.js';
import { transition } from './transition.js';

export const nodes = { ...batches, ...resizing, ...transition };
