// Devices that watch their kernels: what a positional kernel writes outside its picture or its scratch memory is
// reported, though it would not change results, because that memory is unused at the time.
import { Device } from '../../src/api/device.js';
import { isPositional } from '../../src/engine.js';
import { Evaluator } from '../../src/graph/evaluator.js';
import { ops, type Row } from '../../src/ops/index.js';
import { WasmEngine } from '../../src/wasm/engine.js';
import type { Kernel, Kernels, WasmSource } from '../../src/wasm/module.js';
import { start } from '../../src/wasm/start.js';

const limits = { memory: 2 ** 31, side: 2 ** 30 };
/** Bytes that are looked at on each side: less than what every block of memory has behind it without a use. */
const EDGE = 256;
const GUARD = 0xa5;

interface Memory {
  readonly buffer: ArrayBufferLike;
}

/** Such a device, of a binary or of the kernels that are built; what is written where it should not be comes into `found`. */
export async function watched(found: string[], wasm?: WasmSource): Promise<Device> {
  const { kernels, memory, part } = await start('core', wasm);
  const eyed = (some: Kernels): Kernels => watchedBy(found)(some, memory, kernels.base());
  const engine = new WasmEngine(eyed(kernels), memory, limits, async (name) => eyed(await part(name)));
  return new Device(new Evaluator(engine, 0), []);
}

/** Rows whose kernels are told a picture and where it goes. */
const positional = new Set(
  Object.entries<Row>(ops).flatMap(([name, { kind }]) => (isPositional(kind) ? [name, `${name}Float`] : [])),
);

/** Kernels that report what they write where they should not. */
export const watchedBy =
  (found: string[]) =>
  (kernels: Kernels, memory: Memory, base: number): Kernels =>
    Object.fromEntries(
      Object.entries(kernels).map(([name, run]) => [
        name,
        positional.has(name) ? watchedKernel(name, run, kernels[`${name}Room`], memory, base, found) : run,
      ]),
    );

function watchedKernel(
  name: string,
  run: Kernel,
  room: Kernel | undefined,
  memory: Memory,
  base: number,
  found: string[],
): Kernel {
  return (dst, block, scratch) => {
    const [, width, height, size] = new Uint32Array(memory.buffer, block, 4);
    const end = dst + width * height * size;
    const behind = room ? scratch + (room(block) >>> 0) : 0;
    const edges = [
      { of: 'before its picture', from: Math.max(base, dst - EDGE), to: dst },
      { of: 'behind its picture', from: end, to: end + EDGE },
      ...(room ? [{ of: 'behind its room', from: behind, to: behind + EDGE }] : []),
    ];
    const bytes = new Uint8Array(memory.buffer);
    const kept = edges.map(({ from, to }) => bytes.slice(from, to));
    for (const { from, to } of edges) bytes.fill(GUARD, from, to);
    const given = run(dst, block, scratch);
    edges.forEach(({ of, from, to }, i) => {
      const at = bytes.subarray(from, to).findIndex((value) => value !== GUARD);
      if (at >= 0) found.push(`${name} writes ${of}, ${width} x ${height}: at byte ${at} of ${to - from}`);
      bytes.set(kept[i], from);
    });
    return given;
  };
}
