// What people see of a slot, made in memory: bytes, scaled down where the canvas is smaller, as colours, in bands that stay in
// the caches. A picture that is scaled down and lies under a tint is scaled down by itself, as two canvases on each other are.
import type { Pause } from '../base/pause.js';
import type { Look, Put, Size } from '../engine.js';
import { Blocks } from './blocks.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import type { Kernels } from './module.js';

/** Pixels of a band: enough that handing one over is nothing beside making it. */
const BAND = 262144;

/** Rows of a picture as bytes, in the size that is shown: where those from `top` on lie. */
interface Layer {
  readonly channels: number;
  rows(top: number, count: number): number;
}

/** Bytes of what assembly/show/lib/mix.ts reads: 64, 8 and 32 for each value; and what its whole numbers are multiplied by. */
const MIXED = 256 * 104;
const POINT = 2 ** 22;

type Work = (bytes: number) => number;

export async function paint(
  engine: WasmEngine,
  slot: WasmSlot,
  look: Look,
  size: Size,
  put: Put,
  pause?: Pause,
): Promise<void> {
  const { arena } = engine;
  const kernels = await engine.part('show');
  const blocks = new Blocks(arena);
  const work: Work = (bytes) => blocks.take(bytes);
  try {
    const over = typeof look.over === 'object' ? (look.over as WasmSlot) : undefined;
    const step = Math.min(...[slot, ...(over ? [over] : [])].map((one) => rowsOf(one, size, look.tint !== undefined)));
    const layer = layerOf(engine, kernels, work, slot, look.index, size, step, look.tint !== undefined);
    const under = over && layerOf(engine, kernels, work, over, look.index, size, step, false);
    // a picture with its alpha is what is shown already
    const asIs = layer.channels === 4 && !look.tint && look.opacity === 1;
    const out = asIs ? 0 : work(step * size.width * 4);
    const colour = asIs ? undefined : colourOf(engine, kernels, work, look, layer, under);
    for (let top = 0; top < size.height; top += step) {
      const rows = Math.min(step, size.height - top);
      const from = layer.rows(top, rows);
      colour?.(out, from, rows * size.width, under ? under.rows(top, rows) : 0);
      const shown = new Uint8ClampedArray(arena.memory.buffer as ArrayBuffer, asIs ? from : out, rows * size.width * 4);
      put(engine.shared ? shown.slice() : shown, top);
      const wait = pause?.();
      if (wait) await wait;
    }
  } finally {
    blocks.end();
  }
}

/** Whether a slot's bytes have to be brought, or made, before they are looked at. */
const staged = ({ extent, at }: WasmSlot, gray: boolean): boolean =>
  at === undefined || extent.dtype !== 'uint8' || (gray && extent.channels > 1);

/** Rows of a band, of which the picture's own rows are no more than a band either, where they are brought. */
function rowsOf(slot: WasmSlot, size: Size, gray: boolean): number {
  const { width, height } = slot.extent;
  const pixels = staged(slot, gray) ? width * Math.ceil(height / size.height) : size.width;
  return Math.max(1, Math.min(size.height, Math.floor(BAND / pixels)));
}

function layerOf(
  engine: WasmEngine,
  kernels: Kernels,
  work: Work,
  slot: WasmSlot,
  index: number,
  size: Size,
  step: number,
  gray: boolean,
): Layer {
  const { width, height, channels, dtype, batch } = slot.extent;
  const picture = Math.min(index, batch - 1) * height * width * channels;
  const one = gray ? 1 : channels;
  const smaller = width !== size.width || height !== size.height;
  // of a band that is scaled down, rows at both edges may be shared with its neighbours
  const most = smaller ? Math.min(height, Math.ceil((step * height) / size.height) + 2) : step;
  const each = dtype === 'uint8' ? 1 : 4;
  const brought = slot.at === undefined ? work(most * width * channels * each) : 0;
  const bytes = each > 1 ? work(most * width * channels) : 0;
  const grays = gray && channels > 1 ? work(most * width) : 0;
  const scratch = smaller ? work(kernels.shrinkRoom(width, size.width, one) >>> 0) : 0;
  const small = smaller ? work(step * size.width * one) : 0;

  /** Where the picture's own rows are as bytes of `one` channels. */
  const own = (first: number, count: number): number => {
    const n = count * width * channels;
    const from = (picture + first * width * channels) * each;
    let at = (slot.at ?? 0) + from;
    if (slot.at === undefined) {
      engine.copy(engine.arena.u8(brought, n * each), engine.view(slot).subarray(from, from + n * each));
      at = brought;
    }
    if (each > 1) {
      kernels.seen(bytes, at, n);
      at = bytes;
    }
    if (!grays) return at;
    engine.kernels.red(grays, at, count * width, channels);
    return grays;
  };

  if (!smaller) return { channels: one, rows: own };
  return {
    channels: one,
    rows(top, count) {
      const first = Math.floor((top * height) / size.height);
      const last = Math.ceil(((top + count) * height) / size.height);
      const row0 = own(first, last - first) - first * width * one;
      kernels.shrink(small, row0, scratch, width, height, size.width, size.height, one, top, top + count);
      return small;
    },
  };
}

/** Makes colours of `n` pixels of a layer, and of what lies under it. */
function colourOf(
  { arena }: WasmEngine,
  kernels: Kernels,
  work: Work,
  look: Look,
  layer: Layer,
  under: Layer | undefined,
): (dst: number, src: number, n: number, below: number) => void {
  const { tint, opacity } = look;
  const covers = Float64Array.from({ length: 256 }, (_, v) => (v / 255) * opacity);
  if (tint && under) {
    // assembly/show/lib/mix.ts
    const at = work(MIXED);
    const block = new Float64Array(MIXED / 8);
    const whole = new Int32Array(block.buffer, MIXED - 256 * 32);
    covers.forEach((cover, v) => {
      block.set([...tint.map((c) => c * cover), 255, 1 - cover, 1 - cover, cover, 0], v * 8);
      block[2048 + v] = v / 255;
      const left = Math.round((1 - cover) * POINT);
      whole.set([...[...tint, 255].map((c) => Math.round(c * cover * POINT)), left, left, left, left], v * 8);
    });
    arena.u8(at, MIXED).set(new Uint8Array(block.buffer));
    return (dst, src, n, below) => kernels.over(dst, src, below, n, under.channels, at);
  }
  const at = work(1024);
  if (!tint) {
    arena.u8(at, 256).set(Uint8ClampedArray.from(covers, (cover) => 255 * cover));
    return (dst, src, n) => kernels.fade(dst, src, n, layer.channels, at);
  }
  const words = new Uint8ClampedArray(1024);
  covers.forEach((cover, v) => {
    words.set([...tint.map((c) => (c * cover) / (cover || 1)), 255 * cover], v * 4);
  });
  arena.u8(at, 1024).set(words);
  return (dst, src, n) => kernels.dye(dst, src, n, at);
}
