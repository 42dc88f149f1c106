// What goes into and comes out of chromask/png.
import type { Room } from './room.js';

/** `native`: as stored; 1, 2 and 4-bit gray scaled to 8, palettes as RGB or RGBA, a tRNS colour as an alpha channel. */
export type Format = 'native' | 'rgba8' | 'rgba16';

export interface Limits {
  /** Width times height, and the same summed over the frames of an animation. Default 268402689, 16383 x 16383. */
  pixels?: number | undefined;
  /** Bytes of text a file may unpack to; text beyond it is left out. Default 8 MiB. */
  text?: number | undefined;
  /** Frames of an animation. Default 4096. */
  frames?: number | undefined;
}

export interface TextEntry {
  keyword: string;
  text: string;
  /** iTXt only. */
  language?: string | undefined;
  translated?: string | undefined;
}

export interface Frame {
  /** The whole canvas after this frame is drawn, as RGBA of the picture's `bitDepth`. */
  data: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  /** Milliseconds. */
  delay: number;
}

export interface Source {
  /** As in the PNG header: 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA. */
  colorType: number;
  bitDepth: number;
  interlaced: boolean;
  /** An alpha channel or a tRNS chunk that counts. */
  alpha: boolean;
  animated: boolean;
}

export interface Picture<Data extends Uint8Array | Uint16Array = Frame['data']> {
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
  bitDepth: 8 | 16;
  /** Rows from the top, no padding; 16-bit samples in the machine's byte order. */
  data: Data;
  text: TextEntry[];
  /** Empty for a still picture. The default image is `data` whether or not it is one of the frames. */
  frames: Frame[];
  /** How often to play the frames; 0 is without end. */
  plays: number;
  source: Source;
  /** The block of an eXIf chunk; pixels are given as stored, not turned by its orientation. */
  exif: Uint8Array<ArrayBuffer> | undefined;
  /**
   * Faults of the file that did not prevent decoding it, as libpng decodes it: faulty parts that no pixel depends on are left out, so
   * is a damaged animation, and a colour beyond the palette is black.
   */
  warnings: string[];
}

export interface DecodeOptions<F extends Format = Format> {
  /** `native` if left out: as stored. `rgba8` and `rgba16` give four channels. */
  format?: F | undefined;
  /** What is too much to decode. */
  limits?: Limits | undefined;
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /** false: the default image only. */
  frames?: boolean | undefined;
  /** true: what libpng warns about and decodes is refused. */
  strict?: boolean | undefined;
  /** Kernels and memory to work in; its own if left out. */
  room?: Room | undefined;
}
