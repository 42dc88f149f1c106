// Writes chunks and whole files: lengths, names and CRCs around the data.
import { walked } from '../base/pause.js';
import { SIGNATURE } from './header.js';
import { blocksOf, kernel, type Room } from './room.js';

/** Chunk data, in one piece or several. */
export type Parts = readonly Uint8Array[];

const sizeOf = (parts: Parts): number => parts.reduce((sum, part) => sum + part.length, 0);
const PIECE = 1 << 18;

/** The CRC of a name and data, through a small slot, so that large data is not copied as a whole. */
function* crcOf(room: Room, name: Uint8Array, data: Parts): Generator<void, number> {
  const { arena } = room,
    crc = kernel(room, 'crc');
  const { alloc, free } = blocksOf(room);
  try {
    const table = alloc(16384),
      slot = alloc(PIECE);
    kernel(room, 'crcTable')(table);
    let sum = 0;
    for (const part of [name, ...data]) {
      for (let at = 0; at < part.length; at += PIECE) {
        const piece = part.subarray(at, at + PIECE);
        arena.u8(slot, piece.length).set(piece);
        sum = crc(table, slot, piece.length, sum) >>> 0;
        yield;
      }
    }
    return sum;
  } finally {
    free();
  }
}

export interface Chunk {
  name: string;
  data: Parts;
}

export const writeFile = (
  room: Room,
  chunks: readonly Chunk[],
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> => walked(written(room, chunks), signal);

function* written(room: Room, chunks: readonly Chunk[]): Generator<void, Uint8Array<ArrayBuffer>> {
  const size = 8 + chunks.reduce((sum, chunk) => sum + 12 + sizeOf(chunk.data), 0);
  const file = new Uint8Array(size),
    view = new DataView(file.buffer);
  file.set(SIGNATURE);
  let at = 8;
  for (const { name, data } of chunks) {
    const type = Uint8Array.from(name, (letter) => letter.charCodeAt(0));
    view.setUint32(at, sizeOf(data));
    file.set(type, at + 4);
    at += 8;
    for (const part of data) {
      file.set(part, at);
      at += part.length;
    }
    view.setUint32(at, yield* crcOf(room, type, data));
    at += 4;
  }
  return file;
}

export function bytesOf(...words: number[]): Uint8Array {
  const bytes = new Uint8Array(words.length * 4),
    view = new DataView(bytes.buffer);
  for (const [i, word] of words.entries()) view.setUint32(i * 4, word);
  return bytes;
}

export function headerChunk(width: number, height: number, bitDepth: number, colorType: number): Chunk {
  return { name: 'IHDR', data: [bytesOf(width, height), new Uint8Array([bitDepth, colorType, 0, 0, 0])] };
}
