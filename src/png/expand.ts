// Turns unfiltered rows into the requested pixels by a short list of kernel calls, chosen once for each picture.
import type { ChromaskError } from '../base/errors.js';
import { corrupt, type Header } from './header.js';
import { kernel, type Room } from './room.js';
import type { Format } from './types.js';

/** Reads `rows` rows of `width` pixels at `src` and writes them at `dst`. */
export type Step = (dst: number, src: number, width: number, rows: number) => void;

export interface Plan {
  channels: 1 | 2 | 3 | 4;
  bitDepth: 8 | 16;
  /** Empty if unfiltered rows are the pixels already. */
  steps: Step[];
  /** A slot of 1024 bytes that the steps read, freed after the last one. */
  table: number;
}

export interface Colours {
  palette: Uint8Array | undefined;
  transparency: Uint8Array | undefined;
}

/** Throws the error, or continues without the faulty part. */
type Doubt = (error: ChromaskError) => void;

export function planExpansion(room: Room, header: Header, colours: Colours, format: Format, doubt: Doubt): Plan {
  const { colorType, bitDepth } = header;
  const native = format === 'native',
    alpha = colorType === 4 || colorType === 6 || colours.transparency !== undefined;
  const stored = colorType === 0 || colorType === 4 ? 1 : 3;
  const channels = native ? (alpha ? stored + 1 : stored) : 4;
  const table = room.arena.alloc(1024);
  const steps =
    bitDepth === 16
      ? deep(room, header, colours, channels, format === 'rgba8')
      : shallow(room, header, colours, channels, table, doubt);
  if (format === 'rgba16' && bitDepth < 16) {
    const widen = kernel(room, 'widen');
    steps.push((dst, src, width, rows) => widen(dst, src, width * rows * 4));
  }
  const depth = format === 'rgba8' || (native && bitDepth < 16) ? 8 : 16;
  return { channels: channels === 1 ? 1 : channels === 2 ? 2 : channels === 3 ? 3 : 4, bitDepth: depth, steps, table };
}

/** 16-bit samples: machine order, then the requested channels, then the high bytes if 8 bits are requested. */
function deep(room: Room, header: Header, colours: Colours, channels: number, high: boolean): Step[] {
  const swap16 = kernel(room, 'swap16'),
    opaque16 = kernel(room, 'opaque16'),
    high8 = kernel(room, 'high8');
  const has = header.colorType === 0 ? 1 : header.colorType === 2 ? 3 : header.colorType === 4 ? 2 : 4;
  const steps: Step[] = [(dst, src, width, rows) => swap16(dst, src, width * rows * has)];
  if (channels !== has) {
    const key = [-1, -1, -1],
      t = colours.transparency;
    if (t)
      for (const i of key.keys()) key[i] = (t[has === 1 ? 0 : i * 2] ?? 0) * 256 + (t[has === 1 ? 1 : i * 2 + 1] ?? 0);
    const [r = -1, g = -1, b = -1] = key;
    steps.push((dst, src, width, rows) => opaque16(dst, src, width * rows, has, channels, r, g, b));
  }
  if (high) steps.push((dst, src, width, rows) => high8(dst, src, width * rows * channels));
  return steps;
}

function shallow(room: Room, header: Header, colours: Colours, channels: number, table: number, doubt: Doubt): Step[] {
  const { colorType, bitDepth } = header,
    t = colours.transparency,
    steps: Step[] = [];
  const opaque = kernel(room, 'opaque'),
    lookup = kernel(room, 'lookup');
  if (bitDepth < 8) {
    const unpack = kernel(room, 'unpack');
    steps.push((dst, src, width, rows) => unpack(dst, src, width, rows, bitDepth));
  }
  if (colorType === 3) {
    const entries = (colours.palette?.length ?? 0) / 3;
    fillPalette(room, table, colours);
    const peak = kernel(room, 'peak');
    // checked until it fails once; colours beyond the palette are black, as in libpng
    let sound = entries < 1 << bitDepth;
    steps.push((dst, src, width, rows) => {
      const n = width * rows,
        most = sound ? peak(src, n) : 0;
      if (most >= entries) {
        doubt(corrupt('palette index', `below ${entries}`, most));
        sound = false;
      }
      lookup(dst, src, n, table, channels);
    });
  } else if (colorType === 0 && (t || bitDepth < 8)) {
    fillGray(room, table, bitDepth, t, channels === 4);
    steps.push((dst, src, width, rows) => lookup(dst, src, width * rows, table, channels));
  } else if (channels === 4 && colorType !== 6) {
    const has = colorType === 0 ? 1 : colorType === 4 ? 2 : 3;
    const key = t ? (t[1] ?? 0) | ((t[3] ?? 0) << 8) | ((t[5] ?? 0) << 16) : -1;
    steps.push((dst, src, width, rows) => opaque(dst, src, width * rows, has, key));
  }
  return steps;
}

function fillPalette(room: Room, table: number, { palette, transparency }: Colours): void {
  const entries = room.arena.u8(table, 1024);
  for (let i = 0; i < 256; i++) {
    for (let c = 0; c < 3; c++) entries[i * 4 + c] = palette?.[i * 3 + c] ?? 0;
    entries[i * 4 + 3] = transparency?.[i] ?? 255;
  }
}

function fillGray(
  room: Room,
  table: number,
  bitDepth: number,
  transparency: Uint8Array | undefined,
  colour: boolean,
): void {
  const entries = room.arena.u8(table, 1024),
    most = (1 << bitDepth) - 1;
  // of a key wider than the samples only the low bits count, as in libpng
  const key = transparency ? (transparency[1] ?? 0) & most : -1;
  for (let i = 0; i < 256; i++) {
    const v = (i & most) * (255 / most),
      a = i === key ? 0 : 255;
    entries.set(colour ? [v, v, v, a] : [v, a, 0, 0], i * 4);
  }
}
