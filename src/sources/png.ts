// PNG files: our own reader, byte for byte, colour under alpha 0 included. A still picture is decoded straight into the
// engine's memory; one that is turned, animated or of 16-bit gray takes a detour through an array.

import type { Evaluator } from '../graph/evaluator.js';
import { filled } from '../graph/sources.js';
import { decode, openRgba8 } from '../png/decode.js';
import type { Rgba } from './exif.js';
import { upright } from './exif.js';
import { type Picture, sourceOf } from './frames.js';
import { orientationIn } from './orientation.js';

export function loadPng(
  evaluator: Evaluator,
  bytes: Uint8Array,
  pixels: number,
  strict: boolean,
  signal?: AbortSignal,
): Promise<Picture> {
  return evaluator.store.roomy(() => read(evaluator, bytes, pixels, strict, signal));
}

async function read(
  evaluator: Evaluator,
  bytes: Uint8Array,
  pixels: number,
  strict: boolean,
  signal?: AbortSignal,
): Promise<Picture> {
  const room = await evaluator.engine.memory?.room('png');
  const options = { room, limits: { pixels }, strict, signal };
  const file = await openRgba8(bytes, options);
  try {
    const { width, height, source, warnings } = file;
    const orientation = orientationIn(file);
    // as for LoadImage: a single transparent colour (tRNS of gray or RGB) is not alpha
    const alpha = source.alpha && source.colorType !== 0 && source.colorType !== 2;
    const deep = source.colorType === 0 && source.bitDepth === 16;
    if (room && orientation === 1 && !source.animated && !deep) {
      const extent = { batch: 1, height, width, channels: 4, dtype: 'uint8' } as const;
      const rgba = await filled(evaluator, extent, (at) => file.draw(at, signal));
      if (rgba) return { rgba, alpha, warnings };
    }
    const picture = await decode(bytes, { ...options, format: deep ? 'rgba16' : 'rgba8' });
    const frames = picture.frames.map((frame) => frame.data);
    // a default image that is not a frame comes before the frames, as in Pillow
    const all = frames.length && !file.apart ? frames : [picture.data, ...frames];
    return {
      rgba: await sourceOf(
        evaluator,
        all.map((data) => upright({ data: bytesOf(data), width, height } satisfies Rgba, orientation)),
        signal,
      ),
      alpha,
      warnings: picture.warnings,
    };
  } finally {
    file.close();
  }
}

/**
 * 16-bit gray as LoadImage takes it: Pillow 9.4 opens it as `I`, the node multiplies that by 1 / 255 and Pillow cuts it off at 255.
 * So 255 is 1, and all from 65,025 up is white. Pillows that open it as `I;16` give the high byte instead.
 */
function bytesOf(data: Uint8Array | Uint16Array): Uint8Array {
  if (data instanceof Uint8Array) return data;
  return Uint8Array.from(data, (v, i) => (i % 4 === 3 ? v >> 8 : Math.min(255, Math.floor(v / 255))));
}
