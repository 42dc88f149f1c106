// Adds a colour profile to a finished PNG: right after its header, before any palette, as the specification
// requires. Loaded if a picture has a profile.
import { walked } from '../base/pause.js';
import type { Profile } from '../graph/profiles.js';
import { deflated, HISTORY, most, stateBytes } from '../wasm/deflation.js';
import { type EncodeOptions, encode } from './encode.js';
import { blocksOf, openRoom, type Room } from './room.js';
import { type Compressed, Stream } from './rowsOut.js';
import { type Chunk, writeFile } from './write.js';

/** Pixels of 8 bits. */
export interface Pixels {
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
  data: Uint8Array;
}

/** Signature and header. */
const HEAD = 33;
const COLOR_TYPE = 25;
const BAND = 1 << 16;
const EFFORT = { tries: 4, shortest: 4 };

/**
 * The file of a picture with its profile. A profile for other channels than the file has, such as CMYK, is left out,
 * because a reader would ignore it.
 */
export async function encodeWithProfile(
  picture: Pixels,
  profile: Profile,
  options: EncodeOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const colours = coloursOf(profile);
  const { level, signal } = options;
  const gray = colours === 'GRAY' && picture.channels > 2 ? asGray(picture) : undefined;
  let file = await encode(gray ?? picture, options);
  // this level turns a picture of gray pixels into a gray file
  if (level === 'smallest' && colours === 'RGB ' && isGray(file))
    file = await encode(picture, { ...options, level: 'small' });
  if (colours !== 'any' && colours !== (isGray(file) ? 'GRAY' : 'RGB ')) return file;
  const room = await openRoom('encode', options.room);
  const chunk = (await writeFile(room, [await chunkOf(room, profile, signal)], signal)).subarray(8);
  const whole = new Uint8Array(file.length + chunk.length);
  whole.set(file.subarray(0, HEAD));
  whole.set(chunk, HEAD);
  whole.set(file.subarray(HEAD), HEAD + chunk.length);
  return whole;
}

/** Whether the colour type is 0 or 4. */
const isGray = (file: Uint8Array): boolean => file[COLOR_TYPE] % 4 === 0;

/** The colour space that a profile is for, in ICC's spelling. Code points fit any. */
const coloursOf = ({ kind, bytes }: Profile): string =>
  kind === 'icc' ? String.fromCharCode(...bytes.subarray(16, 20)) : 'any';

async function chunkOf(room: Room, { kind, name, bytes }: Profile, signal?: AbortSignal): Promise<Chunk> {
  if (kind === 'cicp') return { name: 'cICP', data: [bytes] };
  const { parts } = await walked(streamOf(room, bytes), signal);
  return { name: 'iCCP', data: [keyword(name), ...parts] };
}

function* streamOf(room: Room, bytes: Uint8Array): Generator<void, Compressed> {
  const { arena, kernels, memory } = room;
  const { alloc, free } = blocksOf(room);
  try {
    const stream = new Stream(true);
    const window = { state: alloc(stateBytes(EFFORT)), base: alloc(HISTORY + BAND), before: 0 };
    const out = alloc(most(BAND));
    const fill = (at: number, i: number): number => {
      const piece = bytes.subarray(i * BAND, (i + 1) * BAND);
      arena.u8(at, piece.length).set(piece);
      return piece.length;
    };
    const written = (from: number, to: number): number => {
      stream.parts.push(arena.u8(from, to - from).slice());
      return out;
    };
    const bands = { count: Math.ceil(bytes.length / BAND), fill, last: true };
    stream.sum = (yield* deflated(kernels, memory, EFFORT, window, bands, out, written)).sum;
    return stream.end();
  } finally {
    free();
  }
}

/** A name as PNG 11.3.3.1 allows it, a zero, and the one method of compression. */
function keyword(name: string): Uint8Array {
  const plain =
    name
      .replaceAll(/[^\x21-\x7e\xa1-\xff]+/g, ' ')
      .trim()
      .slice(0, 79)
      .trim() || 'profile';
  return Uint8Array.from(`${plain}\0\0`, (letter) => letter.charCodeAt(0));
}

/** The picture as gray if its three colours are equal everywhere, else undefined. */
function asGray({ width, height, channels, data }: Pixels): Pixels | undefined {
  const kept = channels === 4 ? 2 : 1;
  const gray = new Uint8Array(width * height * kept);
  for (let from = 0, to = 0; from < data.length; from += channels, to += kept) {
    if (data[from] !== data[from + 1] || data[from] !== data[from + 2]) return undefined;
    gray[to] = data[from];
    if (kept === 2) gray[to + 1] = data[from + 3];
  }
  return { width, height, channels: kept, data: gray };
}
