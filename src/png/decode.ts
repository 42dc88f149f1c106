// Decodes a PNG. Checks everything that it can before it allocates anything large.
import { ChromaskError, refusal } from '../base/errors.js';
import { checkNames, checkOptions, isPlain } from '../base/params.js';
import { walked } from '../base/pause.js';
import { checkPlausible, doubt, type Layout, type Span, scan } from './chunks.js';
import { type Plan, planExpansion } from './expand.js';
import { bytesIn, corrupt, type Header, isCorrupt } from './header.js';
import { here } from './inflate.js';
import { openRoom, type Room } from './room.js';
import { readRows, type Target } from './rows.js';
import { readEntries } from './text.js';
import type { DecodeOptions, Format, Limits, Picture, TextEntry } from './types.js';

const LIMITS = { pixels: 268402689, text: 8 << 20, frames: 4096 };
const FORMATS: readonly Format[] = ['native', 'rgba8', 'rgba16'];

/** Decode a PNG: its pixels, text and frames, as they are stored unless `format` says otherwise. */
export function decode(
  bytes: Uint8Array | ArrayBuffer,
  options: DecodeOptions<'rgba8'> & { format: 'rgba8' },
): Promise<Picture<Uint8Array<ArrayBuffer>>>;
/** Decode a PNG: its pixels, text and frames, as they are stored unless `format` says otherwise. */
export function decode(
  bytes: Uint8Array | ArrayBuffer,
  options: DecodeOptions<'rgba16'> & { format: 'rgba16' },
): Promise<Picture<Uint16Array<ArrayBuffer>>>;
/** Decode a PNG: its pixels, text and frames, as they are stored unless `format` says otherwise. */
export function decode(bytes: Uint8Array | ArrayBuffer, options?: DecodeOptions): Promise<Picture>;
export async function decode(bytes: Uint8Array | ArrayBuffer, options: DecodeOptions = {}): Promise<Picture> {
  check(options);
  const { format = 'native', signal } = options;
  if (!FORMATS.includes(format)) throw refusal('decode', 'format', 'native, rgba8 or rgba16', format);
  const opened = await open(bytes, options);
  const { room, layout, file } = opened;
  try {
    const { header } = layout,
      plan = planFor(room, opened, format);
    try {
      const data = makeData(plan, header.width * header.height * plan.channels);
      const target = { bytes: new Uint8Array(data.buffer) };
      await draw(opened, header, layout.data, plan, target, signal);
      const text = readEntries(room, file, layout, opened.limits.text);
      const frames =
        options.frames === false || !layout.frames.length
          ? []
          : await (await import('./animation.js')).composeFrames(opened, plan.bitDepth, signal);
      return {
        width: header.width,
        height: header.height,
        channels: plan.channels,
        bitDepth: plan.bitDepth,
        data,
        text,
        frames,
        plays: layout.plays,
        source: sourceOf(layout),
        exif: exifOf(opened),
        warnings: layout.warnings,
      };
    } finally {
      room.arena.free(plan.table);
    }
  } finally {
    room.arena.free(file);
  }
}

/** A checked file in kernel memory, for callers that want its pixels there. Call `draw` once, then `close`. */
export interface OpenFile {
  width: number;
  height: number;
  source: Picture['source'];
  exif: Uint8Array<ArrayBuffer> | undefined;
  /** Whether the default image of an animation is not one of its frames. */
  apart: boolean;
  /** Grows while pixels are drawn. */
  warnings: readonly string[];
  text(): TextEntry[];
  /** Writes width * height * 4 bytes of RGBA at `pointer`, and may touch 64 bytes beyond. */
  draw(pointer: number, signal?: AbortSignal): Promise<void>;
  close(): void;
}

/**
 * For `device.load`: checks the file and reports its size, then decodes RGBA8 straight into a slot of the same
 * memory.
 */
export async function openRgba8(bytes: Uint8Array | ArrayBuffer, options: DecodeOptions = {}): Promise<OpenFile> {
  const opened = await open(bytes, options),
    { room, layout } = opened;
  let held = true;
  return {
    width: layout.header.width,
    height: layout.header.height,
    source: sourceOf(layout),
    exif: exifOf(opened),
    apart: layout.frames.length > 0 && !layout.defaultIsFrame,
    warnings: layout.warnings,
    text: () => readEntries(room, opened.file, layout, opened.limits.text),
    async draw(pointer, signal) {
      const plan = planFor(room, opened, 'rgba8');
      try {
        await draw(opened, layout.header, layout.data, plan, { pointer }, signal);
      } finally {
        room.arena.free(plan.table);
      }
    },
    close() {
      if (held) room.arena.free(opened.file);
      held = false;
    },
  };
}

/** The text entries of a PNG, without its pixels. */
export async function readText(bytes: Uint8Array | ArrayBuffer, options: DecodeOptions = {}): Promise<TextEntry[]> {
  const { room, file, layout, limits } = await open(bytes, options);
  try {
    return readEntries(room, file, layout, limits.text);
  } finally {
    room.arena.free(file);
  }
}

export interface Opened {
  room: Room;
  file: number;
  layout: Layout;
  limits: Required<Limits>;
}

function check(options: DecodeOptions): void {
  checkOptions('decode', options, 'format limits frames strict signal room');
  const { limits = {}, strict = false } = options;
  if (typeof strict !== 'boolean') throw refusal('decode', 'strict', 'true or false', strict);
  if (!isPlain(limits)) throw refusal('decode', 'limits', 'an object', limits);
  checkNames('decode', limits, Object.keys(LIMITS));
}

async function open(input: Uint8Array | ArrayBuffer, options: DecodeOptions): Promise<Opened> {
  check(options);
  options.signal?.throwIfAborted();
  const bytes = bytesIn('decode', input);
  const limits = { ...LIMITS };
  for (const name of Object.keys(LIMITS) as (keyof typeof LIMITS)[]) {
    const { [name]: value = LIMITS[name] } = options.limits ?? {};
    if (typeof value !== 'number' || !(value >= 0))
      throw refusal('decode', `limits.${name}`, 'a number from 0 up', value);
    limits[name] = value;
  }
  const room = await openRoom('decode', options.room);
  const file = room.arena.alloc(bytes.length);
  try {
    room.arena.u8(file, bytes.length).set(bytes);
    const layout = await walked(scan(room, file, bytes.length, limits, options.strict === true), options.signal);
    checkPlausible(layout.header, layout.data);
    if (layout.parts.length)
      (await import('./animation.js')).readAnimation(room.arena.u8(file, bytes.length), layout, limits);
    return { room, file, layout, limits };
  } catch (error) {
    room.arena.free(file);
    throw error;
  }
}

export function planFor(room: Room, { file, layout }: Opened, format: Format): Plan {
  const copy = (span: Span | undefined): Uint8Array | undefined =>
    span && room.arena.u8(file + span.at, span.length).slice();
  return planExpansion(
    room,
    layout.header,
    { palette: copy(layout.palette), transparency: copy(layout.transparency) },
    format,
    (error) => doubt(layout, error),
  );
}

function makeData(plan: Plan, samples: number): Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> {
  try {
    return plan.bitDepth === 8 ? new Uint8Array(samples) : new Uint16Array(samples);
  } catch (cause) {
    throw new ChromaskError('out-of-memory', `png: picture must fit memory, got ${samples} samples`, { cause });
  }
}

/** Draws the pixels of one image. With a signal, it pauses now and then, so that the signal can end it. */
export async function draw(
  { room, file, layout }: Opened,
  header: Header,
  data: Span[],
  plan: Plan,
  target: Target,
  signal?: AbortSignal,
): Promise<void> {
  const { at, length } = gather(room, file, data);
  try {
    const job = { header, plan, at, length, target, doubt: (error: ChromaskError) => doubt(layout, error) };
    const crew = header.width * header.height < (room.crew?.least ?? Infinity) ? undefined : room.crew;
    const rounds = readRows(room, job, crew?.ahead);
    await (crew ? crew.inflate(room, rounds, signal) : walked(here(room, rounds), signal));
  } catch (error) {
    throw (data === layout.data && isCorrupt(error) && layout.apart) || error;
  }
}

/** Joins the pieces of a stream in the copy of the file. Their old places are not read again. */
function gather(room: Room, file: number, data: Span[]): { at: number; length: number } {
  const [first] = data;
  if (!first) throw corrupt('image data', 'there', 'none');
  let end = first.at + first.length;
  for (const span of data.slice(1)) {
    const view = room.arena.u8(file, Math.max(span.at + span.length, end));
    view.copyWithin(end, span.at, span.at + span.length);
    end += span.length;
  }
  const whole = { at: first.at, length: end - first.at };
  data.splice(0, data.length, whole); // so that a second `draw` finds one piece
  return { at: file + whole.at, length: whole.length };
}

function exifOf({ room, file, layout: { exif } }: Opened): Uint8Array<ArrayBuffer> | undefined {
  return exif && new Uint8Array(room.arena.u8(file + exif.at, exif.length));
}

function sourceOf(layout: Layout): Picture['source'] {
  const { colorType, bitDepth, interlaced } = layout.header;
  return {
    colorType,
    bitDepth,
    interlaced,
    alpha: colorType === 4 || colorType === 6 || layout.transparency !== undefined,
    animated: layout.frames.length > 0,
  };
}
