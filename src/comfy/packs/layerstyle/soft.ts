// The nodes of LayerStyle that make gradients and soft edges.
import { created } from './created.js';
import { edges } from './edges.js';
import { gradients } from './gradients.js';

export const nodes = { ...created, ...edges, ...gradients };
