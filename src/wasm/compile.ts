// One pass, made ready to run: parameter blocks and tables laid out in memory, kernels looked up, then band after band.
import type { Breath } from '../base/pause.js';
import { bytesOf, type Extent, isPositional, type Numbers, type Pass, type Step } from '../engine.js';
import { unit } from '../ops/tables.js';
import { BAND, STEP, TALLY, type WasmEngine, type WasmSlot } from './engine.js';
import { gather } from './gather.js';
import type { Arena } from './memory.js';

/** `dst` and `src` are pointers; `b` and `from` say which pixels the band is. */
type Link = (dst: number, src: number, n: number, b: number, from: number) => void;

interface Ready {
  link: Link;
  /** Bytes of a pixel after this link. */
  bytes: number;
}

export interface Runner {
  toSlot(slot: WasmSlot, picture: number): void;
  toArray(into: Numbers, from: number): void;
  begin(b: number): void;
  /** The kernel, where one works from memory to memory: it needs no blocks but for the last few pixels. */
  readonly alone: string | undefined;
  band(from: number, n: number): void;
  count(b: number, pixels: number, breath?: Breath): Promise<Uint32Array>;
  end(): void;
}

/** Where values are between two links: one pair of blocks for all passes of a run, so that it stays in the nearest cache. */
export interface Bench {
  /** Bytes that the passes made ready so far need in each. */
  bytes: number;
  ping: number;
  pong: number;
}

export const pixelBytes = (extent: Pick<Extent, 'channels' | 'dtype'>): number =>
  extent.channels * (extent.dtype === 'uint8' ? 1 : 4);

const pictureBytes = (extent: Extent): number => bytesOf(extent) / extent.batch;

export async function compilePass(engine: WasmEngine, pass: Pass, bench: Bench, breath?: Breath): Promise<Runner> {
  const { arena, kernels } = engine;
  const blocks: number[] = [];

  const block = (bytes: number): number => engine.work(bytes, blocks);
  const end = (): void => {
    for (const at of blocks.splice(0)) arena.free(at);
    if (gathered) engine.free(gathered);
  };

  const [head, ...tail] = pass.steps;
  let gathered: WasmSlot | undefined;
  let staged = false;
  try {
    for (const { name } of pass.steps) await engine.need(name);
    if (isPositional(head?.kind)) gathered = await gather(engine, pass, head, block, breath);
    return compiled();
  } catch (error) {
    end();
    throw error;
  }

  function compiled(): Runner {
    const source = (gathered ?? pass.source) as WasmSlot;
    const steps = gathered ? tail : pass.steps;
    const ready: Ready[] = [];
    let before: Pick<Extent, 'channels' | 'dtype'> = source.extent;
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i];
      const next = steps[i + 1];
      // a table followed by v / 255 is one table of floats
      if (step.kind === 'table' && next?.name === 'floats') {
        ready.push({ link: floats(step.tables ?? [identity]), bytes: 4 });
        before = next;
        i++;
      } else if (step.kind === 'pick' && next?.name === 'floats' && kernels[`${step.name}Unit`]) {
        // some picks have a kernel that gives v / 255 at once
        ready.push({ link: linkOf({ ...step, name: `${step.name}Unit` }, before), bytes: 4 });
        before = next;
        i++;
      } else {
        ready.push({ link: linkOf(step, before), bytes: pixelBytes(step) });
        before = step;
      }
    }
    const widest = ready.reduce((most, { bytes }) => Math.max(most, bytes), pixelBytes(source.extent));
    const last = ready.length ? ready[ready.length - 1].bytes : pixelBytes(source.extent);
    bench.bytes = Math.max(bench.bytes, BAND * widest);
    const staging = source.at === undefined ? stage(source) : 0;
    const each = pixelBytes(source.extent);
    let picture = 0;
    let tallies: number | undefined;
    let aim: { at: number } | { array: Uint8Array; from: number } = { at: 0 };

    const load = (from: number, n: number): number => {
      const offset = picture * pictureBytes(source.extent) + from * each;
      if (source.at !== undefined) return source.at + offset;
      engine.copy(arena.u8(staging, n * each), engine.view(source).subarray(offset, offset + n * each));
      return staging;
    };

    // the same view serves band after band, until memory grows
    let view = arena.u8(0, 0);
    const made = (at: number, length: number): Uint8Array => {
      const same = view.byteOffset === at && view.length === length && view.buffer === arena.memory.buffer;
      if (!same) view = arena.u8(at, length);
      return view;
    };

    return {
      get alone() {
        return ready.length === 1 && !staged && 'at' in aim ? steps[0].name : undefined;
      },
      toSlot(slot, index) {
        const offset = index * pictureBytes(slot.extent);
        aim = slot.host ? { array: slot.host, from: offset } : { at: (slot.at ?? 0) + offset };
      },
      toArray(into, from) {
        const size = into.BYTES_PER_ELEMENT;
        aim = { array: new Uint8Array(into.buffer, into.byteOffset, into.byteLength), from: from * size };
      },
      begin(b) {
        picture = b;
      },
      band(from, n) {
        let at = load(from, n);
        const whole = 'at' in aim && n % STEP === 0;
        for (let i = 0; i < ready.length; i++) {
          const direct = whole && i === ready.length - 1;
          const dst = direct && 'at' in aim ? aim.at + from * last : at === bench.ping ? bench.pong : bench.ping;
          ready[i].link(dst, at, n, picture, from);
          at = dst;
        }
        if ('array' in aim) engine.copy(aim.array, made(at, n * last), aim.from + from * last);
        else if (!whole || !ready.length) engine.copy(arena.u8(aim.at + from * last, n * last), arena.u8(at, n * last));
      },
      async count(b, pixels, breath) {
        picture = b;
        tallies ??= block(TALLY);
        arena.u8(tallies, TALLY).fill(0);
        for (let from = 0; from < pixels; from += BAND) {
          const n = Math.min(BAND, pixels - from);
          kernels.histogram(tallies, load(from, n), n);
          const wait = breath?.();
          if (wait) await wait;
        }
        return summed(arena.u32(tallies, TALLY / 4));
      },
      end,
    };
  }

  /** 256 floats for each picture, from 256 bytes for each. */
  function floats(tables: readonly Uint8Array[]): Link {
    const at = block(tables.length * 1024);
    const all = arena.f32(at, tables.length * 256);
    tables.forEach((table, b) => {
      for (let v = 0; v < 256; v++) all[b * 256 + v] = units[table[v]];
    });
    const each = tables.length > 1 ? 1024 : 0;
    return (dst, src, n, b) => kernels.floats(dst, src, n, at + b * each);
  }

  function linkOf(step: Step, before: Pick<Extent, 'channels' | 'dtype'>): Link {
    const kernel = kernels[step.name];
    const { channels } = before;
    switch (step.kind) {
      case 'pick': {
        const at = step.nodes ? engine.lattices.find(step.name, step.nodes) : paramBlock(step);
        return (dst, src, n) => kernel(dst, src, n, channels, at);
      }
      case 'table': {
        const tables = step.tables ?? [identity];
        const at = block(tables.length * 256);
        const all = arena.u8(at, tables.length * 256);
        tables.forEach((table, b) => {
          all.set(table, b * 256);
        });
        const each = tables.length > 1 ? 256 : 0;
        return (dst, src, n, b) => kernels.table(dst, src, n, at + b * each);
      }
      case 'map': {
        const at = paramBlock(step);
        return (dst, src, n) => kernel(dst, src, n * channels, at);
      }
      case 'cast': {
        if (step.dtype === 'uint8') return (dst, src, n) => kernels.bytes(dst, src, n * channels);
        return (dst, src, n) => kernels.unit(dst, src, n * channels);
      }
      case 'join': {
        const other = operand(step.others[0] as WasmSlot);
        return (dst, src, n, b, from) => kernel(dst, src, other(b, from, n), n);
      }
      case 'pack': {
        const size = step.dtype === 'uint8' ? 1 : 4;
        const other = step.others.length ? operand(step.others[0] as WasmSlot) : () => 0;
        return (dst, src, n, b, from) => kernel(dst, src, n, channels, size, other(b, from, n));
      }
      case 'gather':
      case 'near':
      case 'region':
        throw new Error('what finds pixels by position stands first in its pass');
    }
  }

  /** Where a band of what lies beside the arena is brought to. */
  function stage(slot: WasmSlot): number {
    staged = true;
    return block(BAND * pixelBytes(slot.extent));
  }

  function paramBlock(step: Step): number {
    const at = block(Math.max(4, step.numbers.length * 4));
    writeNumbers(step, (bytes) => arena.u8(at, bytes.length).set(bytes));
    return at;
  }

  /** Where the same band of another operand is; a single picture serves every picture of the batch. */
  function operand(slot: WasmSlot): (b: number, from: number, n: number) => number {
    const each = pixelBytes(slot.extent);
    const stride = slot.extent.batch > 1 ? pictureBytes(slot.extent) : 0;
    const { at } = slot;
    if (at !== undefined) return (b, from) => at + b * stride + from * each;
    const staging = stage(slot);
    return (b, from, n) => {
      const offset = b * stride + from * each;
      engine.copy(arena.u8(staging, n * each), engine.view(slot).subarray(offset, offset + n * each));
      return staging;
    };
  }
}

/** The floats that bytes mean. */
const units = Float32Array.from({ length: 256 }, (_, v) => unit(v));
const identity = Uint8Array.from({ length: 256 }, (_, v) => v);

/** The counts of one table, of the four that a histogram spreads them over. */
export function summed(four: Uint32Array): Uint32Array {
  const sums = new Uint32Array(256);
  for (let v = 0; v < 256; v++) sums[v] = four[v] + four[v + 256] + four[v + 512] + four[v + 768];
  return sums;
}

/** The same of every picture of a batch. */
export async function summedEach(
  arena: Arena,
  tallies: number,
  batch: number,
  breath?: Breath,
): Promise<Uint32Array[]> {
  const counts: Uint32Array[] = [];
  for (let b = 0; b < batch; b++) {
    counts.push(summed(arena.u32(tallies + b * TALLY, TALLY / 4)));
    if (b % 64 === 0) await breath?.();
  }
  return counts;
}

/** A step's numbers as its kernel reads them: int32 or float32, in the order of the row. */
export function writeNumbers(step: Pick<Step, 'numbers' | 'floats'>, write: (bytes: Uint8Array) => void): void {
  const view = new DataView(new ArrayBuffer(step.numbers.length * 4));
  step.numbers.forEach((number, i) => {
    if (step.floats[i]) view.setFloat32(i * 4, number, true);
    else view.setUint32(i * 4, number, true); // modulo 2^32, so that negative numbers arrive as int32
  });
  write(new Uint8Array(view.buffer));
}
