// Reads a PNG's chunks once: checks every CRC and the order that pixels depend on, and notes where everything lies.
// Inflates nothing. Chunks that libpng only warns about, because no pixel depends on them, are left out and listed
// in `warnings`. Text is read with any CRC, as in ComfyUI's front end, because people edit workflows in their
// pictures.
import { ChromaskError } from '../base/errors.js';
import { checkPixels, checkSignature, corrupt, type Header, inflatedSize, parseHeader, u32 } from './header.js';
import { kernel, type Room } from './room.js';

/** Offset in the file, and length, of a chunk's data. */
export interface Span {
  at: number;
  length: number;
}

export interface FrameControl {
  width: number;
  height: number;
  x: number;
  y: number;
  delay: number;
  dispose: number;
  blend: number;
  data: Span[];
}

/** A chunk of an animation: its name, whether IDAT came before it, and the error if its CRC is wrong. */
export interface Part extends Span {
  type: number;
  late: boolean;
  damage: ChromaskError | undefined;
}

export interface Layout {
  /** Refuse what libpng only warns about. */
  strict: boolean;
  header: Header;
  /** RGB triples. */
  palette: Span | undefined;
  transparency: Span | undefined;
  /** The block of an eXIf chunk. */
  exif: Span | undefined;
  data: Span[];
  /** The warning for image data after other chunks. That data is ignored, and missing if the rest is not complete. */
  apart: ChromaskError | undefined;
  /** acTL, fcTL and fdAT chunks, for animation.ts to read. */
  parts: Part[];
  text: (Span & { type: 'tEXt' | 'zTXt' | 'iTXt' })[];
  frames: FrameControl[];
  plays: number;
  /** Whether the default image is the first frame. */
  defaultIsFrame: boolean;
  warnings: string[];
}

export interface ScanLimits {
  pixels: number;
  frames: number;
}

const MOST_TEXTS = 1000; // libpng's default for chunks kept in memory

const IHDR = 0x49484452,
  PLTE = 0x504c5445,
  IDAT = 0x49444154,
  IEND = 0x49454e44,
  TRNS = 0x74524e53;
const EXIF = 0x65584966;
export const ACTL = 0x6163544c,
  FCTL = 0x6663544c,
  FDAT = 0x66644154;
const TEXT = 0x74455874,
  ZTXT = 0x7a545874,
  ITXT = 0x69545874;

/** Bytes of a chunk between two pauses. */
const PIECE = 2 ** 20;

/** `file`: where the bytes lie in kernel memory. A generator, so that the caller may pause. */
export function* scan(
  room: Room,
  file: number,
  length: number,
  limits: ScanLimits,
  strict: boolean,
): Generator<void, Layout> {
  const bytes = room.arena.u8(file, length);
  checkSignature(bytes);
  const table = room.arena.alloc(16384);
  try {
    return yield* walk(room, file, length, table, limits, strict);
  } finally {
    room.arena.free(table);
  }
}

function* walk(
  room: Room,
  file: number,
  length: number,
  table: number,
  limits: ScanLimits,
  strict: boolean,
): Generator<void, Layout> {
  let bytes = room.arena.u8(file, length);
  const crc = kernel(room, 'crc');
  kernel(room, 'crcTable')(table);
  let layout: Layout | undefined,
    previous = 0,
    at = 8;
  for (;;) {
    if (at + 12 > length) throw corrupt('file', 'complete up to IEND', `${length} bytes`);
    const size = u32(bytes, at),
      type = u32(bytes, at + 4),
      data = at + 8;
    if (size > 0x7fffffff) throw corrupt('chunk length', 'at most 2147483647', size);
    if (data + size + 4 > length)
      throw corrupt(`chunk ${label(type)}`, `at most ${length - data - 4} bytes to fit the file`, size);
    if (!letters(type)) throw corrupt('chunk name', 'four letters', label(type));
    let sum = 0;
    for (let from = at + 4; from < data + size; from += PIECE) {
      sum = crc(table, file + from, Math.min(PIECE, data + size - from), sum) >>> 0;
      if (from + PIECE >= data + size) break;
      yield;
      bytes = room.arena.u8(file, length); // memory may have grown meanwhile
    }
    const expected = u32(bytes, data + size);
    const damage =
      sum === expected ? undefined : corrupt(`CRC of chunk ${label(type)}`, sum.toString(16), expected.toString(16));
    // bit 5 of the first letter: no pixel depends on the chunk
    if (damage && (strict || !layout || !(type & 0x20000000))) throw damage;
    if (damage && layout) warn(layout, damage.message);
    if (!layout) {
      if (type !== IHDR) throw corrupt('first chunk', 'IHDR', label(type));
      if (size !== 13) throw corrupt('IHDR', '13 bytes', size);
      const header = parseHeader(bytes, data);
      checkPixels(header.width, header.height, limits.pixels);
      layout = {
        strict,
        header,
        palette: undefined,
        transparency: undefined,
        exif: undefined,
        data: [],
        apart: undefined,
        parts: [],
        text: [],
        frames: [],
        plays: 0,
        defaultIsFrame: false,
        warnings: [],
      };
    } else if (type === IDAT) {
      if (layout.data.length && previous !== IDAT) {
        const apart = corrupt('IDAT chunks', 'one after another', `IDAT after ${label(previous)}`);
        doubt(layout, apart);
        if (size) layout.apart ??= apart;
        at = data + size + 4;
        continue; // so that data after it counts as apart too
      }
      if (layout.header.colorType === 3 && !layout.palette)
        throw corrupt('PLTE', 'before IDAT in a palette picture', 'none');
      // empty ones are legal and carry nothing, and a flood of them is not kept
      if (size || !layout.data.length) layout.data.push({ at: data, length: size });
    } else if (type === IEND) {
      if (!layout.data.length) throw corrupt('file', 'a PNG with IDAT', 'none');
      return layout;
    } else if (type === PLTE) plte(layout, data, size);
    else if (type === ACTL || type === FCTL || type === FDAT)
      layout.parts.push({ at: data, length: size, type, late: layout.data.length > 0, damage });
    else if (type === TEXT || type === ZTXT || type === ITXT) {
      if (layout.text.length < MOST_TEXTS)
        layout.text.push({ at: data, length: size, type: type === TEXT ? 'tEXt' : type === ZTXT ? 'zTXt' : 'iTXt' });
      else if (layout.text.length === MOST_TEXTS) warn(layout, `text: only the first ${MOST_TEXTS} chunks are read`);
    } else if (damage) {
      // ignored, as in libpng
    } else if (type === TRNS) trns(layout, bytes, data, size);
    else if (type === EXIF) layout.exif ??= { at: data, length: size };
    else if (type === IHDR) throw corrupt('IHDR', 'there once', 'twice');
    else if (!(type & 0x20000000))
      throw new ChromaskError(
        'png-unsupported',
        `png: critical chunk must be IHDR, PLTE, IDAT or IEND, got ${label(type)}`,
      );
    previous = type;
    at = data + size + 4;
  }
}

export function warn(layout: Layout, message: string): void {
  // a flood of bad chunks needs no flood of warnings
  if (layout.warnings.length < 100 && !layout.warnings.includes(message)) layout.warnings.push(message);
}

/** Handles what libpng warns about but decodes. */
export function doubt(layout: Layout, error: ChromaskError): void {
  if (layout.strict) throw error;
  warn(layout, error.message);
}

function letters(type: number): boolean {
  for (let shift = 0; shift < 32; shift += 8) {
    const c = (type >>> shift) & 0xdf;
    if (c < 65 || c > 90) return false;
  }
  return true;
}

function label(type: number): string {
  const text = String.fromCharCode(type >>> 24, (type >>> 16) & 255, (type >>> 8) & 255, type & 255);
  return /^[A-Za-z]{4}$/.test(text) ? text : `0x${type.toString(16).padStart(8, '0')}`;
}

function plte(layout: Layout, at: number, length: number): void {
  const { colorType, bitDepth } = layout.header,
    indexed = colorType === 3;
  if (!indexed && (colorType === 0 || colorType === 4)) return warn(layout, 'PLTE: has no meaning in a gray picture');
  const twice = layout.palette && corrupt('PLTE', 'there once', 'twice');
  if (layout.data.length) return doubt(layout, twice ?? corrupt('PLTE', 'before IDAT', 'it behind'));
  if (twice) throw twice;
  if (length === 0 || length > 768 || length % 3) {
    if (indexed) throw corrupt('PLTE', 'from 3 to 768 bytes and a multiple of 3', length);
    return warn(layout, 'PLTE: has a wrong length');
  }
  // entries that no index can name are dropped, as in libpng
  layout.palette = { at, length: indexed ? Math.min(length, 3 << bitDepth) : length };
}

function trns(layout: Layout, bytes: Uint8Array, at: number, length: number): void {
  const { colorType } = layout.header;
  if (layout.data.length) return doubt(layout, corrupt('tRNS', 'before IDAT', 'it behind'));
  if (layout.transparency) return warn(layout, 'tRNS: is there twice');
  if (colorType === 4 || colorType === 6) return warn(layout, 'tRNS: has no meaning beside an alpha channel');
  const right =
    colorType === 0
      ? length === 2
      : colorType === 2
        ? length === 6
        : length > 0 && layout.palette !== undefined && length <= layout.palette.length / 3;
  if (!right)
    return warn(layout, colorType === 3 && !layout.palette ? 'tRNS: comes before PLTE' : 'tRNS: has a wrong length');
  if (at + length <= bytes.length) layout.transparency = { at, length };
}

// deflate spends at least one bit on each end of at most 258 bytes: 1032 bytes for one (zlib, "Maximum Expansion
// Factor")
const EXPANSION = 1032;

/** Refuses data that is too short to inflate to the picture. */
export function checkPlausible(header: Header, data: readonly Span[]): void {
  const needed = inflatedSize(header),
    sent = data.reduce((sum, span) => sum + span.length, 0);
  if (sent * EXPANSION < needed)
    throw corrupt(
      'image data',
      `at least ${Math.ceil(needed / EXPANSION)} bytes for ${header.width} x ${header.height} pixels`,
      sent,
    );
}
