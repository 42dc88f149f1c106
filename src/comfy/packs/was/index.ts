// The nodes of WAS Node Suite.
import { joins } from './joins.js';
import { rectangles } from './rectangles.js';
import { regions } from './regions.js';
import { sources } from './sources.js';
import { tones } from './tones.js';

export const nodes = { ...sources, ...joins, ...regions, ...tones, ...rectangles };
