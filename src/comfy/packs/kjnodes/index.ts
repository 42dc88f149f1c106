// The nodes of KJNodes.
import { groups } from './groups.js';
import { grown } from './grow.js';
import { made } from './made.js';
import { tones } from './tones.js';

export const nodes = { ...grown, ...tones, ...made, ...groups };
