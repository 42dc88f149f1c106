// Chooses the smallest of several files with the same pixels: as given, without unused parts (alpha, colour, half of
// 16 bits), with a palette, and, for small pictures, upng-js's palette file.

import { pausing } from '../base/pause.js';
import { decode } from './decode.js';
import type { EncodeRaster } from './encode.js';
import type { Raster } from './input.js';
import { reduce, toPalette } from './reduce.js';
import type { Room } from './room.js';
import { sameBytes, UPNG_PIXELS, upngEncode } from './upng.js';
import { type Chunk, writeFile } from './write.js';

export async function smallest(
  room: Room,
  raster: Raster,
  text: readonly Chunk[],
  signal: AbortSignal | undefined,
  encode: EncodeRaster,
): Promise<Uint8Array<ArrayBuffer>> {
  const pause = signal && pausing(() => signal.throwIfAborted());
  const reduced = await reduce(raster, pause),
    indexed = await toPalette([reduced], pause).then((all) => all?.[0]);
  let best = await encode(room, raster, 'small', text, signal);
  if (reduced !== raster) {
    const fewer = await encode(room, reduced, 'small', text, signal);
    if (fewer.length < best.length) best = fewer;
  }
  if (!indexed) return best;
  const own = await encode(room, indexed, 'small', text, signal);
  if (own.length < best.length) best = own;
  if (raster.width * raster.height > UPNG_PIXELS) return best;
  const wanted = await decode(own, { format: 'rgba8', room });
  const other = await upngEncode([wanted.data], raster.width, raster.height);
  if (!other) return best;
  const file = text.length ? await withText(room, other, text) : other;
  if (file && file.length < best.length && (await shows(room, file, wanted.data))) best = file;
  return best;
}

/** Inserts chunks right after IHDR: 8 bytes of signature and 25 of header. */
async function withText(
  room: Room,
  file: Uint8Array,
  text: readonly Chunk[],
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (file.length < 33) return undefined;
  const chunks = (await writeFile(room, text)).subarray(8),
    whole = new Uint8Array(file.length + chunks.length);
  whole.set(file.subarray(0, 33));
  whole.set(chunks, 33);
  whole.set(file.subarray(33), 33 + chunks.length);
  return whole;
}

async function shows(room: Room, file: Uint8Array, wanted: Uint8Array): Promise<boolean> {
  try {
    const { data } = await decode(file, { format: 'rgba8', room });
    return sameBytes(data, wanted);
  } catch {
    return false;
  }
}
