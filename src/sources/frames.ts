// Decoded frames as one source batch.

import { walked } from '../base/pause.js';
import type { Home } from '../graph/home.js';
import type { Node } from '../graph/node.js';
import type { Rgba } from './exif.js';

/** A source of RGBA bytes, and whether its alpha means anything. */
export interface Picture {
  rgba: Node;
  alpha: boolean;
  /** Faults of the file that did not prevent reading it. */
  warnings?: readonly string[];
}

/** Frames of another size than the first are skipped, as LoadImage skips them. */
export const sourceOf = (home: Home, frames: readonly Rgba[], signal?: AbortSignal): Promise<Node> =>
  walked(batched(home, frames), signal);

/** A generator, so that the caller may pause between frames: copying one of 4K takes over 10 ms. */
function* batched(home: Home, frames: readonly Rgba[]): Generator<void, Node> {
  const [{ width, height }] = frames;
  const fitting = frames.filter((frame) => frame.width === width && frame.height === height);
  const extent = { batch: fitting.length, height, width, channels: 4, dtype: 'uint8' } as const;
  if (fitting.length === 1) return home.source(fitting[0].data, extent);
  const all = new Uint8Array(fitting.length * fitting[0].data.length);
  for (const [i, frame] of fitting.entries()) {
    yield;
    all.set(frame.data, i * frame.data.length);
  }
  return home.source(all, extent);
}
