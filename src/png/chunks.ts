// Walks a PNG's chunks once: every CRC, the order that pixels depend on, and where everything lies. Inflates nothing.
// What libpng only warns about, because no pixel depends on it, is left out and noted in `warnings`.
import { ChromaskError } from '../errors.js';
import { checkPixels, checkSignature, corrupt, type Header, parseHeader, u16, u32 } from './header.js';
import { kernel, type Room } from './room.js';

/** Offset from the file's first byte, and length, of a chunk's data. */
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

export interface Layout {
  header: Header;
  /** RGB triples. */
  palette: Span | undefined;
  transparency: Span | undefined;
  /** The block of an eXIf chunk. */
  exif: Span | undefined;
  data: Span[];
  text: (Span & { type: 'tEXt' | 'zTXt' | 'iTXt' })[];
  frames: FrameControl[];
  plays: number;
  /** The default image is the first frame. */
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
const ACTL = 0x6163544c,
  FCTL = 0x6663544c,
  FDAT = 0x66644154,
  TEXT = 0x74455874,
  ZTXT = 0x7a545874,
  ITXT = 0x69545874;

/** `file` is where the bytes lie in kernel memory. No kernel called here may grow it, so one view serves throughout. */
export function scan(room: Room, file: number, length: number, limits: ScanLimits): Layout {
  const bytes = room.arena.u8(file, length);
  checkSignature(bytes);
  const table = room.arena.alloc(16384);
  try {
    return walk(room, file, length, table, limits);
  } finally {
    room.arena.free(table);
  }
}

function walk(room: Room, file: number, length: number, table: number, limits: ScanLimits): Layout {
  const bytes = room.arena.u8(file, length),
    crc = kernel(room, 'crc');
  kernel(room, 'crcTable')(table);
  let layout: Layout | undefined,
    previous = 0,
    at = 8;
  let animation: Animation | undefined;
  for (;;) {
    if (at + 12 > length) throw corrupt('file', 'complete up to IEND', `${length} bytes`);
    const size = u32(bytes, at),
      type = u32(bytes, at + 4),
      data = at + 8;
    if (size > 0x7fffffff) throw corrupt('chunk length', 'at most 2147483647', size);
    if (data + size + 4 > length)
      throw corrupt(`chunk ${label(type)}`, `at most ${length - data - 4} bytes to fit the file`, size);
    if (!letters(type)) throw corrupt('chunk name', 'four letters', label(type));
    const expected = u32(bytes, data + size),
      sum = crc(table, file + at + 4, size + 4, 0) >>> 0;
    if (sum !== expected) throw corrupt(`CRC of chunk ${label(type)}`, sum.toString(16), expected.toString(16));
    if (!layout) {
      if (type !== IHDR) throw corrupt('first chunk', 'IHDR', label(type));
      if (size !== 13) throw corrupt('IHDR', '13 bytes', size);
      const header = parseHeader(bytes, data);
      checkPixels(header.width, header.height, limits.pixels);
      layout = {
        header,
        palette: undefined,
        transparency: undefined,
        exif: undefined,
        data: [],
        text: [],
        frames: [],
        plays: 0,
        defaultIsFrame: false,
        warnings: [],
      };
    } else if (type === IDAT) {
      if (layout.data.length && previous !== IDAT)
        throw corrupt('IDAT chunks', 'one after another', `IDAT after ${label(previous)}`);
      if (layout.header.colorType === 3 && !layout.palette)
        throw corrupt('PLTE', 'before IDAT in a palette picture', 'none');
      // Empty ones are legal and carry nothing; a flood of them is not kept.
      if (size || !layout.data.length) layout.data.push({ at: data, length: size });
    } else if (type === IEND) {
      if (!layout.data.length) throw corrupt('file', 'a PNG with IDAT', 'none');
      finish(layout, animation);
      return layout;
    } else if (type === PLTE) plte(layout, data, size);
    else if (type === TRNS) trns(layout, bytes, data, size);
    else if (type === EXIF) layout.exif ??= { at: data, length: size };
    else if (type === ACTL || type === FCTL || type === FDAT)
      animation = animate(layout, animation, bytes, type, { at: data, length: size }, limits);
    else if (type === TEXT || type === ZTXT || type === ITXT) {
      if (layout.text.length < MOST_TEXTS)
        layout.text.push({ at: data, length: size, type: type === TEXT ? 'tEXt' : type === ZTXT ? 'zTXt' : 'iTXt' });
      else if (layout.text.length === MOST_TEXTS) warn(layout, `text: only the first ${MOST_TEXTS} chunks are read`);
    } else if (type === IHDR) throw corrupt('IHDR', 'there once', 'twice');
    else if (!(type & 0x20000000))
      throw new ChromaskError(
        'png-unsupported',
        `png: critical chunk must be IHDR, PLTE, IDAT or IEND, got ${label(type)}`,
      );
    previous = type;
    at = data + size + 4;
  }
}

function warn(layout: Layout, message: string): void {
  // A flood of bad chunks needs no flood of words.
  if (layout.warnings.length < 100 && !layout.warnings.includes(message)) layout.warnings.push(message);
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
  if (layout.palette) throw corrupt('PLTE', 'there once', 'twice');
  if (!indexed && (colorType === 0 || colorType === 4)) return warn(layout, 'PLTE: has no meaning in a gray picture');
  if (layout.data.length) {
    if (indexed) throw corrupt('PLTE', 'before IDAT', 'after it');
    return warn(layout, 'PLTE: comes after IDAT');
  }
  if (length === 0 || length > 768 || length % 3) {
    if (indexed) throw corrupt('PLTE', 'from 3 to 768 bytes and a multiple of 3', length);
    return warn(layout, 'PLTE: has a wrong length');
  }
  // Entries that no index can name are dropped, as libpng does.
  layout.palette = { at, length: indexed ? Math.min(length, 3 << bitDepth) : length };
}

function trns(layout: Layout, bytes: Uint8Array, at: number, length: number): void {
  const { colorType } = layout.header;
  if (layout.data.length) return warn(layout, 'tRNS: comes after IDAT');
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

interface Animation {
  count: number;
  sequence: number;
  current: FrameControl | undefined;
}

/** acTL, fcTL and fdAT (PNG specification, third edition, 11.3.6). */
function animate(
  layout: Layout,
  state: Animation | undefined,
  bytes: Uint8Array,
  type: number,
  span: Span,
  limits: ScanLimits,
): Animation | undefined {
  const { at, length } = span;
  if (type === ACTL) {
    if (state) throw corrupt('acTL', 'there once', 'twice');
    if (layout.data.length) {
      warn(layout, 'acTL: comes after IDAT');
      return undefined;
    }
    if (length !== 8) throw corrupt('acTL', '8 bytes', length);
    const count = u32(bytes, at);
    if (count < 1) throw corrupt('frame count', 'at least 1', count);
    if (count > limits.frames)
      throw new ChromaskError('limit', `png: frames must be at most ${limits.frames}, got ${count}`);
    checkFrames(layout.header, count, limits.pixels);
    layout.plays = u32(bytes, at + 4);
    return { count, sequence: 0, current: undefined };
  }
  // Without acTL the file is a still picture and these are unknown ancillary chunks.
  if (!state) {
    warn(layout, 'fcTL, fdAT: without acTL they mean nothing');
    return undefined;
  }
  if (type === FDAT && length < 4) throw corrupt('fdAT', 'at least 4 bytes', length);
  if (type === FCTL && length !== 26) throw corrupt('fcTL', '26 bytes', length);
  const sequence = u32(bytes, at);
  if (sequence !== state.sequence) throw corrupt('frame sequence number', String(state.sequence), sequence);
  state.sequence++;
  if (type === FDAT) {
    if (!state.current || !layout.data.length) throw corrupt('fdAT', 'after its fcTL and after IDAT', 'elsewhere');
    if (length > 4 || !state.current.data.length) state.current.data.push({ at: at + 4, length: length - 4 });
    return state;
  }
  if (layout.frames.length === state.count) throw corrupt('frames', `${state.count} as acTL says`, 'more');
  const { width, height } = layout.header;
  const frame: FrameControl = {
    width: u32(bytes, at + 4),
    height: u32(bytes, at + 8),
    x: u32(bytes, at + 12),
    y: u32(bytes, at + 16),
    delay: (u16(bytes, at + 20) / (u16(bytes, at + 22) || 100)) * 1000,
    dispose: bytes[at + 24] ?? 0,
    blend: bytes[at + 25] ?? 0,
    data: [],
  };
  if (frame.width < 1 || frame.height < 1 || frame.x + frame.width > width || frame.y + frame.height > height) {
    throw corrupt(
      'frame',
      `inside the canvas of ${width} x ${height}`,
      `${frame.width} x ${frame.height} at ${frame.x}, ${frame.y}`,
    );
  }
  if (frame.dispose > 2) throw corrupt('frame disposal', '0, 1 or 2', frame.dispose);
  if (frame.blend > 1) throw corrupt('frame blending', '0 or 1', frame.blend);
  if (!layout.data.length) {
    if (layout.frames.length) throw corrupt('fcTL before IDAT', 'there once', 'twice');
    if (frame.width !== width || frame.height !== height)
      throw corrupt('first frame', `the canvas of ${width} x ${height}`, `${frame.width} x ${frame.height}`);
    layout.defaultIsFrame = true;
  }
  layout.frames.push(frame);
  state.current = frame;
  return state;
}

function checkFrames(header: Header, count: number, most: number): void {
  const pixels = header.width * header.height * count;
  if (pixels > most)
    throw new ChromaskError(
      'limit',
      `png: frames must be at most ${most} pixels together, got ${pixels} (${count} of ${header.width} x ${header.height})`,
    );
}

function finish(layout: Layout, animation: Animation | undefined): void {
  if (!animation) return;
  if (layout.frames.length !== animation.count)
    throw corrupt('frames', `${animation.count} as acTL says`, layout.frames.length);
  for (const [i, frame] of layout.frames.entries()) {
    if (i === 0 && layout.defaultIsFrame) frame.data = layout.data;
    if (!frame.data.length) throw corrupt(`frame ${i}`, 'followed by its data', 'none');
  }
}
