// The nodes of LayerStyle that round corners and transform masks.
import { rounded } from './rounded.js';
import { transform } from './transform.js';

export const nodes = { ...rounded, ...transform };
