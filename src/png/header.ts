// The PNG header, and the sizes that follow from it, before anything is allocated.
import { arrayKind, isBuffer, numbersIn } from '../base/arrays.js';
import { ChromaskError, isDetached, refusal } from '../base/errors.js';

export interface Header {
  width: number;
  height: number;
  bitDepth: number;
  colorType: number;
  interlaced: boolean;
}

export interface Pass {
  width: number;
  height: number;
  /** First column and row, and the distances to the next. */
  x: number;
  y: number;
  dx: number;
  dy: number;
}

export const SIGNATURE: readonly number[] = [137, 80, 78, 71, 13, 10, 26, 10];

export function corrupt(part: string, expectation: string, got: string | number): ChromaskError {
  return new ChromaskError('png-corrupt', `png: ${part} must be ${expectation}, got ${got}`);
}

export const isCorrupt = (error: unknown): error is ChromaskError =>
  error instanceof ChromaskError && error.code === 'png-corrupt';

/** A big-endian number. Bytes beyond the end count as 0. */
export function u32(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}

export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 8) | bytes[at + 1];
}

/** The bytes of a file, from any realm (an iframe, a test runner). */
export function bytesIn(operation: string, input: unknown): Uint8Array {
  const bytes = arrayKind(input) === 'Uint8Array' ? (numbersIn(input) as Uint8Array) : undefined;
  if (bytes?.length) return bytes;
  const buffer = bytes ? (input as Uint8Array).buffer : input;
  if (isBuffer(buffer) && !isDetached(buffer)) return bytes ?? new Uint8Array(buffer);
  throw refusal(operation, 'bytes', 'a Uint8Array or an ArrayBuffer', input);
}

export function checkSignature(bytes: Uint8Array): void {
  for (const [i, byte] of SIGNATURE.entries()) {
    if (bytes[i] !== byte) {
      const got = [...bytes.subarray(0, 8)].map((b) => b.toString(16).padStart(2, '0')).join(' ');
      throw corrupt('file', 'a PNG (89 50 4e 47 0d 0a 1a 0a)', got || 'nothing');
    }
  }
}

const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** `at` is where the 13 bytes of IHDR begin. */
export function parseHeader(bytes: Uint8Array, at: number): Header {
  const width = u32(bytes, at),
    height = u32(bytes, at + 4);
  const bitDepth = bytes[at + 8] ?? 0,
    colorType = bytes[at + 9] ?? 0;
  if (width < 1 || width > 0x7fffffff) throw corrupt('width', 'from 1 to 2147483647', width);
  if (height < 1 || height > 0x7fffffff) throw corrupt('height', 'from 1 to 2147483647', height);
  const depths = DEPTHS[colorType];
  if (!depths) throw corrupt('colour type', '0, 2, 3, 4 or 6', colorType);
  if (!depths.includes(bitDepth)) throw corrupt(`bit depth of colour type ${colorType}`, depths.join(' or '), bitDepth);
  for (const [i, part] of ['compression method', 'filter method'].entries()) {
    const got = bytes[at + 10 + i] ?? 0;
    if (got !== 0) throw corrupt(part, '0', got);
  }
  const interlace = bytes[at + 12] ?? 0;
  if (interlace > 1) throw corrupt('interlace method', '0 or 1', interlace);
  return { width, height, bitDepth, colorType, interlaced: interlace === 1 };
}

export function checkPixels(width: number, height: number, most: number): void {
  if (width * height > most) {
    throw new ChromaskError(
      'limit',
      `png: picture must be at most ${most} pixels, got ${width * height} (${width} x ${height})`,
    );
  }
}

export function bitsPerPixel(header: Header): number {
  return header.bitDepth * (CHANNELS[header.colorType] ?? 1);
}

export function rowBytes(header: Header, width: number): number {
  return Math.ceil((width * bitsPerPixel(header)) / 8);
}

// PNG specification, section 8.2: first column, first row, column step, row step.
const ADAM7: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

/** The passes that contain pixels. */
export function passes(header: Header): Pass[] {
  const { width, height } = header;
  if (!header.interlaced) return [{ width, height, x: 0, y: 0, dx: 1, dy: 1 }];
  return ADAM7.map(([x, y, dx, dy]) => ({
    width: Math.ceil((width - x) / dx),
    height: Math.ceil((height - y) / dy),
    x,
    y,
    dx,
    dy,
  })).filter((pass) => pass.width > 0 && pass.height > 0);
}

/** The exact number of bytes that the compressed data must inflate to. */
export function inflatedSize(header: Header): number {
  return passes(header).reduce((sum, pass) => sum + pass.height * (rowBytes(header, pass.width) + 1), 0);
}
