// Sizes: rounding, torch's interpolate of floats at hand, and common_upscale of pictures and masks.
export { interpolated } from './interpolate.js';
export { checkSide, halfEven } from './numbers.js';
export { METHODS, type Method, upscaled as upscaledImage, upscaled as upscaledMask } from './upscale.js';
