// chromask/png: PNG files in and out.
export { encodeApng, type ApngInput, type ApngOptions } from './apng.js';
export { decode, openRgba8, readText, type OpenFile } from './decode.js';
export { encode, type EncodeOptions, type Level } from './encode.js';
export { type EncodeInput } from './input.js';
export { inspect, type Facts } from './inspect.js';
export { type TextInput } from './textOut.js';
export type { DecodeOptions, Format, Frame, Limits, Picture, Source, TextEntry } from './types.js';
