// Makes a slot's picture for display: bytes, scaled down if the canvas is smaller, as colours, in bands that fit the
// caches. A picture under a tint is scaled down separately, as if two canvases lay on each other.
import type { Pause } from '../base/pause.js';
import type { Look, Put, Size } from '../engine.js';
import { Blocks } from './blocks.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import type { Kernels } from './module.js';
import { type Bench, type Bring, type Desk, inPlace, type Layer, type Showing, shownRows } from './showing.js';

/** Pixels of a band, enough that handing it over costs little compared with making it. */
const BAND = 262144;

/** Bytes of the table for assembly/show/lib/mix.ts: 64, 8 and 32 for each value. */
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
  const { arena, crew } = engine;
  const kernels = { ...engine.kernels, ...(await engine.part('show')) };
  const blocks = new Blocks(arena);
  const work: Work = (bytes) => blocks.take(bytes);
  try {
    const over = typeof look.over === 'object' ? (look.over as WasmSlot) : undefined;
    const slots = over ? [slot, over] : [slot];
    const step = Math.min(...slots.map((one) => rowsOf(one, size, look.tint !== undefined)));
    const layer = layerOf(slot, look.index, size, look.tint !== undefined);
    const under = over && layerOf(over, look.index, size, false);
    // a picture with alpha is already what is shown
    const asIs = layer.shown === 4 && !look.tint && look.opacity === 1;
    const colour = asIs ? undefined : colourOf(engine, work, look, under);
    const showing: Showing = { size, layer, under, kernel: colour?.kernel, table: colour?.table ?? 0 };
    const deskOf = (take: Work, rows: number): Desk => {
      const bench = benchOf(kernels, take, layer, size, rows);
      return { layer: bench, under: under ? benchOf(kernels, take, under, size, rows) : bench };
    };
    const near = colour && slots.every(({ at }) => at !== undefined);
    if (near && (await crew?.show(kernels, blocks, showing, step, deskOf, put, pause))) return;
    const desk = deskOf(work, step);
    const out = colour ? work(step * size.width * 4) : 0;
    const bring = bringing(engine, work, slots, [layer, ...(under ? [under] : [])], size, step);
    for (let top = 0; top < size.height; top += step) {
      const rows = Math.min(step, size.height - top);
      const at = shownRows(kernels, showing, desk, out, top, rows, bring);
      put(new Uint8ClampedArray(arena.memory.buffer as ArrayBuffer, at, rows * size.width * 4), top);
      const wait = pause?.();
      if (wait) await wait;
    }
  } finally {
    blocks.end();
  }
}

/** Whether a slot's bytes must first be copied or converted. */
const staged = ({ extent, at }: WasmSlot, gray: boolean): boolean =>
  at === undefined || extent.dtype !== 'uint8' || (gray && extent.channels > 1);

/** Rows of a band. If rows must be copied, they are at most a band as well. */
function rowsOf(slot: WasmSlot, size: Size, gray: boolean): number {
  const { width, height } = slot.extent;
  const pixels = staged(slot, gray) ? width * Math.ceil(height / size.height) : size.width;
  return Math.max(1, Math.min(size.height, Math.floor(BAND / pixels)));
}

function layerOf({ extent, at = 0 }: WasmSlot, index: number, size: Size, gray: boolean): Layer {
  const { width, height, channels, dtype, batch } = extent;
  const each = dtype === 'uint8' ? 1 : 4;
  const picture = Math.min(index, batch - 1) * height * width * channels * each;
  const smaller = width !== size.width || height !== size.height;
  return { at: at + picture, width, height, channels, each, shown: gray ? 1 : channels, smaller };
}

/** Source rows of a band. When scaling down, a band shares rows at both edges with its neighbours. */
const most = ({ smaller, height }: Layer, size: Size, step: number): number =>
  smaller ? Math.min(height, Math.ceil((step * height) / size.height) + 2) : step;

function benchOf(kernels: Kernels, work: Work, layer: Layer, size: Size, step: number): Bench {
  const { width, channels, each, shown, smaller } = layer;
  const rows = most(layer, size, step);
  return {
    bytes: each > 1 ? work(rows * width * channels) : 0,
    grays: shown < channels ? work(rows * width) : 0,
    scratch: smaller ? work(kernels.shrinkRoom(width, size.width, shown) >>> 0) : 0,
    small: smaller ? work(step * size.width * shown) : 0,
  };
}

/** Gives kernels the source rows. Rows of slots beside the arena are copied. */
function bringing(
  engine: WasmEngine,
  work: Work,
  slots: readonly WasmSlot[],
  layers: readonly Layer[],
  size: Size,
  step: number,
): Bring {
  const places = layers.map((layer, i) =>
    slots[i].at === undefined ? work(most(layer, size, step) * layer.width * layer.channels * layer.each) : 0,
  );
  return (layer, first, count) => {
    const i = layers.indexOf(layer);
    if (!places[i]) return inPlace(layer, first, count);
    const from = inPlace(layer, first, count);
    const bytes = count * layer.width * layer.channels * layer.each;
    engine.copy(engine.arena.u8(places[i], bytes), engine.view(slots[i]).subarray(from, from + bytes));
    return places[i];
  };
}

/** The kernel that colours a layer and what lies under it, and its table. */
function colourOf(
  { arena }: WasmEngine,
  work: Work,
  { tint, opacity }: Look,
  under: Layer | undefined,
): { kernel: Showing['kernel']; table: number } {
  const covers = Float64Array.from({ length: 256 }, (_, v) => (v / 255) * opacity);
  if (tint && under) {
    // assembly/show/lib/mix.ts
    const table = work(MIXED);
    const block = new Float64Array(MIXED / 8);
    const whole = new Int32Array(block.buffer, MIXED - 256 * 32);
    covers.forEach((cover, v) => {
      block.set([...tint.map((c) => c * cover), 255, 1 - cover, 1 - cover, cover, 0], v * 8);
      block[2048 + v] = v / 255;
      const left = Math.round((1 - cover) * POINT);
      whole.set([...[...tint, 255].map((c) => Math.round(c * cover * POINT)), left, left, left, left], v * 8);
    });
    arena.u8(table, MIXED).set(new Uint8Array(block.buffer));
    return { kernel: 'over', table };
  }
  const table = work(1024);
  if (!tint) {
    arena.u8(table, 256).set(Uint8ClampedArray.from(covers, (cover) => 255 * cover));
    return { kernel: 'fade', table };
  }
  const words = new Uint8ClampedArray(1024);
  covers.forEach((cover, v) => {
    words.set([...tint.map((c) => (c * cover) / (cover || 1)), 255 * cover], v * 4);
  });
  arena.u8(table, 1024).set(words);
  return { kernel: 'dye', table };
}
