// The nodes of KJNodes, except those of made.ts and pictures.ts.
import { groups } from './groups.js';
import { grown } from './grow.js';
import { tones } from './tones.js';

export const nodes = { ...grown, ...tones, ...groups };
