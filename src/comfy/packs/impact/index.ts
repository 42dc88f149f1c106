// The nodes of the Impact pack for masks, lists and switches; those of regions load by themselves.
import { lists } from './lists.js';
import { masks } from './masks.js';

export const nodes = { ...masks, ...lists };
