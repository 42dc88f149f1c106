// Connected regions found by several threads: each band of rows separately, then joined along the edges. The phases
// are those of assembly/regions/lib/bands.ts.
import type { Pause } from '../base/pause.js';
import { BETWEEN, type Room } from '../engine.js';
import type { Crew } from './crew.js';

/**
 * Words before the bands' addresses: two of the kernel's own, the number of bands, rows of a band, and where a step
 * continues.
 */
const HEAD = 5;
/** Pixels of the largest band, so that a signal is noticed soon, and grains of the smallest. */
const LARGE = 2 ** 19;
const SMALL = 8;

export interface Region {
  readonly kernel: string;
  /** Address of the result. */
  readonly dst: number;
  /** Address of the kernel's frame and numbers, and their length in words. */
  readonly block: number;
  readonly length: number;
  readonly width: number;
  readonly height: number;
}

/** Addresses of the table that bands share, and of their runs. */
export interface Found {
  readonly table: number;
  runs: number | undefined;
}

/** Allocates memory that the caller frees. */
export interface Taken {
  take(bytes: number): number;
  free(at: number): void;
}

/**
 * Makes one picture. `before`: the result for the previous picture; kernels with `…Kept` then skip the phases it has
 * done.
 */
export async function regions(
  crew: Crew,
  { kernels, memory }: Pick<Room, 'kernels' | 'memory'>,
  { kernel, dst, block, length, width, height }: Region,
  before: Found | undefined,
  taken: Taken,
  pause?: Pause,
): Promise<Found> {
  const at = (place: number, n: number): Uint32Array => new Uint32Array(memory.buffer, place, n);
  const rows = crew.rows({ width, height }, SMALL, Math.max(1, Math.floor(LARGE / width)));
  const many = Math.ceil(height / rows);
  const table = before?.table ?? taken.take(4 * (HEAD + many) + (kernels[`${kernel}Room`]?.(block) ?? 0));
  const found: Found = before ?? { table, runs: undefined };
  at(block, length)[BETWEEN] = table;
  if (!before) at(table, HEAD).set([0, 0, many, rows, 0]);
  const words = at(block, length).slice();
  const each = Math.ceil(length / 16) * 64;
  const frames = taken.take(crew.members * each);
  const blocks = Array.from({ length: crew.members }, (_, i) => frames + i * each);
  const scratches = blocks.map(() => 0);
  const units = kernels[`${kernel}Units`];
  const first = before ? (kernels[`${kernel}Kept`]?.() ?? 0) : 0;
  for (let phase = first, begin = first && units(block, first - 1); ; phase++) {
    const end = units(block, phase);
    if (!end) break;
    const rest = { begin, end, piece: 1, inTurn: undefined };
    await crew.run(kernels, { kind: 'steps', kernel, dst, words, blocks, scratches, ...rest }, pause);
    if (!phase) placed();
    begin = end;
  }
  taken.free(frames);
  return found;

  /** Allocates the runs of all bands one after another. Each band has said how much it needs. */
  function placed(): void {
    const bytes = Array.from(at(table + 4 * HEAD, many), (n) => Math.ceil(n / 64) * 64);
    if (found.runs !== undefined) taken.free(found.runs);
    found.runs = undefined;
    let place = taken.take(bytes.reduce((sum, n) => sum + n, 0));
    found.runs = place;
    const places = at(table + 4 * HEAD, many);
    bytes.forEach((n, band) => {
      places[band] = place;
      place += n;
    });
  }
}
