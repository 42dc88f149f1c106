// The nodes of masquerade that work on pixels or their neighbourhoods. Its masks are pictures of one channel.
import { masks } from './masks.js';
import { pictures } from './pictures.js';

export const nodes = { ...masks, ...pictures };
