// Finds kernels for whole steps of pixels that write outside their result. Pictures are adjacent in memory, and a
// mask may be written over its own source.
import { ops, type Row } from '../../src/ops/index.js';
import { noise } from '../noise.js';

export type Kernels = Readonly<Record<string, (...numbers: number[]) => number>>;

interface Form {
  /** The row, and the kernel that is one of its forms. */
  readonly name: string;
  readonly kernel: string;
  readonly row: Row;
  /** Bytes of an element that it reads. */
  readonly sizes: readonly number[];
  /** Bytes of an element that it writes, where they are others. */
  readonly gives?: number;
}

const banded = ['pick', 'table', 'map', 'cast', 'join', 'pack'];
const GUARD = 0xa5;

/** The kernels of the table's rows that work on pixels one by one, in each of their forms. */
export function forms(kernels: Kernels): Form[] {
  return Object.entries<Row>(ops).flatMap(([name, row]) => {
    if (!banded.includes(row.kind)) return [];
    const sizes = row.of === 'any' ? [1, 4] : row.of === 'float32' || row.floats ? [4] : [1];
    const all: Form[] = [
      { name, kernel: name, row, sizes, gives: name === 'floats' ? 4 : name === 'bytes' ? 1 : undefined },
      ...(row.of === 'both' ? [{ name, kernel: `${name}Float`, row, sizes: [4] }] : []),
      ...(row.kind === 'pick' ? [{ name, kernel: `${name}Unit`, row, sizes: [1], gives: 4 }] : []),
    ];
    return all.filter(({ kernel }) => kernels[kernel]);
  });
}

/** Room in a memory for what kernels read and write, from a place that is a whole number of steps. */
export class Bench {
  readonly block: number;
  readonly src: number;
  readonly other: number;
  readonly dst: number;

  constructor(
    readonly kernels: Kernels,
    readonly memory: { readonly buffer: ArrayBufferLike },
    begin: number,
  ) {
    [this.block, this.src, this.other, this.dst] = [0, 1, 2, 3].map((part) => begin + (part << 19));
  }

  /** Bytes beside a result of `size` bytes that differ from what was there. */
  spilled(size: number, run: () => void): number {
    const { block, src, other, dst } = this;
    const bytes = new Uint8Array(this.memory.buffer);
    bytes.fill(0, block, dst);
    bytes.set(noise(1 << 17, 3), src);
    bytes.set(noise(1 << 17, 4), other);
    bytes.fill(GUARD, dst - 256, dst + size + 256);
    run();
    const around = [bytes.subarray(dst - 256, dst), bytes.subarray(dst + size, dst + size + 256)];
    return around.reduce((sum, side) => sum + side.reduce((n, v) => n + Number(v !== GUARD), 0), 0);
  }

  /** For each way to call it on n pixels that spills, a sentence. */
  spills({ kernel, row, sizes, gives }: Form, n: number): string[] {
    const { block, src, other, dst } = this;
    const run = this.kernels[kernel];
    const found: string[] = [];
    for (const size of sizes) {
      for (const channels of row.kind === 'pick' || row.kind === 'pack' ? [1, 3, 4] : [1]) {
        const out = gives ?? (row.kind === 'pack' ? size * (row.gives ?? 1) : size);
        const spill = this.spilled(n * out, () => {
          if (row.kind === 'pick') run(dst, src, n, channels, block);
          else if (row.kind === 'join') run(dst, src, other, n);
          else if (row.kind === 'pack') run(dst, src, n, channels, size, other);
          else run(dst, src, n, block);
        });
        if (spill)
          found.push(`${kernel} of ${n} pixels of ${channels} channels of ${size} bytes spills ${spill} bytes`);
      }
    }
    return found;
  }

  /** Kernels that fail to say how much room they need for lines of 2^30 pixels: more than there is, but no failure. */
  rooms(): string[] {
    const words = new Uint32Array(this.memory.buffer, this.block, 64);
    const found: string[] = [];
    for (const [name, { kind }] of Object.entries<Row>(ops))
      for (const asked of kind === 'near' ? [`${name}Room`, `${name}FloatRoom`, `${name}Between`] : [])
        for (const [width, height] of [
          [1, 2 ** 30],
          [2 ** 30, 1],
        ]) {
          // the row's numbers, and the words that it makes, are behind the frame
          words.fill(100);
          words.set([0, width, height, 4, this.src, 1, width, height, this.src, 1, width, height, 0, this.block + 128]);
          try {
            this.kernels[asked]?.(this.block);
          } catch (error) {
            found.push(`${asked} of ${width} x ${height}: ${error}`);
          }
        }
    return found;
  }
}
