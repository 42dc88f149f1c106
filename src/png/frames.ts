// Draws the frames of an animated PNG onto its canvas as the PNG specification (third edition, 11.3.6) says. They
// are decoded by the same reader as stills, so they are checked as strictly and keep 16 bits.

import { walked } from '../base/pause.js';
import { doubt } from './chunks.js';
import { draw, type Opened, planFor } from './decode.js';
import { isCorrupt } from './header.js';
import type { Frame } from './types.js';

const KEEP = 0,
  CLEAR = 1; // dispose_op; 2 restores what was before
const OVER = 1; // blend_op
/** Rows of a frame between two checks of the time. */
const ROWS = 16;

type Pixels = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** Unless `strict`, an animation that cannot be drawn is dropped as a whole, and the still picture remains. */
export async function composeFrames(opened: Opened, bitDepth: 8 | 16, signal?: AbortSignal): Promise<Frame[]> {
  const { layout } = opened;
  try {
    return await compose(opened, bitDepth, signal);
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    doubt(layout, error);
    layout.frames = [];
    layout.plays = 0;
    return [];
  }
}

async function compose(opened: Opened, bitDepth: 8 | 16, signal?: AbortSignal): Promise<Frame[]> {
  const { room, layout } = opened,
    { width, height } = layout.header,
    frames: Frame[] = [];
  const plan = planFor(room, opened, bitDepth === 8 ? 'rgba8' : 'rgba16');
  const make = (samples: number): Pixels => (bitDepth === 8 ? new Uint8Array(samples) : new Uint16Array(samples));
  try {
    let canvas = make(width * height * 4);
    for (const [i, frame] of layout.frames.entries()) {
      const patch = make(frame.width * frame.height * 4);
      await draw(
        opened,
        { ...layout.header, width: frame.width, height: frame.height },
        frame.data,
        plan,
        { bytes: new Uint8Array(patch.buffer) },
        signal,
      );
      const shown = make(canvas.length);
      shown.set(canvas);
      // over an empty canvas a frame stays unchanged, even its colour under alpha 0
      await walked(paste(shown, patch, width, frame, i > 0 && frame.blend === OVER, bitDepth), signal);
      frames.push({ data: shown, delay: frame.delay });
      // restoring what was before the first frame means clearing the canvas
      if (frame.dispose === KEEP) canvas = shown;
      else if (frame.dispose === CLEAR || i === 0) {
        canvas = make(shown.length);
        canvas.set(shown);
        clear(canvas, width, frame);
      }
    }
  } finally {
    room.arena.free(plan.table);
  }
  return frames;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function clear(canvas: Pixels, width: number, box: Box): void {
  for (let y = 0; y < box.height; y++) {
    const at = ((box.y + y) * width + box.x) * 4;
    canvas.fill(0, at, at + box.width * 4);
  }
}

/** A generator, so that the caller may pause between rows: blending a frame of 4K takes about 100 ms. */
function* paste(
  canvas: Pixels,
  patch: Pixels,
  width: number,
  box: Box,
  over: boolean,
  bitDepth: 8 | 16,
): Generator<void, void> {
  const most = bitDepth === 8 ? 255 : 65535,
    row = box.width * 4;
  for (let y = 0; y < box.height; y++) {
    if (y % ROWS === 0) yield;
    const to = ((box.y + y) * width + box.x) * 4,
      from = y * row;
    if (!over) {
      canvas.set(patch.subarray(from, from + row), to);
      continue;
    }
    for (let i = 0; i < row; i += 4) {
      const a = patch[from + i + 3] ?? 0,
        b = canvas[to + i + 3] ?? 0;
      if (a === 0) continue;
      if (a === most || b === 0) {
        for (let c = 0; c < 4; c++) canvas[to + i + c] = patch[from + i + c] ?? 0;
        continue;
      }
      // alpha is not premultiplied; rounded to nearest: weights a * most and b * (most - a), exact in a double
      const front = a * most,
        back = b * (most - a),
        sum = front + back;
      for (let c = 0; c < 3; c++) {
        canvas[to + i + c] = Math.floor(
          ((patch[from + i + c] ?? 0) * front + (canvas[to + i + c] ?? 0) * back) / sum + 0.5,
        );
      }
      canvas[to + i + 3] = Math.floor(sum / most + 0.5);
    }
  }
}
