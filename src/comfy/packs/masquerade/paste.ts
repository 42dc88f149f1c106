// Paste By Mask for one mask: the picture at its final size, over the base where the mask allows.

import type { Around } from '../lib/each.js';
import { empty, type Floats } from '../lib/pictures.js';
import { interpolated } from '../lib/scale.js';
import type { Bounds } from './channels.js';

const f = Math.fround;

interface Size {
  readonly width: number;
  readonly height: number;
}

export function sizeOf({ left, top, right, bottom }: Bounds, source: Size, behavior: string): Size {
  const box = { width: right - left + 1, height: bottom - top + 1 };
  if (behavior.startsWith('source_size')) return source;
  const [wanted, own] = [box.width / box.height, source.width / source.height];
  const fill = behavior === 'keep_ratio_fill';
  if (!fill && behavior !== 'keep_ratio_fit') return box;
  if (own > wanted) {
    return fill ? { ...box, width: Math.trunc(box.height * own) } : { ...box, height: Math.trunc(box.width / own) };
  }
  if (own < wanted) {
    return fill ? { ...box, height: Math.trunc(box.width / own) } : { ...box, width: Math.trunc(box.height * own) };
  }
  return box;
}

/** Where a picture of this length, centred, begins and ends, and which part of it is inside. */
function placed(low: number, high: number, size: number, length: number): { from: number; to: number; source: number } {
  const middle = (low + high) / 2;
  const first = Math.floor(middle - size / 2) + 1;
  const last = Math.floor(middle + size / 2) + 1;
  return { from: Math.max(first, 0), to: Math.min(last, length), source: first < 0 ? -first : 0 };
}

export async function pasted(
  made: Floats,
  to: number,
  paste: Floats,
  masks: Floats,
  b: number,
  box: Bounds,
  size: Size,
  fills: boolean,
  call: Around,
): Promise<void> {
  const [, height, width] = made.shape;
  const [, rows, columns, channels] = paste.shape;
  const own = empty([1, rows, columns, channels]);
  own.data.set(paste.data.subarray(b * own.data.length, (b + 1) * own.data.length));
  const same = size.width === columns && size.height === rows;
  const { data } = same ? own : await interpolated(own, size, 'bicubic', call);
  const across = placed(box.left, box.right, size.width, width);
  const down = placed(box.top, box.bottom, size.height, height);
  for (let y = down.from; y < down.to; y++) {
    for (let x = across.from; x < across.to; x++) {
      const from = ((down.source + y - down.from) * size.width + across.source + x - across.from) * 4;
      const place = (y * width + x) * 4;
      const at = to * height * width * 4 + place;
      const alpha = data[from + 3];
      const m = fills ? alpha : Math.min(alpha, masks.data[b * height * width + place / 4]);
      const rest = f(1 - m);
      for (let c = 0; c < 4; c++) made.data[at + c] = f((c < 3 ? data[from + c] : 1) * m) + f(made.data[at + c] * rest);
    }
  }
  // Beyond the picture nothing of it is pasted. A negative mask still counts there, and pastes white.
  if (fills) return;
  for (let i = 0; i < height * width; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x >= across.from && x < across.to && y >= down.from && y < down.to) continue;
    const m = Math.min(0, masks.data[b * height * width + i]);
    if (m === 0) continue;
    const at = (to * height * width + i) * 4;
    for (let c = 0; c < 4; c++) made.data[at + c] = m + f(made.data[at + c] * f(1 - m));
  }
}
