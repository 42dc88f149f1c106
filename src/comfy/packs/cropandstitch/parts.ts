// How the nodes of Inpaint-CropAndStitch scale and cut pictures and masks.
import { ImageBatch as Image, type ImageBatch } from '../../../index.js';
import type { Around, Named, Plane } from '../lib/each.js';
import { type Filter, resized, resizedRgba } from '../lib/filters.js';
import type { Rect } from './area.js';

export const lquesada = { module: 'custom_nodes.ComfyUI-Inpaint-CropAndStitch', category: 'inpaint' } as const;
export type Floats = Plane<Float32Array> & { readonly channels: number };

/** Through bytes, because Pillow scales bytes. */
export async function scaled(
  from: Floats,
  width: number,
  height: number,
  filter: Filter,
  call: Named,
): Promise<Floats> {
  // a black picture stays black
  const { channels } = from;
  if (from.data.every((x) => x === 0)) {
    return { data: new Float32Array(width * height * channels), width, height, channels };
  }
  const bytes = new Uint8Array(from.data.length);
  for (let i = 0; i < bytes.length; i++) {
    const value = Math.fround(from.data[i] * 255);
    bytes[i] = value > 0 ? Math.min(value, 255) : 0;
  }
  const picture = { ...from, data: bytes };
  const made =
    channels === 4
      ? await resizedRgba(call.node, picture, width, height, call, filter)
      : await resized(call.node, picture, width, height, call, filter);
  const data = new Float32Array(made.data.length);
  for (let i = 0; i < data.length; i++) data[i] = made.data[i] / 255;
  return { ...made, data };
}

export const oneChannel = (plane: Plane<Float32Array>): Floats => ({ ...plane, channels: 1 });

/**
 * A part of the plane, which may reach beyond it. The rest repeats the edge of its row, or is `outside`; above and
 * below it is 0.
 */
export function part({ data, width, height, channels }: Floats, area: Rect, outside?: number): Floats {
  const made = new Float32Array(area.w * area.h * channels).fill(outside ?? 0);
  const [left, right] = [Math.max(area.x, 0), Math.min(area.x + area.w, width)];
  for (let row = 0; row < area.h; row++) {
    const y = row + area.y;
    const isIn = y >= 0 && y < height;
    if (!isIn && outside !== undefined) continue;
    const from = Math.min(Math.max(y, 0), height - 1) * width;
    const to = row * area.w - area.x;
    const copy = (x: number, start: number, end: number): void =>
      made.set(data.subarray((from + start) * channels, (from + end) * channels), (to + x) * channels);
    if (left < right) copy(left, left, right);
    if (!isIn || outside !== undefined) continue;
    for (let x = area.x; x < Math.min(0, area.x + area.w); x++) copy(x, 0, 1);
    for (let x = Math.max(width, area.x); x < area.x + area.w; x++) copy(x, width - 1, width);
  }
  return { data: made, width: area.w, height: area.h, channels };
}

export function imageOf({ device }: Around, all: readonly Floats[]): ImageBatch {
  return Image.cat(all.map(({ data, width, height, channels }) => device.image(data, [1, height, width, channels])));
}
