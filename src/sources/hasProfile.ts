// Whether a file seems to bring a colour profile: a look at the names of its parts, so that what reads profiles is loaded where
// there is one.
import { u16, u32 } from '../png/header.js';
import type { Format } from './format.js';

export function hasProfile(bytes: Uint8Array, format: Format): boolean {
  switch (format) {
    case 'png':
      return profileChunks(bytes).size > 0;
    case 'jpeg':
      return segments(bytes).some(({ marker, at }) => marker === 0xe2 && u32(bytes, at) === 0x4943435f);
    case 'webp':
      // bit 5 of the flags of an extended file
      return u32(bytes, 12) === 0x56503858 && (bytes[20] & 0x20) !== 0;
    default:
      return format === 'avif';
  }
}

const IDAT = 0x49444154;
export const ICCP = 0x69434350;
export const CICP = 0x63494350;

/** The first chunk of either name before the pixels of a PNG: name, data and sum. */
export function profileChunks(bytes: Uint8Array): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  for (let at = 8; at + 12 <= bytes.length; at += 12 + u32(bytes, at)) {
    const type = u32(bytes, at + 4);
    if (type === IDAT) break;
    if ((type === ICCP || type === CICP) && !found.has(type))
      found.set(type, bytes.subarray(at + 4, at + 12 + u32(bytes, at)));
  }
  return found;
}

export interface Segment {
  marker: number;
  /** Where its data begins, behind the length, and where it ends. */
  at: number;
  end: number;
}

/** The segments of a JPEG before its first scan. */
export function segments(bytes: Uint8Array): Segment[] {
  const found: Segment[] = [];
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1];
    const length = u16(bytes, at + 2);
    // a marker may be led by more of 0xff
    if (marker === 0xff) at++;
    else if (marker === 0xda || length < 2) break;
    else {
      found.push({ marker, at: at + 4, end: Math.min(at + 2 + length, bytes.length) });
      at += 2 + length;
    }
  }
  return found;
}
