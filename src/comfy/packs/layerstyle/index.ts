// The nodes of LayerStyle that make masks.
import { masks } from './masks.js';
import { outputs } from './outputs.js';
import { sources } from './sources.js';
import { tones } from './tones.js';

export const nodes = { ...sources, ...masks, ...tones, ...outputs };
