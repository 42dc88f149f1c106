// The nodes of essentials that make masks. Those that resize them, or make batches, load separately.
import { colors } from './colors.js';
import { masks } from './masks.js';

export const nodes = { ...masks, ...colors };
