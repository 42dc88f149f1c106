// The nodes of the Impact pack for masks, lists and switches. Those for regions load separately.
import { lists } from './lists.js';
import { masks } from './masks.js';

export const nodes = { ...masks, ...lists };
