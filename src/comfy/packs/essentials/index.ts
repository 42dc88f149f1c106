// The nodes of essentials that make masks; those that resize them, or make batches of them, load by themselves.
import { colors } from './colors.js';
import { masks } from './masks.js';

export const nodes = { ...masks, ...colors };
