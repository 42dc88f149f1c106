// One pass, made ready to run: parameter blocks and tables laid out in memory, kernels looked up, then band after band.
import type { Breath } from '../base/pause.js';
import { bytesOf, type Extent, isPositional, isUnit, type Numbers, type Pass, type Step } from '../engine.js';
import { unit } from '../ops/tables.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import type { Arena } from './memory.js';
import { amount, BAND, type Bench, type Link, makerOf, TALLY, type Term, type Track, term } from './track.js';

export interface Runner {
  toSlot(slot: WasmSlot, picture: number): void;
  toArray(into: Numbers, from: number): void;
  /** The kernel, where one works from memory to memory: it needs no blocks but for the last few pixels. */
  readonly alone: string | undefined;
  /** What a thread may run; undefined where it reads or writes what is no memory of the kernels. */
  readonly track: Track | undefined;
  band(b: number, from: number, n: number): void;
  count(b: number, pixels: number, into: Uint32Array, breath?: Breath): Promise<Uint32Array>;
  end(): void;
}

/** The blocks of a run, which are there once all its passes have said how much they need. */
export interface Benches extends Bench {
  /** Bytes that the passes made ready so far need in each. */
  bytes: number;
}

export const pixelBytes = (extent: Pick<Extent, 'channels' | 'dtype'>): number =>
  extent.channels * (extent.dtype === 'uint8' ? 1 : 4);

const pictureBytes = (extent: Extent): number => bytesOf(extent) / extent.batch;

/** The band's pixels. */
const count = term(0, 0, 0, 1);

export async function compilePass(engine: WasmEngine, pass: Pass, bench: Benches, breath?: Breath): Promise<Runner> {
  const { arena, kernels } = engine;
  const blocks: number[] = [];

  const block = (bytes: number): number => engine.work(bytes, blocks);
  const end = (): void => {
    for (const at of blocks.splice(0)) arena.free(at);
    if (gathered) engine.free(gathered);
  };

  const [head, ...tail] = pass.steps;
  let gathered: WasmSlot | undefined;
  /** Brings bands of what lies beside the arena. */
  const stages: ((b: number, from: number, n: number) => void)[] = [];
  try {
    await Promise.all(pass.steps.map(({ name }) => engine.need(name)));
    if (isPositional(head?.kind))
      gathered = await (await import('./gather.js')).gather(engine, pass, head, block, breath);
    return compiled();
  } catch (error) {
    end();
    throw error;
  }

  function compiled(): Runner {
    const source = (gathered ?? pass.source) as WasmSlot;
    const steps = gathered ? tail : pass.steps;
    const links: Link[] = [];
    let before: Pick<Extent, 'channels' | 'dtype'> = source.extent;
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i];
      const next = steps[i + 1];
      // a table followed by v / 255 is one table of floats
      if (step.kind === 'table' && isUnit(next)) {
        links.push({ kernel: 'floats', rest: [count, floats(step.tables ?? [identity])], bytes: 4 });
        before = next;
        i++;
      } else if (step.kind === 'pick' && isUnit(next) && kernels[`${step.name}Unit`]) {
        // some picks have a kernel that gives v / 255 at once
        links.push({ ...linkOf({ ...step, name: `${step.name}Unit` }, before), bytes: 4 });
        before = next;
        i++;
      } else {
        links.push(linkOf(step, before));
        before = step;
      }
    }
    const widest = links.reduce((most, { bytes }) => Math.max(most, bytes), pixelBytes(source.extent));
    const last = links.length ? links[links.length - 1].bytes : pixelBytes(source.extent);
    bench.bytes = Math.max(bench.bytes, BAND * widest);
    const track: Track = { source: operand(source), links, into: undefined, bytes: last };
    const make = makerOf(kernels, track, bench);
    let tallies: number | undefined;
    let array: Uint8Array | undefined;
    let start = 0;

    const bring = (b: number, from: number, n: number): void => {
      for (const stage of stages) stage(b, from, n);
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
        return links.length === 1 && !stages.length && !array ? steps[0].name : undefined;
      },
      get track() {
        return stages.length || array ? undefined : track;
      },
      toSlot(slot, first) {
        const each = pictureBytes(slot.extent);
        array = slot.host;
        start = first * each;
        track.into = slot.host ? undefined : term((slot.at ?? 0) + start, each, last);
      },
      toArray(into, from) {
        array = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
        start = from * into.BYTES_PER_ELEMENT;
      },
      band(b, from, n) {
        bring(b, from, n);
        const at = make(b, from, n);
        if (array) {
          const picture = b * pass.extent.height * pass.extent.width * last;
          engine.copy(array, made(at, n * last), start + picture + from * last);
        } else if (track.into) {
          const to = amount(track.into, b, from, n);
          if (to !== at) engine.copy(arena.u8(to, n * last), arena.u8(at, n * last));
        }
      },
      async count(b, pixels, into, breath) {
        tallies ??= block(TALLY);
        arena.u8(tallies, TALLY).fill(0);
        for (let from = 0; from < pixels; from += BAND) {
          const n = Math.min(BAND, pixels - from);
          bring(b, from, n);
          kernels.histogram(tallies, amount(track.source, b, from, n), n);
          const wait = breath?.();
          if (wait) await wait;
        }
        return summed(arena.u32(tallies, TALLY / 4), into);
      },
      end,
    };
  }

  /** 256 floats for each picture, from 256 bytes for each. */
  function floats(tables: readonly Uint8Array[]): Term {
    const at = block(tables.length * 1024);
    const all = arena.f32(at, tables.length * 256);
    tables.forEach((table, b) => {
      for (let v = 0; v < 256; v++) all[b * 256 + v] = units[table[v]];
    });
    return term(at, tables.length > 1 ? 1024 : 0);
  }

  function linkOf(step: Step, { channels }: Pick<Extent, 'channels'>): Link {
    const link = (rest: readonly Term[], kernel = step.name): Link => ({ kernel, rest, bytes: pixelBytes(step) });
    const elements = term(0, 0, 0, channels);
    switch (step.kind) {
      case 'pick':
        return link([
          count,
          term(channels),
          term(step.nodes ? engine.lattices.find(step.name, step.nodes) : paramBlock(step)),
        ]);
      case 'table': {
        const tables = step.tables ?? [identity];
        const at = block(tables.length * 256);
        const all = arena.u8(at, tables.length * 256);
        tables.forEach((table, b) => {
          all.set(table, b * 256);
        });
        return link([count, term(at, tables.length > 1 ? 256 : 0)], 'table');
      }
      case 'map':
        return link([elements, term(paramBlock(step))]);
      case 'cast':
        return link([elements], step.dtype === 'uint8' ? 'bytes' : 'unit');
      case 'join':
        return link([operand(step.others[0] as WasmSlot), count]);
      case 'pack': {
        const other = step.others.length ? operand(step.others[0] as WasmSlot) : term(0);
        return link([count, term(channels), term(step.dtype === 'uint8' ? 1 : 4), other]);
      }
      case 'gather':
      case 'near':
      case 'region':
        throw new Error('what finds pixels by position stands first in its pass');
    }
  }

  function paramBlock(step: Step): number {
    const at = block(Math.max(4, step.numbers.length * 4));
    writeNumbers(step, (bytes) => arena.u8(at, bytes.length).set(bytes));
    return at;
  }

  /** Where a band of an operand is; a single picture serves every picture of the batch. */
  function operand(slot: WasmSlot): Term {
    const each = pixelBytes(slot.extent);
    const stride = slot.extent.batch > 1 ? pictureBytes(slot.extent) : 0;
    if (slot.at !== undefined) return term(slot.at, stride, each);
    const staging = block(BAND * each);
    stages.push((b, from, n) => {
      const offset = b * stride + from * each;
      engine.copy(arena.u8(staging, n * each), engine.view(slot).subarray(offset, offset + n * each));
    });
    return term(staging);
  }
}

/** The floats that bytes mean. */
const units = Float32Array.from({ length: 256 }, (_, v) => unit(v));
const identity = Uint8Array.from({ length: 256 }, (_, v) => v);

/** The counts of one table, of the four that a histogram spreads them over. */
export function summed(four: Uint32Array, sums: Uint32Array): Uint32Array {
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
  const all = new Uint32Array(256 * batch);
  for (let b = 0; b < batch; b++) {
    counts.push(summed(arena.u32(tallies + b * TALLY, TALLY / 4), all.subarray(256 * b, 256 * (b + 1))));
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
