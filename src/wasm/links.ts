// Chooses the kernels of a pass and their arguments: one link for each step, or one for two steps that share a kernel.
import { type Extent, isUnit, type Step, type StepKind, unit } from '../engine.js';
import { type Blocks, writeNumbers } from './blocks.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import { type Operands, pixelBytes } from './operands.js';
import { type Link, type Term, term } from './track.js';

/** What links are made with. */
export interface Shop {
  readonly engine: WasmEngine;
  readonly blocks: Blocks;
  readonly operands: Operands;
}

type Pixel = Pick<Extent, 'channels' | 'dtype'>;
type Make = (step: Step, before: Pixel, shop: Shop) => Link;

/** The number of pixels in a band. */
const count = term(0, 0, 0, 1);

/** `from` describes the pixels that the first step reads. */
export function linksOf(steps: readonly Step[], from: Pixel, shop: Shop): Link[] {
  const links: Link[] = [];
  let before = from;
  for (let i = 0; i < steps.length; i++) {
    const [step, next] = [steps[i], steps[i + 1]];
    const both = isUnit(next) ? unitLink(step, before, shop) : undefined;
    links.push(both ?? makers[step.kind](step, before, shop));
    before = both ? next : step;
    if (both) i++;
  }
  return links;
}

/** A step together with the v / 255 after it, if a kernel does both. */
function unitLink(step: Step, before: Pixel, shop: Shop): Link | undefined {
  if (step.kind === 'table') return { kernel: 'floats', rest: [count, floats(step, shop.blocks)], bytes: 4 };
  const name = `${step.name}Unit`;
  if (step.kind !== 'pick' || !shop.engine.kernels[name]) return undefined;
  return { ...makers.pick({ ...step, name }, before, shop), bytes: 4 };
}

const link = (step: Step, rest: readonly Term[], kernel = step.name): Link => ({
  kernel,
  rest,
  bytes: pixelBytes(step),
});

const misplaced: Make = () => {
  throw new Error('what finds pixels by position stands first in its pass');
};

const makers: Record<StepKind, Make> = {
  pick: (step, { channels }, { engine, blocks }) => {
    const lattice = engine.lattices.get(step.name);
    return link(step, [count, term(channels), lattice === undefined ? numbers(step, blocks) : term(lattice)]);
  },
  table: (step, _, { blocks }) => link(step, [count, bytes(step, blocks)], 'table'),
  map: (step, { channels }, { blocks }) => link(step, [term(0, 0, 0, channels), numbers(step, blocks)]),
  cast: (step, { channels }) => link(step, [term(0, 0, 0, channels)], step.dtype === 'uint8' ? 'bytes' : 'unit'),
  join: (step, _, { operands }) => link(step, [operands.of(step.others[0] as WasmSlot), count]),
  pack: (step, { channels }, { operands }) => {
    const [other] = step.others as readonly WasmSlot[];
    const size = step.dtype === 'uint8' ? 1 : 4;
    return link(step, [count, term(channels), term(size), other ? operands.of(other) : term(0)]);
  },
  gather: misplaced,
  near: misplaced,
  region: misplaced,
};

function numbers(step: Step, blocks: Blocks): Term {
  const at = blocks.take(Math.max(4, step.numbers.length * 4));
  writeNumbers(step, (bytes) => blocks.arena.u8(at, bytes.length).set(bytes));
  return term(at);
}

/** 256 bytes for each picture. */
function bytes({ tables = [identity] }: Step, blocks: Blocks): Term {
  const at = blocks.take(tables.length * 256);
  const all = blocks.arena.u8(at, tables.length * 256);
  tables.forEach((table, b) => {
    all.set(table, b * 256);
  });
  return term(at, tables.length > 1 ? 256 : 0);
}

/** The same as floats, v / 255. */
function floats({ tables = [identity] }: Step, blocks: Blocks): Term {
  const at = blocks.take(tables.length * 1024);
  const all = blocks.arena.f32(at, tables.length * 256);
  tables.forEach((table, b) => {
    for (let v = 0; v < 256; v++) all[b * 256 + v] = units[table[v]];
  });
  return term(at, tables.length > 1 ? 1024 : 0);
}

/** The floats that bytes stand for. */
const units = Float32Array.from({ length: 256 }, (_, v) => unit(v));
const identity = Uint8Array.from({ length: 256 }, (_, v) => v);
