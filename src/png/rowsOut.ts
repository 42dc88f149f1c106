// Turns pixels into one zlib stream: pack, filter, deflate. Chooses filters and effort.
import { refusal } from '../base/errors.js';
import { walked } from '../base/pause.js';
import {
  blockOf,
  blocksIn,
  type Effort,
  most,
  type Packing,
  packingOf,
  stateBytes,
  sumOfBoth,
  windowBytes,
} from '../wasm/deflation.js';
import type { Raster } from './input.js';
import { blocksOf, kernel, type Room } from './room.js';
import { bytesOf } from './write.js';

export interface Compressed {
  /** The zlib stream in pieces. */
  parts: Uint8Array[];
  length: number;
}

/** Filters 0 to 4 as in PNG. 5 chooses among all of them for each row, 6 among none, sub and up. */
type Filtering = 0 | 1 | 2 | 3 | 4 | 5 | 6;

const FAST: Effort = { tries: 0, shortest: 3 };
const QUICK: Effort = { tries: 4, shortest: 4 };
const SMALL: Effort = { tries: 128, shortest: 4 };

export async function compressRows(
  room: Room,
  raster: Raster,
  level: 'fast' | 'small',
  signal?: AbortSignal,
): Promise<Compressed> {
  const runs = await compress(room, raster, fastFilter(raster), FAST, signal);
  if (level === 'fast') return runs;
  // a short search tells which filter suits, and only that one gets the long search
  let best = runs,
    suited: Filtering = 0,
    least = Infinity;
  for (const filter of smallFilters(raster)) {
    const made = await compress(room, raster, filter, QUICK, signal);
    if (made.length < least) {
      least = made.length;
      suited = filter;
    }
    if (made.length < best.length) best = made;
  }
  const made = await compress(room, raster, suited, SMALL, signal);
  return made.length < best.length ? made : best;
}

function fastFilter({ colorType, bitDepth }: Raster): Filtering {
  if (colorType === 3) return 0;
  if (bitDepth < 8) return 2;
  return colorType === 0 && bitDepth === 8 ? 6 : 5;
}

function smallFilters({ colorType, bitDepth }: Raster): Filtering[] {
  if (colorType === 3 || bitDepth < 8) return [0, 2];
  return colorType === 0 ? [5, 0, 2] : [5, 0];
}

async function compress(
  room: Room,
  raster: Raster,
  filter: Filtering,
  effort: Effort,
  signal?: AbortSignal,
): Promise<Compressed> {
  const { width, height, bitDepth, channels } = raster;
  const bits = bitDepth * channels;
  const row = Math.ceil((width * bits) / 8);
  const packing = packingOf({ row, height, bpp: Math.max(1, bits >> 3), filter, ...effort });
  const stream = new Stream(effort.tries > 0);
  if (room.crew && blocksIn(packing) > 1 && row * height >= room.crew.least)
    await room.crew.deflate(room, packing, rowsOf(room, raster), stream, signal);
  else await walked(inTurn(room, raster, packing, stream), signal);
  return stream.end();
}

function* inTurn(room: Room, raster: Raster, packing: Packing, stream: Stream): Generator<void, void> {
  const { row, rows, height, block } = packing;
  const { kernels, memory, arena } = room;
  const { alloc, free } = blocksOf(room);
  try {
    const rowsInto = rowsOf(room, raster);
    const above = alloc(row * (rows + 1));
    const desk = { state: alloc(stateBytes(packing)), window: alloc(windowBytes(packing)) };
    const out = alloc(most(rows * (row + 1)));
    // the last of these rows is the one above the next
    let there = 0;
    arena.u8(above, row).fill(0);
    const rowsAt = (from: number, count: number): number => {
      if (there) arena.u8(above, row).set(arena.u8(above + there * row, row));
      rowsInto(above + row, from, count);
      there = count;
      return above + row;
    };
    const written = (from: number, to: number): number => {
      stream.parts.push(arena.u8(from, to - from).slice());
      return out;
    };
    for (let from = 0, held = 0; from < height; from += block) {
      const to = Math.min(from + block, height);
      const done = yield* blockOf(kernels, memory, packing, desk, { from, to, held }, rowsAt, out, written);
      stream.sum = sumOfBoth(stream.sum, done.sum, (to - from) * (row + 1));
      held = done.held;
    }
  } finally {
    free();
  }
}

/** A zlib stream that grows. */
export class Stream {
  sum = 1;
  readonly parts: Uint8Array[];

  constructor(searched: boolean) {
    this.parts = [Uint8Array.of(0x78, searched ? 0xda : 0x01)];
  }

  end(): Compressed {
    const { sum, parts } = this;
    parts.push(bytesOf(sum));
    return { parts, length: parts.reduce((length, part) => length + part.length, 0) };
  }
}

/** Writes rows of a picture in the file's format. */
function rowsOf(
  room: Room,
  { data, width, channels, bitDepth, palette }: Raster,
): (dst: number, from: number, count: number) => void {
  const { arena } = room;
  const samples = width * channels;
  const pack = kernel(room, 'pack');
  const swap16 = kernel(room, 'swap16');
  return (dst, y, count) => {
    const from = y * samples;
    const n = count * samples;
    // memory that was transferred meanwhile would keep old bytes
    if (data.length < from + n) throw refusal('encode', 'data', 'left alone until the file is written', data);
    if (data instanceof Uint16Array) {
      arena.u8(dst, n * 2).set(new Uint8Array(data.buffer, data.byteOffset + from * 2, n * 2));
      swap16(dst, dst, n);
    } else if (bitDepth === 8) arena.u8(dst, n).set(data.subarray(from, from + n));
    else {
      const loose = arena.alloc(n);
      try {
        arena.u8(loose, n).set(data.subarray(from, from + n));
        pack(dst, loose, width, count, bitDepth, palette ? 0 : 1);
      } finally {
        arena.free(loose);
      }
    }
  };
}
