// The nodes of LayerStyle that crop, put back and scale.
import { crops } from './crops.js';
import { sizes } from './sizes.js';

export const nodes = { ...crops, ...sizes };
