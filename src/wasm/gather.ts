// Steps that find their pixels by position run over whole pictures, so all of their operands must be in the arena at
// once.
import type { Pause } from '../base/pause.js';
import { BETWEEN, bytesOf, DATA, FRAME, FROM, type Pass, type Step } from '../engine.js';
import { type Blocks, writeNumbers } from './blocks.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import { pictureBytes, pixelBytes } from './operands.js';
import type { Found } from './regions.js';

/** Runs a gather into a slot of its own, which the rest of its pass reads. */
export async function gather(
  engine: WasmEngine,
  pass: Pass,
  step: Step,
  blocks: Blocks,
  pause?: Pause,
): Promise<WasmSlot> {
  const { width, height } = pass.extent;
  const slot = engine.alloc({ batch: pass.count, height, width, channels: step.channels, dtype: step.dtype });
  try {
    await gatherInto(engine, pass, step, blocks, slot, 0, pause);
    return slot;
  } catch (error) {
    engine.free(slot);
    throw error;
  }
}

/** Runs a gather into pictures of a slot, from `first` on. */
export async function gatherInto(
  engine: WasmEngine,
  pass: Pass,
  step: Step,
  blocks: Blocks,
  into: WasmSlot,
  first: number,
  pause?: Pause,
): Promise<void> {
  const { arena, kernels } = engine;
  await engine.need(step.name);
  const { width, height } = into.extent;
  const each = pictureBytes(into.extent);
  const operands = [...(pass.source ? [pass.source] : []), ...step.others] as WasmSlot[];
  const at = blocks.take((FRAME + step.numbers.length) * 4);
  const dst = into.at ?? blocks.take(each);
  const header = new Uint32Array(FRAME);
  operands.forEach((operand, i) => {
    const { batch, width, height } = operand.extent;
    header.set([here(engine, operand, blocks), batch, width, height], 4 + i * 4);
  });
  if (operands[1]) header[14] = pixelBytes(operands[1].extent);
  const data = step.data?.();
  if (data) {
    header[DATA] = blocks.take(Math.max(4, data.byteLength));
    arena.u8(header[DATA], data.byteLength).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  // `…Room` returns the bytes of scratch that a kernel needs, and `…Between` those between two of its phases
  const room = kernels[`${step.name}Room`];
  const between = kernels[`${step.name}Between`];
  const length = FRAME + step.numbers.length;
  let found: Found | undefined;
  let scratch = 0;
  let needed = 0;
  for (let b = 0; b < pass.count; b++) {
    header.set([b, width, height, pixelBytes(step)]);
    header[FROM] = 0;
    arena.u32(at, FRAME).set(header);
    writeNumbers(step, (bytes) => arena.u8(at + FRAME * 4, bytes.length).set(bytes));
    const offset = (first + b) * each;
    const place = into.host ? dst : dst + offset;
    const region = { kernel: step.name, dst: place, block: at, length, width, height };
    found = await engine.crew?.regions({ kernels, memory: arena.memory }, region, found, blocks, pause);
    if (!found) await alone(place);
    if (into.host) engine.copy(into.host, arena.u8(dst, each), offset);
  }

  /** Runs one step after another, or divided among threads. */
  async function alone(place: number): Promise<void> {
    if (room && !scratch) {
      needed = room(at) >>> 0; // WASM returns a u32 as a signed number
      scratch = blocks.take(needed);
    }
    if (between && !header[BETWEEN]) {
      header[BETWEEN] = blocks.take(between(at) >>> 0);
      arena.u32(at, FRAME).set(header);
    }
    const told = [place, at, scratch] as const;
    if (await engine.crew?.steps(engine, step.name, told, length, [into, ...operands], needed, pause)) return;
    // a long kernel returns where it wants to continue; 0 or undefined means the end
    do {
      header[FROM] = kernels[step.name](place, at, scratch);
      arena.u32(at, FRAME).set(header);
      const wait = pause?.();
      if (wait) await wait;
    } while (header[FROM]);
  }
}

function here(engine: WasmEngine, slot: WasmSlot, blocks: Blocks): number {
  if (slot.at !== undefined) return slot.at;
  const copy = blocks.take(bytesOf(slot.extent));
  engine.copy(engine.arena.u8(copy, bytesOf(slot.extent)), engine.view(slot));
  return copy;
}
