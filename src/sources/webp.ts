// The parts of a WebP, and its orientation: not every browser turns a WebP by its EXIF, so the block is hidden from them all and read
// here.
import { u32 } from '../png/header.js';
import { orientationOf } from './exif.js';

interface Part {
  /** Where its data begins and ends, which is beyond a file that was cut off. */
  from: number;
  to: number;
}

/** The first part of this name, four letters in a word (RIFF: name, length, data to an even end). */
export function partOf(bytes: Uint8Array, name: number): Part | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    if (u32(bytes, at) === name) return { from: at + 8, to: at + 8 + length };
    at += 8 + length + (length & 1);
  }
  return undefined;
}

const EXIF = 0x45584946;

/** The file with nothing left in it to turn by, and how it has to be turned. */
export function unturned(bytes: Uint8Array<ArrayBuffer>): { bytes: Uint8Array<ArrayBuffer>; orientation: number } {
  const part = partOf(bytes, EXIF);
  const orientation = part ? orientationOf(bytes.subarray(part.from, part.to)) : 1;
  return part && orientation !== 1
    ? { bytes: bytes.slice().fill(0, part.from, part.to), orientation }
    : { bytes, orientation };
}
