// The nodes of LayerStyle that make gradients, soft edges and round corners.
import { created } from './created.js';
import { edges } from './edges.js';
import { gradients } from './gradients.js';
import { rounded } from './rounded.js';
import { transform } from './transform.js';

export const nodes = { ...created, ...edges, ...gradients, ...rounded, ...transform };
