// The nodes of WAS Node Suite.
import { joins } from './joins.js';
import { sources } from './sources.js';

export const nodes = { ...sources, ...joins };
