// The nodes of LayerStyle.
import { sources } from './sources.js';

export const nodes = { ...sources };
