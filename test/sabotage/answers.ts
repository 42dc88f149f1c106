// Checks whether a binary's kernels work, in every way in which a changed kernel could show: other programs'
// results, bytes written beside a result, and divided work. scripts/sabotage.mjs runs it on broken kernels.
import type { Device } from '../../src/api/device.js';
import { start } from '../../src/wasm/start.js';
import { STEP } from '../../src/wasm/track.js';
import { shuffled } from '../crew.js';
import { failing } from '../gpu/page/evidence.js';
import { noise } from '../noise.js';
import { evidence } from '../ops.js';
import { recorded } from '../recorded.js';
import { Bench, forms } from './spills.js';
import { watched, watchedBy } from './watched.js';

const all = Object.entries(evidence());

/** The first thing that is wrong, or nothing. Rows of `first` come first, and with `only` no others come. */
export async function answers(
  wasm: WebAssembly.Module,
  first: readonly string[],
  only = false,
): Promise<string | undefined> {
  const late = ([name]: readonly [string, unknown]): number => Number(!first.includes(name));
  const rows = all.filter((row) => !only || !late(row)).sort((a, b) => late(a) - late(b));
  const told = async (device: Device, found: readonly string[] = []): Promise<string | undefined> => {
    for (const [name, { cases }] of rows) {
      const [wrong] = await failing(device, name, cases, true);
      if (wrong ?? found[0]) return wrong ?? found[0];
    }
    return undefined;
  };
  const found: string[] = [];
  const alone = await watched(found, wasm);
  const wrong =
    (await told(alone, found)) ??
    (only ? undefined : ((await measured(alone)) ?? found[0])) ??
    (await spilling(wasm, only ? first : undefined));
  alone.close();
  if (wrong) return wrong;
  const divided = await shuffled(2, 1, undefined, wasm, watchedBy(found));
  const apart = await told(divided, found);
  divided.close();
  return apart && `divided: ${apart}`;
}

/** The parts of a mask, a measure, which is no row of the table; and pictures larger than any of the evidence. */
async function measured(device: Device): Promise<string | undefined> {
  for (const [i, { data, height, width, options, expected }] of recorded('components').cases.entries()) {
    const { areas, boxes } = expected as { areas: number[]; boxes: number[][] };
    for (const dtype of ['uint8', 'float32'] as const) {
      const found = await device.mask(data, [1, height, width]).as(dtype).components(options);
      const got = found.boxes.map(({ x, y, width, height }) => [x, y, width, height]);
      if (JSON.stringify([found.areas, got]) !== JSON.stringify([areas, boxes])) return `components ${i} of ${dtype}`;
    }
  }
  // more rows than what is rounded up hides: each has a list of sides in the scratch memory
  const size = { width: 3, height: 3000 };
  const column = [1, 0, 2, 0, 2, size.height, 1, size.height];
  const drawn = await device.polygon([column], size).bytes();
  if (drawn.some((v, i) => v !== (i % 3 === 1 ? 255 : 0))) return 'a polygon of 3,000 rows';
  // a picture of several slices
  const [height, width] = [600, 400];
  const data = noise(2 * height * width, 7);
  const second = await device.mask(data, [2, height, width]).at(1).bytes();
  return Buffer.compare(second, data.subarray(height * width)) ? 'the second of two large pictures' : undefined;
}

async function spilling(wasm: WebAssembly.Module, of?: readonly string[]): Promise<string | undefined> {
  const { kernels, memory } = await start('core', wasm);
  if (memory instanceof WebAssembly.Memory) memory.grow(64);
  const bench = new Bench(kernels, memory, Math.ceil(kernels.base() / STEP) * STEP + (1 << 19));
  for (const form of forms(kernels).filter(({ name }) => !of || of.includes(name)))
    for (const n of [STEP, 3 * STEP]) {
      const [spill] = bench.spills(form, n);
      if (spill) return spill;
    }
  return bench.rooms()[0];
}
