// Encodes a PNG.
import { ChromaskError, refusal } from '../base/errors.js';
import { checkOptions } from '../base/params.js';
import { walked } from '../base/pause.js';
import { checkInput, checkSamples, type EncodeInput, type Raster } from './input.js';
import { openRoom, type Room } from './room.js';
import { type Compressed, compressRows } from './rowsOut.js';
import { type TextInput, textChunks } from './textOut.js';
import { type Chunk, headerChunk, writeFile } from './write.js';

/**
 * `fast`: one pass, runs only; best for masks. `small`: searches for matches and tries several filters. `smallest`:
 * also tries fewer channels, a palette or fewer bits if no pixel changes.
 */
export type Level = 'fast' | 'small' | 'smallest';

export interface EncodeOptions {
  /** How hard to compress. Default `fast`. The pixels are the same. */
  level?: Level | undefined;
  /** Keyword to text, or entries with language. */
  text?: TextInput | undefined;
  /** Has no effect: every level gives the same bytes on every machine. */
  deterministic?: boolean | undefined;
  /** Cancels the call, which then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Kernels and memory to work in. Default: its own. */
  room?: Room | undefined;
}

const LEVELS: readonly Level[] = ['fast', 'small', 'smallest'];

/** Encode a picture as PNG, with the same bytes on every machine. */
export async function encode(input: EncodeInput, options: EncodeOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  checkOptions('encode', options, 'level text signal room deterministic');
  const { level = 'fast', signal } = options;
  signal?.throwIfAborted();
  if (!LEVELS.includes(level)) throw refusal('encode', 'level', 'fast, small or smallest', level);
  const raster = checkInput(input),
    text = textChunks(options.text);
  await walked(checkSamples(raster), signal);
  const room = await openRoom('encode', options.room);
  const file =
    level === 'smallest'
      ? (await import('./smallest.js')).smallest(room, raster, text, signal, encodeRaster)
      : encodeRaster(room, raster, level, text, signal);
  return file.catch(noMemory);
}

/** Throws the error for an array that could not be allocated. */
export function noMemory(cause: unknown): never {
  if (!(cause instanceof RangeError)) throw cause;
  throw new ChromaskError('out-of-memory', 'encode: no memory for the file', { cause });
}

export type EncodeRaster = (
  room: Room,
  raster: Raster,
  level: 'fast' | 'small',
  text: readonly Chunk[],
  signal?: AbortSignal,
) => Promise<Uint8Array<ArrayBuffer>>;

const encodeRaster: EncodeRaster = async (room, raster, level, text, signal) => {
  const data: Compressed = await compressRows(room, raster, level, signal);
  const chunks = [
    headerChunk(raster.width, raster.height, raster.bitDepth, raster.colorType),
    ...paletteChunks(raster.palette),
    ...text,
    { name: 'IDAT', data: data.parts },
    { name: 'IEND', data: [] },
  ];
  return writeFile(room, chunks, signal);
};

/** PLTE, and tRNS up to the last entry that is not opaque. `palette` is RGBA. */
export function paletteChunks(palette: Uint8Array | undefined): Chunk[] {
  if (!palette) return [];
  const n = palette.length / 4,
    colours = new Uint8Array(n * 3),
    alpha = new Uint8Array(n);
  let kept = 0;
  for (let i = 0; i < n; i++) {
    colours.set(palette.subarray(i * 4, i * 4 + 3), i * 3);
    alpha[i] = palette[i * 4 + 3] ?? 255;
    if (alpha[i] !== 255) kept = i + 1;
  }
  const plte = { name: 'PLTE', data: [colours] };
  return kept ? [plte, { name: 'tRNS', data: [alpha.subarray(0, kept)] }] : [plte];
}
