// Animated PNG: the options for writing one. The writer loads at the first call.

import type { Room } from './room.js';
import type { TextInput } from './textOut.js';

export interface ApngInput {
  width: number;
  height: number;
  /** RGBA of 8 bits; `delay` in whole milliseconds, 0 to 65535. */
  frames: readonly { data: Uint8Array | Uint8ClampedArray; delay: number }[];
}

export interface ApngOptions {
  /** `fast`: whole frames in one pass. `small` (default): only what differs from the frame before. */
  level?: 'fast' | 'small' | undefined;
  /** How often to play. 0, the default, repeats without end. */
  plays?: number | undefined;
  /** Keyword to text, or entries with language. */
  text?: TextInput | undefined;
  /** Cancels the call, which then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Kernels and memory to work in. Default: its own. */
  room?: Room | undefined;
}

/** An animated PNG of RGBA frames. */
export async function encodeApng(input: ApngInput, options: ApngOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  return (await import('./apngOut.js')).writeApng(input, options);
}
