// The inputs and outputs of chromask/png.
import type { Room } from './room.js';

/** `native`: as stored; 1, 2 and 4-bit gray scaled to 8, palettes as RGB or RGBA, a tRNS colour as an alpha channel. */
export type Format = 'native' | 'rgba8' | 'rgba16';

export interface Limits {
  /** Width times height, which is also the limit for the sum over all frames. Default 268402689, 16383 x 16383. */
  pixels?: number | undefined;
  /** Bytes that a file's text may unpack to; text beyond that is left out. Default 8 MiB. */
  text?: number | undefined;
  /** The number of frames of an animation. Default 4096. */
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
  /** Whether it has an alpha channel or an effective tRNS chunk. */
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
  /** Empty for a still picture. The default image is in `data`, whether or not it is a frame. */
  frames: Frame[];
  /** How often to play the frames. 0 repeats without end. */
  plays: number;
  source: Source;
  /** The block of an eXIf chunk. Pixels are not rotated by its orientation. */
  exif: Uint8Array<ArrayBuffer> | undefined;
  /**
   * Faults that did not prevent decoding, which follows libpng: faulty chunks that no pixel depends on and damaged
   * animations are left out, and a colour beyond the palette is black.
   */
  warnings: string[];
}

export interface DecodeOptions<F extends Format = Format> {
  /** Default `native`: as stored. `rgba8` and `rgba16` give four channels. */
  format?: F | undefined;
  /** What is too large to decode. */
  limits?: Limits | undefined;
  /** Cancels the call, which then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** false: decodes the default image only. */
  frames?: boolean | undefined;
  /** true: refuses what libpng only warns about. */
  strict?: boolean | undefined;
  /** Kernels and memory to work in. Default: its own. */
  room?: Room | undefined;
}
