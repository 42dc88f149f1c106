// The nodes of the Impact pack for regions.
import { regions } from './regions.js';
import { segments } from './segs.js';

export const nodes = { ...segments, ...regions };
