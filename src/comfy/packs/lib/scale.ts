// Re-exports for sizes: rounding, torch's interpolate, and common_upscale of pictures and masks.
export { interpolated } from './interpolate.js';
export { checkSide, halfEven } from './numbers.js';
export { METHODS, type Method, upscaled as upscaledImage, upscaled as upscaledMask } from './upscale.js';
