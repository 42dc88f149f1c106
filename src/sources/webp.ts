// WebP's orientation. Not every browser turns a WebP by its EXIF, so the block is hidden from them all and read here.
import { orientationOf } from './exif.js';

/** The file with nothing left in it to turn by, and how it has to be turned (RIFF container: name, length, data, even). */
export function unturned(bytes: Uint8Array<ArrayBuffer>): { bytes: Uint8Array<ArrayBuffer>; orientation: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    if (view.getUint32(at) === 0x45584946) {
      const end = Math.min(at + 8 + length, bytes.length);
      const orientation = orientationOf(bytes.subarray(at + 8, end));
      return orientation === 1 ? { bytes, orientation } : { bytes: bytes.slice().fill(0, at + 8, end), orientation };
    }
    at += 8 + length + (length & 1);
  }
  return { bytes, orientation: 1 };
}
