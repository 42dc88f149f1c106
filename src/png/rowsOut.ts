// Pixels to one zlib stream, band by band: pack, filter, deflate. Which filters and how much effort is decided here.
import { refusal } from '../base/errors.js';
import { walked } from '../base/pause.js';
import { type Deflated, deflate, type Effort } from './deflate.js';
import type { Raster } from './input.js';
import { blocksOf, kernel, type Room } from './room.js';

const BAND = 1 << 18;

export type Compressed = Deflated;

/** Filters 0 to 4 as in PNG; 5 chooses among all for each row, 6 among none, sub and up. */
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
  // A short search tells which filter suits; the long search is made once, with that one.
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
  return walked(filterAndDeflate(room, raster, filter, effort), signal);
}

function* filterAndDeflate(room: Room, raster: Raster, filter: Filtering, effort: Effort): Generator<void, Deflated> {
  const { arena } = room,
    { width, height, bitDepth, channels, data } = raster;
  const bits = bitDepth * channels,
    row = Math.ceil((width * bits) / 8),
    bpp = Math.max(1, bits >> 3);
  const rows = Math.min(height, Math.max(1, Math.floor(BAND / (row + 1)))),
    samples = width * channels;
  const packed = bitDepth < 8,
    refilter = kernel(room, 'refilter'),
    pack = kernel(room, 'pack'),
    swap16 = kernel(room, 'swap16');
  const { alloc, free } = blocksOf(room);
  try {
    const plain = alloc(row * (rows + 1)),
      loose = packed ? alloc(width * rows) : 0;
    arena.u8(plain, row).fill(0);
    const first = plain + row;
    const fill = (pointer: number, i: number): number => {
      const y = i * rows,
        count = Math.min(rows, height - y),
        from = y * samples,
        n = count * samples;
      // what has been given away meanwhile would leave what was here before
      if (data.length < from + n) throw refusal('encode', 'data', 'left alone until the file is written', data);
      if (i > 0) arena.u8(plain, row).set(arena.u8(first + (rows - 1) * row, row));
      if (data instanceof Uint16Array) {
        const to = arena.u8(first, n * 2);
        to.set(new Uint8Array(data.buffer, data.byteOffset + from * 2, n * 2));
        swap16(first, first, n);
      } else if (packed) {
        arena.u8(loose, n).set(data.subarray(from, from + n));
        pack(first, loose, width, count, bitDepth, raster.palette ? 0 : 1);
      } else arena.u8(first, n).set(data.subarray(from, from + n));
      refilter(pointer, first, plain, row, count, bpp, filter);
      return count * (row + 1);
    };
    return yield* deflate(room, effort, Math.ceil(height / rows), rows * (row + 1), fill);
  } finally {
    free();
  }
}
