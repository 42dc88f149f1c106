// The nodes of the Impact pack.
import { lists } from './lists.js';
import { masks } from './masks.js';
import { regions } from './regions.js';
import { segments } from './segs.js';

export const nodes = { ...segments, ...regions, ...masks, ...lists };
