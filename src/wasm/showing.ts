// Rows of what people see, as numbers alone: what they are made from, in which steps, and where each who makes some works. The engine
// makes them here; a thread is sent this.
import type { Size } from '../engine.js';
import type { Kernels } from './module.js';

/** A picture of a slot, as bytes of `shown` channels in the size that is shown. */
export interface Layer {
  /** Where the picture is. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Bytes of a number. */
  readonly each: number;
  readonly shown: number;
  readonly smaller: boolean;
}

/** Where one works on a layer: bytes of floats, gray of colours, what `shrink` adds up, and rows scaled down; 0 for what it needs not. */
export interface Bench {
  readonly bytes: number;
  readonly grays: number;
  readonly scratch: number;
  readonly small: number;
}

/** Where one makes colours, and works on the layers. */
export interface Desk {
  readonly layer: Bench;
  readonly under: Bench;
}

export interface Showing {
  readonly size: Size;
  readonly layer: Layer;
  readonly under: Layer | undefined;
  /** The kernel that makes colours, and its table; none where the layer has them already. */
  readonly kernel: 'over' | 'fade' | 'dye' | undefined;
  readonly table: number;
}

/** Where some rows of the picture itself are; a slot beside the arena has them brought. */
export type Bring = (layer: Layer, first: number, count: number) => number;

export const lying: Bring = ({ at, width, channels, each }, first) => at + first * width * channels * each;

/** Makes rows at `out`, and gives where they are: there, or where they lie already. */
export function shownRows(
  kernels: Kernels,
  { size, layer, under, kernel, table }: Showing,
  desk: Desk,
  out: number,
  top: number,
  rows: number,
  bring = lying,
): number {
  const src = rowsOf(kernels, layer, desk.layer, size, top, rows, bring);
  if (!kernel) return src;
  const n = rows * size.width;
  if (kernel === 'dye') kernels.dye(out, src, n, table);
  else if (kernel === 'fade' || !under) kernels.fade(out, src, n, layer.shown, table);
  else kernels.over(out, src, rowsOf(kernels, under, desk.under, size, top, rows, bring), n, under.shown, table);
  return out;
}

function rowsOf(
  kernels: Kernels,
  layer: Layer,
  bench: Bench,
  size: Size,
  top: number,
  count: number,
  bring: Bring,
): number {
  if (!layer.smaller) return ownRows(kernels, layer, bench, top, count, bring);
  const { width, height, shown } = layer;
  const first = Math.floor((top * height) / size.height);
  const last = Math.ceil(((top + count) * height) / size.height);
  const row0 = ownRows(kernels, layer, bench, first, last - first, bring) - first * width * shown;
  const { small, scratch } = bench;
  kernels.shrink(small, row0, scratch, width, height, size.width, size.height, shown, top, top + count);
  return small;
}

/** Where the picture's own rows are as bytes of the channels that are shown. */
function ownRows(
  kernels: Kernels,
  layer: Layer,
  { bytes, grays }: Bench,
  first: number,
  count: number,
  bring: Bring,
): number {
  const { width, channels, each } = layer;
  let at = bring(layer, first, count);
  if (each > 1) {
    kernels.seen(bytes, at, count * width * channels);
    at = bytes;
  }
  if (!grays) return at;
  kernels.red(grays, at, count * width, channels);
  return grays;
}
