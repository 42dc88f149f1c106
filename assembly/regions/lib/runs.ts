// The pixels above a threshold as runs, and which runs are connected: union-find over runs instead of pixels. Of two runs the
// first in reading order is the root, so that roots are in the order of their components' first pixels.
//
// A run is four words: begin and end (y * width + x, end exclusive), its parent's address, and its root's area. There is no
// recursion. The worst case is a checkerboard, with one run for every second pixel.

import { Best } from "./best";

export const RUN: usize = 16;
/** Bytes before the first run. Chosen so that bit 2 of the write address tells whether a run's end is still missing. */
export const HEAD: usize = 32;

@inline export function begin(run: usize): u32 { return load<u32>(run); }
@inline export function end(run: usize): u32 { return load<u32>(run, 4); }
@inline export function parent(run: usize): usize { return load<usize>(run, 8); }
@inline export function area(run: usize): u32 { return load<u32>(run, 12); }

/** The state at the start of scratch, so that a kernel can continue where it stopped. The runs follow. */
@unmanaged
export class Runs extends Best {
  stage: u32;
  row: u32;
  /** The first run of the last row that was taken. */
  before: usize;
  /** Where the next run goes. */
  top: usize;
  /** How far the present stage has come. */
  at: usize;

  @inline first(): usize { return changetype<usize>(this) + HEAD; }

  /** Starts a picture, or a band that begins with row `from`. */
  open(from: u32 = 0): void {
    this.stage = 0;
    this.row = from;
    this.before = this.top = this.first();
  }

  // Every kernel takes rows (stage 0), finds roots (stage 1), then visits the runs (stage 2), each in slices.

  /** How many runs there are. */
  @inline many(): u32 { return <u32>((this.top - this.first()) / RUN); }
  /** Moves on to stage 1 after the last row. */
  @inline taken(height: u32): void { if (this.row == height) this.next(1); }
  @inline settling(): void { if (this.settle(MANY)) this.next(2); }
  /** The end of the runs to visit in this slice. */
  @inline stop(): usize { return min(this.top, this.at + MANY * RUN); }
  /** Ends a slice of runs; 0 after the last one. */
  @inline passed(stop: usize): u32 {
    this.at = stop;
    return stop == this.top ? 0 : 1;
  }

  @inline next(stage: u32): void {
    this.stage = stage;
    this.at = this.first();
  }

  /** Adds one run before all others that stands for everything outside the picture. */
  outside(): void {
    make(this.top, 0, 0);
    this.before = this.top += RUN;
  }

  /** Takes a row: its runs of pixels above the limit (or, `turned`, of all others), joined to the row before. */
  push<T>(src: usize, width: u32, limit: u32, turned: u64, reach: u32): void {
    const t = changetype<T>(0), base = this.row++ * width, before = this.before, from = this.top;
    let top = from, carry: u64 = 0;
    for (let x: u32 = 0; x < width; x += 64) {
      let bits = t.bits(src + <usize>x * t.size(), limit) ^ turned;
      const left = width - x;
      if (left < 64) bits &= (<u64>1 << left) - 1;
      let turns = bits ^ (bits << 1 | carry);
      carry = bits >> 63;
      for (; turns; turns &= turns - 1) {
        const place = base + x + <u32>ctz(turns);
        if (top & 4) {
          store<u32>(top, place);
          top += 12;
        } else {
          store<u32>(top, place);
          store<usize>(top, top, 8);
          store<u32>(top, 0, 12);
          top += 4;
        }
      }
    }
    if (top & 4) {
      store<u32>(top, base + width);
      top += 12;
    }
    this.before = from;
    this.top = top;
    join<Within>(before, from, from, top, width, reach);
  }

  /** Joins runs of the last row that touch the edge to the run outside. */
  edge(width: u32, height: u32): void {
    const outside = this.first(), base = (this.row - 1) * width, all = this.row == 1 || this.row == height;
    for (let run = this.before; run < this.top; run += RUN) {
      if (all || begin(run) == base || end(run) == base + width) unite(outside, run);
    }
  }

  /** Points the next `most` runs to their roots and adds up the roots' areas. False while there are more. */
  settle(most: u32): bool {
    const stop = min(this.top, this.at + <usize>most * RUN);
    for (let run = this.at; run < stop; run += RUN) {
      const root = parent(parent(run));
      store<usize>(run, root, 8);
      store<u32>(root, area(root) + (end(run) - begin(run)), 12);
    }
    this.at = stop;
    return stop == this.top;
  }
}

@inline function make(run: usize, begin: u32, end: u32): void {
  store<u32>(run, begin);
  store<u32>(run, end, 4);
  store<usize>(run, run, 8);
  store<u32>(run, 0, 12);
}

/** How two runs of one picture or band are joined. */
@unmanaged
class Within {
  @inline unite(a: usize, b: usize): void { unite(a, b); }
}

/** Joins the runs of two adjacent rows in one walk along both. `reach` is 1 if corners connect, else 0. */
@inline export function join<T>(a: usize, aEnd: usize, b: usize, bEnd: usize, width: u32, reach: u32): void {
  while (a < aEnd && b < bEnd) {
    const p = begin(a) + width, q = end(a) + width, r = begin(b), s = end(b);
    if (p < s + reach && r < q + reach) changetype<T>(0).unite(a, b);
    if (q < s) a += RUN; else b += RUN;
  }
}

@inline function unite(a: usize, b: usize): void {
  const p = root(a), q = root(b);
  if (p < q) store<usize>(q, p, 8); else store<usize>(p, q, 8);
}

@inline export function root(run: usize): usize {
  let up = parent(run);
  while (up != run) {
    const over = parent(up);
    store<usize>(run, over, 8); // halves the path
    run = up;
    up = over;
  }
  return run;
}

/** Bytes of scratch for the runs of the picture of the batch that has most. They are counted, since most pictures have few. */
export function runRoom<T>(src: usize, width: u32, height: u32, batch: u32, limit: u32, turned: u64, each: u32): u32 {
  const t = changetype<T>(0);
  let most: u32 = 0;
  for (let b: u32 = 0; b < batch; b++) {
    let turns: u32 = 0;
    for (let y: u32 = 0; y < height; y++) {
      let carry: u64 = 0;
      for (let x: u32 = 0; x < width; x += 64, src += 64 * t.size()) {
        let bits = t.bits(src, limit) ^ turned;
        const left = width - x;
        if (left < 64) bits &= (<u64>1 << left) - 1;
        turns += <u32>popcnt(bits & ~(bits << 1 | carry));
        carry = bits >> 63;
        if (left < 64) src -= <usize>(64 - left) * t.size();
      }
    }
    most = max(most, turns);
  }
  return <u32>min<f64>(<f64>HEAD + (<f64>most + 2) * each, 4294967295);
}

/** Pixels, and runs, in a slice of a few milliseconds. */
export const PIXELS: u32 = 262144;
export const MANY: u32 = 131072;
