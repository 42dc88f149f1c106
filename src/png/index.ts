// chromask/png: reads and writes PNG files.
export { type ApngInput, type ApngOptions, encodeApng } from './apng.js';
export { decode, type OpenFile, openRgba8, readText } from './decode.js';
export { type EncodeOptions, encode, type Level } from './encode.js';
export type { Header } from './header.js';
export type { EncodeInput } from './input.js';
export { type Facts, inspect } from './inspect.js';
export type { Memory, Room } from './room.js';
export type { TextInput } from './textOut.js';
export type { DecodeOptions, Format, Frame, Limits, Picture, Source, TextEntry } from './types.js';
