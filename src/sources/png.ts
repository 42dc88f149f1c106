// PNG files: our own reader, byte for byte, colour under alpha 0 included. A still picture is decoded straight into the
// engine's memory; one that is turned or animated takes a detour through an array.
import { filled } from '../arrivals.js';
import type { Home } from '../home.js';
import { decode, openRgba8 } from '../png/decode.js';
import { orientationOf, upright } from './exif.js';
import { type Picture, sourceOf } from './frames.js';

export function loadPng(home: Home, bytes: Uint8Array, pixels: number, signal?: AbortSignal): Promise<Picture> {
  return home.roomy(() => read(home, bytes, pixels, signal));
}

async function read(home: Home, bytes: Uint8Array, pixels: number, signal?: AbortSignal): Promise<Picture> {
  const room = await home.engine.room?.('png');
  const limits = { pixels };
  const file = await openRgba8(bytes, { room, limits, signal });
  try {
    const { width, height, source, exif } = file;
    const orientation = exif ? orientationOf(exif) : 1;
    // as LoadImage has it: one colour of gray or RGB that is named transparent is none
    const alpha = source.alpha && source.colorType !== 0 && source.colorType !== 2;
    if (room && orientation === 1 && !source.animated) {
      const extent = { batch: 1, height, width, channels: 4, dtype: 'uint8' } as const;
      const rgba = await filled(home, extent, (at) => file.draw(at, signal));
      if (rgba) return { rgba, alpha };
    }
    const { data, frames } = await decode(bytes, { room, format: 'rgba8', limits, signal });
    const all = frames.length ? frames.map((frame) => frame.data as Uint8Array) : [data];
    return {
      rgba: sourceOf(
        home,
        all.map((one) => upright({ data: one, width, height }, orientation)),
      ),
      alpha,
    };
  } finally {
    file.close();
  }
}
