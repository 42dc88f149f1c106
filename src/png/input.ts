// Checks the input of `encode` and brings it into one form.
import { arrayKind, numbersIn, truly } from '../base/arrays.js';
import { type ChromaskError, isDetached, refusal } from '../base/errors.js';

export type EncodeInput =
  | {
      width: number;
      height: number;
      /** 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA. */
      channels: 1 | 2 | 3 | 4;
      /** Default 8 for bytes, 16 for a Uint16Array. With 1 (gray only), 0 is black, and 1 or 255 is white. */
      bitDepth?: 1 | 8 | 16 | undefined;
      data: Uint8Array | Uint8ClampedArray | Uint16Array;
    }
  | {
      width: number;
      height: number;
      /** RGBA, up to 256 entries. The file gets 1, 2, 4 or 8 bits by their number. */
      palette: Uint8Array | Uint8ClampedArray;
      /** One index per byte. */
      data: Uint8Array | Uint8ClampedArray;
    };

export interface Raster {
  width: number;
  height: number;
  colorType: 0 | 2 | 3 | 4 | 6;
  bitDepth: 1 | 2 | 4 | 8 | 16;
  channels: number;
  /** Samples, one per byte below 16 bits. */
  data: Uint8Array | Uint16Array;
  palette: Uint8Array | undefined;
}

const COLOR_TYPES = [0, 4, 2, 6] as const;

const refuse = (part: string, expectation: string, got: unknown): ChromaskError =>
  refusal('encode', part, expectation, got);

/** The fields of either form, before they are checked. */
type Given = Extract<EncodeInput, { channels: number }> & { palette?: unknown };

export function checkInput(input: EncodeInput): Raster {
  if (Object(input) !== input) throw refuse('picture', 'an object', input);
  // each property is read once, so that what is checked is what is written
  const { width, height, data: given, palette, channels, bitDepth: bits } = input as Given;
  for (const [name, value] of Object.entries({ width, height })) {
    if (!Number.isInteger(value) || value < 1 || value > 0x7fffffff)
      throw refuse(name, 'an integer from 1 to 2147483647', value);
  }
  const data = arrayKind(given) === 'Uint16Array' ? truly(given, Uint16Array) : numbersIn(given);
  if (!data || data instanceof Float32Array || (!data.length && isDetached((given as Uint8Array).buffer)))
    throw refuse('data', 'a Uint8Array, Uint8ClampedArray or Uint16Array', given);
  if (palette !== undefined || 'palette' in input) {
    const colours = numbersIn(palette);
    if (!(colours instanceof Uint8Array)) throw refuse('palette', 'RGBA bytes', palette);
    return indexed(width, height, data, colours);
  }
  const colorType = COLOR_TYPES[channels - 1];
  if (colorType === undefined) throw refuse('channels', '1, 2, 3 or 4', channels);
  const bitDepth = bits ?? (data instanceof Uint16Array ? 16 : 8);
  if (bitDepth !== 1 && bitDepth !== 8 && bitDepth !== 16) throw refuse('bitDepth', '1, 8 or 16', bitDepth);
  if (bitDepth === 1 && colorType !== 0) throw refuse('bitDepth', `8 or 16 with ${channels} channels`, bitDepth);
  if ((bitDepth === 16) !== data instanceof Uint16Array)
    throw refuse('data', bitDepth === 16 ? 'a Uint16Array for 16 bits' : `bytes for ${bitDepth} bits`, data);
  const samples = width * height * channels;
  if (data.length !== samples)
    throw refuse('data', `${samples} samples for ${width} x ${height} x ${channels}`, data.length);
  return { width, height, colorType, bitDepth, channels, data, palette: undefined };
}

function indexed(width: number, height: number, data: Uint8Array | Uint16Array, palette: Uint8Array): Raster {
  const entries = palette.length / 4;
  if (!Number.isInteger(entries) || entries < 1 || entries > 256)
    throw refuse('palette', '1 to 256 RGBA entries', palette);
  if (data instanceof Uint16Array) throw refuse('data', 'bytes with a palette', data);
  if (data.length !== width * height)
    throw refuse('data', `${width * height} indices for ${width} x ${height}`, data.length);
  const bitDepth = entries > 16 ? 8 : entries > 4 ? 4 : entries > 2 ? 2 : 1;
  return { width, height, colorType: 3, bitDepth, channels: 1, data, palette };
}

/** Samples between two pauses. */
const PIECE = 2 ** 20;

/** Refuses samples beyond the bit depth or the palette. A generator, so that the caller may pause. */
export function* checkSamples({ bitDepth, palette, data }: Raster): Generator<void, void> {
  const entries = (palette?.length ?? 0) / 4;
  if (palette ? entries === 256 : bitDepth !== 1) return;
  for (let from = 0; from < data.length; from += PIECE, yield) {
    for (let i = from; i < Math.min(from + PIECE, data.length); i++) {
      if (palette && data[i] >= entries) throw refuse('palette index', `below ${entries}`, data[i]);
      if (!palette && data[i] > 1 && data[i] !== 255)
        throw refuse('a sample of a 1-bit picture', '0, 1 or 255', data[i]);
    }
  }
}
