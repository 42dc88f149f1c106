// The nodes, for drawing graphs of them.
import { nodes as all } from '../dist/comfy.js';

export const nodes = await all();
