// Makes rows of a picture for display from plain numbers: the sources, the steps, and each member's work memory. The
// engine runs this itself or sends the numbers to threads.
import type { Size } from '../engine.js';
import type { Kernels } from './module.js';

/** A picture of a slot, to be turned into bytes of `shown` channels at the displayed size. */
export interface Layer {
  /** The picture's address. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Bytes of one number. */
  readonly each: number;
  readonly shown: number;
  readonly smaller: boolean;
}

/**
 * Work memory for a layer: for floats as bytes, colours as gray, the sums of `shrink`, and scaled rows. 0 if not
 * needed.
 */
export interface Bench {
  readonly bytes: number;
  readonly grays: number;
  readonly scratch: number;
  readonly small: number;
}

/** A member's work memory for both layers. */
export interface Desk {
  readonly layer: Bench;
  readonly under: Bench;
}

export interface Showing {
  readonly size: Size;
  readonly layer: Layer;
  readonly under: Layer | undefined;
  /** The kernel that makes colours, and its table; undefined if the layer already has colours. */
  readonly kernel: 'over' | 'fade' | 'dye' | undefined;
  readonly table: number;
}

/** Returns the address of rows of the source. Rows of a slot beside the arena are copied first. */
export type Bring = (layer: Layer, first: number, count: number) => number;

export const inPlace: Bring = ({ at, width, channels, each }, first) => at + first * width * channels * each;

/** Makes rows at `out`. Returns their address, which is elsewhere if they need no work. */
export function shownRows(
  kernels: Kernels,
  { size, layer, under, kernel, table }: Showing,
  desk: Desk,
  out: number,
  top: number,
  rows: number,
  bring = inPlace,
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

/** The address of the source rows as bytes of the shown channels. */
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
