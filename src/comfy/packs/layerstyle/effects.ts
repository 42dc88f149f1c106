// The nodes of LayerStyle that blend layers with backgrounds, and draw shadows, glows, strokes, colours and gradients on layers.
import { advancedBlend } from './advanced.js';
import { overlays } from './overlays.js';
import { shadows } from './shadows.js';

export const nodes = { ...advancedBlend, ...shadows, ...overlays };
