// The nodes of masquerade. Masks are pictures of one channel there, on sockets of pictures.
import { masks } from './masks.js';
import { pictures } from './pictures.js';
import { regions } from './regions.js';

export const nodes = { ...masks, ...pictures, ...regions };
