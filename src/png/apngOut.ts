// Writes animated PNG. Each frame is the rectangle that differs from the frame before, with one palette for all
// frames if there are few colours. upng-js also writes small animations; the smaller file that shows exactly the
// requested frames is returned.

import { refusal } from '../base/errors.js';
import { checkOptions } from '../base/params.js';
import { type Pause, pausing } from '../base/pause.js';
import type { ApngInput, ApngOptions } from './apng.js';
import { decode } from './decode.js';
import { noMemory, paletteChunks } from './encode.js';
import { checkInput, type Raster } from './input.js';
import { toPalette } from './reduce.js';
import { openRoom, type Room } from './room.js';
import { compressRows } from './rowsOut.js';
import { textChunks } from './textOut.js';
import type { Picture } from './types.js';
import { sameBytes, UPNG_PIXELS, upngEncode } from './upng.js';
import { bytesOf, type Chunk, headerChunk, writeFile } from './write.js';

/** An animated PNG of RGBA frames. */
export async function writeApng(input: ApngInput, options: ApngOptions): Promise<Uint8Array<ArrayBuffer>> {
  checkOptions('encode', options, 'level text signal room plays');
  options.signal?.throwIfAborted();
  const { level = 'small', plays = 0 } = options;
  if (level !== 'small' && level !== 'fast') throw refusal('encode', 'level', 'fast or small', level);
  checkWhole('plays', plays, 0x7fffffff);
  if (Object(input) !== input) throw refusal('encode', 'picture', 'an object', input);
  const { width, height, frames } = input;
  if (!Array.isArray(frames) || !frames.length) throw refusal('encode', 'frames', 'at least 1', frames);
  // each property is read once, so that what is checked is what is written
  const own = Array.from(frames, (frame: ApngInput['frames'][number]) => {
    if (Object(frame) !== frame) throw refusal('encode', 'frame', 'an object', frame);
    const { data, delay } = frame;
    checkWhole('delay', delay, 65535);
    return { data, delay };
  });
  return animation({ width, height, frames: own }, options).catch(noMemory);
}

function checkWhole(name: string, value: unknown, most: number): void {
  const fits = Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
  if (!fits) throw refusal('encode', name, `an integer from 0 to ${most}`, value);
}

async function animation(input: ApngInput, options: ApngOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { level = 'small', plays = 0, signal } = options,
    { width, height, frames } = input;
  const rasters = frames.map(({ data }) => checkInput({ width, height, channels: 4, bitDepth: 8, data }));
  const text = textChunks(options.text),
    room = await openRoom('encodeApng', options.room);
  const pause = signal && pausing(() => signal.throwIfAborted());
  const shown = (level === 'small' && (await toPalette(rasters, pause))) || rasters;
  const [{ bitDepth, colorType, palette }] = shown;
  const chunks: Chunk[] = [
    headerChunk(width, height, bitDepth, colorType),
    ...paletteChunks(palette),
    ...text,
    { name: 'acTL', data: [bytesOf(frames.length, plays)] },
  ];
  let sequence = 0;
  for (const [i, raster] of shown.entries()) {
    const delay = frames[i].delay;
    const box = i && level === 'small' ? await changed(shown[i - 1], raster, pause) : { x: 0, y: 0, width, height };
    const control = new Uint8Array([delay >> 8, delay & 255, 1000 >> 8, 1000 & 255, 0, 0]);
    chunks.push({ name: 'fcTL', data: [bytesOf(sequence++, box.width, box.height, box.x, box.y), control] });
    const { parts } = await compressRows(room, cut(raster, box), level, signal);
    chunks.push(i === 0 ? { name: 'IDAT', data: parts } : { name: 'fdAT', data: [bytesOf(sequence++), ...parts] });
  }
  const own = await writeFile(room, [...chunks, { name: 'IEND', data: [] }], signal);
  // upng-js supports no text, no number of plays, and no animation of a single frame
  if (level === 'fast' || frames.length < 2 || plays !== 0 || text.length) return own;
  if (width * height * frames.length > UPNG_PIXELS) return own;
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

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The rectangle in which a frame differs from the one before; one pixel if it does not differ. */
async function changed(before: Raster, after: Raster, pause?: Pause): Promise<Box> {
  const { width, height, channels } = after;
  const row = width * channels;
  const [p, q] = [before.data, after.data];
  let [left, right, top, bottom] = [row, -1, -1, -1];
  for (let y = 0, at = 0; y < height; y++, at += row) {
    await pause?.();
    let [from, to] = [0, row - 1];
    while (from < row && p[at + from] === q[at + from]) from++;
    if (from === row) continue;
    while (p[at + to] === q[at + to]) to--;
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, from);
    right = Math.max(right, to);
  }
  if (bottom < 0) return { x: 0, y: 0, width: 1, height: 1 };
  const x = Math.floor(left / channels);
  return { x, y: top, width: Math.floor(right / channels) + 1 - x, height: bottom + 1 - top };
}

function cut(raster: Raster, { x, y, width, height }: Box): Raster {
  if (width === raster.width && height === raster.height) return raster;
  const { channels } = raster;
  const data = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * raster.width + x) * channels;
    data.set(raster.data.subarray(from, from + width * channels), row * width * channels);
  }
  return { ...raster, width, height, data };
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
