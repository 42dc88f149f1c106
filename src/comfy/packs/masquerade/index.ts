// The nodes of masquerade that take each pixel by itself or with its neighbours. Masks are pictures of one channel there.
import { masks } from './masks.js';
import { pictures } from './pictures.js';

export const nodes = { ...masks, ...pictures };
