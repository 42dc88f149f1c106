// The nodes of essentials.
import { batches } from './batches.js';
import { colors } from './colors.js';
import { masks } from './masks.js';
import { resizing } from './resize.js';
import { transition } from './transition.js';

export const nodes = { ...masks, ...colors, ...batches, ...resizing, ...transition };
