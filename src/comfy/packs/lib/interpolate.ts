// torch's interpolate for floats in memory, by chromask's operation.
import type { Around } from './each.js';
import { type Floats, floatsOfImage, imageOfFloats } from './pictures.js';
import type { Method, Size } from './upscale.js';

export const interpolated = (
  floats: Floats,
  size: Size,
  mode: Exclude<Method, 'lanczos'>,
  call: Around,
): Promise<Floats> => floatsOfImage(imageOfFloats(call.device, floats).interpolate({ ...size, mode }), call);
