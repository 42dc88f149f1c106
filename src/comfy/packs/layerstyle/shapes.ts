// The nodes of LayerStyle that make round corners and turn masks.
import { rounded } from './rounded.js';
import { transform } from './transform.js';

export const nodes = { ...rounded, ...transform };
