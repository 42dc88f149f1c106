// The nodes of ComfyUI itself.
import { images } from './images.js';
import { latents } from './latents.js';
import { masks } from './masks.js';
import { outputs } from './outputs.js';
import { sources } from './sources.js';
import { values } from './values.js';

export const nodes = { ...images, ...sources, ...masks, ...latents, ...outputs, ...values };
