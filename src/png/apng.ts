// Animated PNG out. upng-js writes frames as differences; our own writer writes them whole. The smaller file that shows
// exactly the frames asked for is the one handed out.
import { refusal } from '../errors.js';
import { checkOptions } from '../params.js';
import { decode } from './decode.js';
import { noMemory } from './encode.js';
import { checkInput } from './input.js';
import { openRoom, type Room } from './room.js';
import { compressRows } from './rowsOut.js';
import { type TextInput, textChunks } from './textOut.js';
import type { Picture } from './types.js';
import { sameBytes, upngEncode } from './upng.js';
import { bytesOf, type Chunk, headerChunk, writeFile } from './write.js';

export interface ApngInput {
  width: number;
  height: number;
  /** RGBA of 8 bits; `delay` in whole milliseconds, 0 to 65535. */
  frames: readonly { data: Uint8Array | Uint8ClampedArray; delay: number }[];
}

export interface ApngOptions {
  /** `fast`: whole frames, one pass. `small` (default): differences where that is smaller. */
  level?: 'fast' | 'small' | undefined;
  /** How often to play; 0, the default, is for ever. */
  plays?: number | undefined;
  text?: TextInput | undefined;
  signal?: AbortSignal | undefined;
  room?: Room | undefined;
}

export async function encodeApng(input: ApngInput, options: ApngOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  checkOptions('encode', options, 'level text signal room plays');
  options.signal?.throwIfAborted();
  const { level = 'small', plays = 0 } = options;
  if (level !== 'small' && level !== 'fast') throw refusal('encode', 'level', 'fast or small', level);
  whole('plays', plays, 0x7fffffff);
  if (Object(input) !== input) throw refusal('encode', 'picture', 'an object', input);
  const { width, height, frames } = input;
  if (!Array.isArray(frames) || !frames.length) throw refusal('encode', 'frames', 'at least 1', frames);
  // each is asked for once: what is checked is what is written
  const own = Array.from(frames, (frame: ApngInput['frames'][number]) => {
    if (Object(frame) !== frame) throw refusal('encode', 'frame', 'an object', frame);
    const { data, delay } = frame;
    whole('delay', delay, 65535);
    return { data, delay };
  });
  return animation({ width, height, frames: own }, options).catch(noMemory);
}

function whole(name: string, value: unknown, most: number): void {
  const fits = Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
  if (!fits) throw refusal('encode', name, `an integer from 0 to ${most}`, value);
}

async function animation(input: ApngInput, options: ApngOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { level = 'small', plays = 0, signal } = options,
    { width, height, frames } = input;
  const rasters = frames.map(({ data }) => checkInput({ width, height, channels: 4, bitDepth: 8, data }));
  const text = textChunks(options.text),
    room = await openRoom('encodeApng', options.room);
  const chunks: Chunk[] = [
    headerChunk(width, height, 8, 6),
    ...text,
    { name: 'acTL', data: [bytesOf(frames.length, plays)] },
  ];
  let sequence = 0;
  for (const [i, raster] of rasters.entries()) {
    const delay = frames[i]?.delay ?? 0;
    const control = new Uint8Array([delay >> 8, delay & 255, 1000 >> 8, 1000 & 255, 0, 0]);
    chunks.push({ name: 'fcTL', data: [bytesOf(sequence++, width, height, 0, 0), control] });
    const { parts } = await compressRows(room, raster, level, signal);
    chunks.push(i === 0 ? { name: 'IDAT', data: parts } : { name: 'fdAT', data: [bytesOf(sequence++), ...parts] });
  }
  const own = writeFile(room, [...chunks, { name: 'IEND', data: [] }]);
  // What upng-js cannot say: text, a number of plays, and a single frame that is still an animation.
  if (level === 'fast' || frames.length < 2 || plays !== 0 || text.length) return own;
  const pixels = rasters.map(({ data }) => data as Uint8Array);
  const other = await upngEncode(
    pixels,
    width,
    height,
    frames.map(({ delay }) => delay),
  );
  if (!other || other.length >= own.length) return own;
  return (await showsFrames(room, other, input, pixels)) ? other : own;
}

async function showsFrames(
  room: Room,
  file: Uint8Array,
  input: ApngInput,
  pixels: readonly Uint8Array[],
): Promise<boolean> {
  let got: Picture<Uint8Array>;
  try {
    got = await decode(file, { format: 'rgba8', room });
  } catch {
    return false;
  }
  const first = pixels[0];
  if (
    got.width !== input.width ||
    got.height !== input.height ||
    got.frames.length !== pixels.length ||
    got.plays !== 0
  )
    return false;
  if (!first || !sameBytes(got.data, first)) return false;
  return got.frames.every((frame, i) => {
    const wanted = pixels[i];
    return (
      wanted !== undefined &&
      frame.data instanceof Uint8Array &&
      sameBytes(frame.data, wanted) &&
      Math.round(frame.delay) === input.frames[i]?.delay
    );
  });
}
