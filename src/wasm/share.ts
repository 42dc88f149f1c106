// How one member does the pieces of a job.
import { BEGIN, FROM, TO } from '../engine.js';
import { blockOf } from './deflation.js';
import { inflating } from './inflating.js';
import {
  ALL,
  type Bands,
  type Blocks,
  type Clear,
  FAILED,
  type Inflate,
  type Job,
  type Keyed,
  NEXT,
  type Show,
  type Steps,
} from './job.js';
import type { Kernels } from './module.js';
import { shownRows } from './showing.js';
import { amount, makerOf, STEP, TALLY } from './track.js';

/** One member's share of a job, with a stop after every band or slice. */
export interface Share {
  readonly pieces: number;
  /** Yields true after some work, false if the piece before it has to progress first. */
  piece(number: number): Generator<boolean>;
}

interface Memory {
  readonly buffer: ArrayBufferLike;
}

export function shareOf(job: Job, kernels: Kernels, memory: Memory, member: number): Share {
  switch (job.kind) {
    case 'bands':
      return shareOfBands(job, kernels, memory, member);
    case 'steps':
      return shareOfSteps(job, kernels, memory, member);
    case 'keys':
      return shareOfKeys(job, kernels, member);
    case 'clear':
      return shareOfClear(job, kernels);
    case 'blocks':
      return shareOfBlocks(job, kernels, memory, member);
    case 'show':
      return shareOfShow(job, kernels, member);
    case 'inflate':
      return shareOfInflate(job, kernels, memory);
  }
}

const shareOfInflate = ({ round, made }: Inflate, kernels: Kernels, memory: Memory): Share => ({
  pieces: 1,
  *piece() {
    const told = inflating(kernels, memory, round);
    made.set(told, 1);
    made[0] = told.length;
    yield true;
  },
});

const shareOfShow = (job: Show, kernels: Kernels, member: number): Share => ({
  pieces: Math.ceil((job.to - job.from) / job.step),
  *piece(number) {
    const { showing, desks, outs, each, step, done } = job;
    const top = job.from + number * step;
    shownRows(kernels, showing, desks[member], outs + number * each, top, Math.min(step, job.to - top));
    Atomics.store(done, number, 1);
    yield true;
  },
});

function shareOfKeys(job: Keyed, kernels: Kernels, member: number): Share {
  const { src, channels, pieces, band, step, marks } = job;
  const run = kernels[job.kernel];
  const [moved, ...told] = job.told[member];
  return {
    pieces: pieces.length,
    *piece(number) {
      const [begin, end] = pieces[number];
      for (let from = begin, n = 0; from < end; from += n) {
        if (Atomics.load(marks, 0)) return;
        n = Math.min(band, end - from);
        let at = src + from * channels;
        if (channels < 4) {
          kernels.words(job.spread[member], at, n, channels);
          at = job.spread[member];
        }
        if (run(moved + number * step, ...told, at, n, from) === 0) Atomics.store(marks, 0, 1);
        else if (from + n === end) Atomics.store(marks, number + 1, 1);
        yield true;
      }
    },
  };
}

const shareOfClear = ({ pieces }: Clear, kernels: Kernels): Share => ({
  pieces: pieces.length,
  *piece(number) {
    const [from, to] = pieces[number];
    kernels.clear(from, to - from);
    yield true;
  },
});

function shareOfBands(job: Bands, kernels: Kernels, memory: Memory, member: number): Share {
  const { parts, pixels, band, piece, scratches, tallies, counted } = job;
  const makers = parts.map(({ track }) => makerOf(kernels, track, scratches[member]));
  const perPicture = Math.ceil(pixels / piece);
  const most = parts.reduce((most, { count }) => Math.max(most, count), 0);
  return {
    pieces: most * perPicture,
    *piece(number) {
      const b = Math.floor(number / perPicture);
      const begin = (number % perPicture) * piece;
      const end = Math.min(begin + piece, pixels);
      for (let from = begin, n = 0; from < end; from += n) {
        n = Math.min(band, end - from);
        if (n > STEP) n -= n % STEP;
        parts.forEach(({ track, first, count }, i) => {
          if (b >= count) return;
          const at = makers[i](b, from, n);
          const to = track.into ? amount(track.into, b, from, n) : at;
          if (to !== at) new Uint8Array(memory.buffer).copyWithin(to, at, at + n * track.bytes);
          const index = first + b;
          if (tallies.length) kernels.histogram(tallies[member] + index * TALLY, counted + index * pixels + from, n);
        });
        yield true;
      }
    },
  };
}

function shareOfSteps(job: Steps, kernels: Kernels, memory: Memory, member: number): Share {
  const { kernel, dst, words, blocks, scratches, begin, end, piece, inTurn } = job;
  const block = blocks[member];
  return {
    pieces: Math.ceil((end - begin) / piece),
    *piece(number) {
      const first = begin + number * piece;
      const to = Math.min(first + piece, end);
      // memory may have grown since the last piece
      const told = new Uint32Array(memory.buffer, block, words.length);
      told.set(words);
      told[BEGIN] = first;
      for (let from = first; ; ) {
        const open = inTurn && number ? first + Atomics.load(inTurn, number - 1) : to;
        if (open <= from) {
          yield false;
          continue;
        }
        told[TO] = Math.min(open, to);
        told[FROM] = from;
        from = kernels[kernel](dst, block, scratches[member]) >>> 0 || to;
        // a kernel that stops at `open` may report that it has finished
        if (from > open) from = open;
        if (inTurn) Atomics.store(inTurn, number, from - first);
        yield true;
        if (from >= to) return;
      }
    },
  };
}

function shareOfBlocks(job: Blocks, kernels: Kernels, memory: Memory, member: number): Share {
  const { packing, desks, rows, top, outs, each, ends, sums } = job;
  const { block, row } = packing;
  return {
    pieces: Math.ceil((job.to - job.from) / block),
    *piece(number) {
      const from = job.from + number * block;
      const own = { from, to: Math.min(from + block, job.to), held: undefined };
      const rowsAt = (y: number): number => rows + (y - top) * row;
      const out = outs + number * each;
      let end = out;
      const written = (_: number, to: number): number => {
        end = to;
        return to;
      };
      const steps = blockOf(kernels, memory, packing, desks[member], own, rowsAt, out, written);
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) {
          ends[number] = end - out;
          sums[number] = step.value.sum;
          return;
        }
        yield true;
      }
    },
  };
}

/** Takes numbers until none is left or the job has ended. */
export function* drawn(state: Int32Array, share: Share): Generator<boolean> {
  for (;;) {
    const number = Atomics.add(state, NEXT, 1);
    if (number >= share.pieces) return;
    for (const worked of share.piece(number)) {
      if (Atomics.load(state, NEXT) >= ALL) return;
      yield worked;
    }
  }
}

/** Milliseconds to sleep while a piece waits for the one before it. */
const NAP = 0.25;

/** Yields the core for a moment. A page's own thread may not sleep. */
export function doze(state: Int32Array): void {
  try {
    Atomics.wait(state, FAILED, 0, NAP);
  } catch {
    // it tries again at once
  }
}
