// The nodes of LayerStyle that make gradients and soft edges.
import { byColor } from './byColor.js';
import { created } from './created.js';
import { edges } from './edges.js';
import { gradients } from './gradients.js';

export const nodes = { ...byColor, ...created, ...edges, ...gradients };
