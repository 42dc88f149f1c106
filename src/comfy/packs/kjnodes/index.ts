// The nodes of KJNodes.
import { grown } from './grow.js';
import { tones } from './tones.js';

export const nodes = { ...grown, ...tones };
