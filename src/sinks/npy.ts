// NumPy's .npy, version 1.0: a magic, a header of a multiple of 64 bytes, little-endian floats in C order.
import { allocate } from '../base/arrays.js';
import { inPieces, type Lent } from './lent.js';

export async function npy(lent: Lent, shape: readonly number[]): Promise<Uint8Array<ArrayBuffer>> {
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64;
  const bytes = allocate('toNpy', Uint8Array, length + lent.numbers().length * 4) as Uint8Array<ArrayBuffer>;
  bytes.set([0x93, ...ascii('NUMPY'), 1, 0]);
  const view = new DataView(bytes.buffer);
  view.setUint16(8, length - 10, true);
  bytes.set(ascii(dict.padEnd(length - 11)), 10);
  bytes[length - 1] = 10;
  // as WASM's own memory has it: there is no machine for it that is not little-endian
  const floats = new Float32Array(bytes.buffer, length);
  await inPieces(lent, 1, (piece, from) => floats.set(piece, from));
  return bytes;
}

const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
