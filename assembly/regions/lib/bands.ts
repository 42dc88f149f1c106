// A picture's rows in bands whose runs are found each by itself, and joined afterwards along the edges: so threads share the work, and
// whichever does what, the same run is the root of a part. Bands lie in memory in their order, so a part's first run is still
// the one with the lowest address.
//
// Phases: of each band how much memory its runs need; the runs, their own roots and what those cover; one step along all edges; then,
// by bands again, what a kernel makes of it. Phases 4 and 5 have the kernels that rank parts alone.
import { Frame } from "../../lib/frame";
import { Best } from "./best";
import { RUN, Runs, area, begin, join, parent, root, runRoom } from "./runs";

export const COUNT: u32 = 0;
export const FIND: u32 = 1;
export const JOIN: u32 = 2;
export const ACT: u32 = 3;
export const CLOSE: u32 = 4;
export const DRAW: u32 = 5;

/** Runs, or parts, of a slice of one step. */
export const SLICE: i32 = 8192;

@inline export function bandsOf(f: Frame): Bands { return changetype<Bands>(f.between); }

/** The step behind the last of a phase: a step is a band, or all of phases 2 and 4. */
export function bandUnits(block: usize, phase: u32, last: u32): u32 {
  return phase > last ? 0 : bandsOf(changetype<Frame>(block)).end(phase);
}

@unmanaged
export class Bands extends Best {
  many: u32;
  /** Of a band. */
  rows: u32;
  /** Where a step that is done in slices goes on. */
  at: u32;

  @inline end(phase: u32): u32 { const alone = phase >> 1; return this.many * (phase + 1 - alone) + alone; }
  @inline phaseOf(unit: u32): u32 {
    let phase: u32 = 0;
    while (unit >= this.end(phase)) phase++;
    return phase;
  }
  /** The band that a step of a phase is. */
  @inline band(unit: u32, phase: u32): u32 { return phase ? unit - this.end(phase - 1) : unit; }

  @inline from(band: u32): u32 { return band * this.rows; }
  @inline to(band: u32, height: u32): u32 { return min(this.from(band) + this.rows, height); }

  /** Where a word is that says where a band's runs are; until memory is there, how many bytes they need. */
  @inline place(band: u32): usize { return changetype<usize>(this) + 20 + (<usize>band << 2); }
  @inline runs(band: u32): Runs { return changetype<Runs>(load<usize>(this.place(band))); }

  needed<T>(band: u32, src: usize, f: Frame, limit: u32, turned: u64, each: u32): void {
    const from = this.from(band), width = f.aWidth;
    store<u32>(this.place(band), runRoom<T>(src + <usize>from * width * changetype<T>(0).size(), width, this.to(band, f.aHeight) - from, 1, limit, turned, each));
  }

  /** A slice of joining what touches across edges; true at the end. Of each band the first `outside` bytes are a run that all have in common. */
  join<T>(width: u32, reach: u32, outside: usize): bool {
    // first all edges, then the roots of bands that were laid under others: they name the last of theirs, so that two steps from any run lead there
    for (let left: i32 = SLICE; this.at < 2 * this.many; this.at++) {
      if (left <= 0) return false;
      const joined = this.at >= this.many, band = joined ? this.at - this.many : this.at;
      const runs = this.runs(band), first = runs.first() + outside, end = this.rowEnd(band, first, width);
      left -= <i32>((end - first + runs.top - runs.before) / RUN) + 1;
      if (joined) {
        settle(runs.first(), end);
        settle(runs.before, runs.top);
      } else if (band) {
        const above = this.runs(band - 1);
        if (outside) changetype<T>(0).unite(this.runs(0).first(), runs.first());
        join<T>(above.before, above.top, first, end, width, reach);
      }
    }
    this.at = 0;
    return true;
  }

  /** Behind the runs of a band's first row. */
  @inline private rowEnd(band: u32, first: usize, width: u32): usize {
    const top = this.runs(band).top, below = (this.from(band) + 1) * width;
    let run = first;
    while (run < top && begin(run) < below) run += RUN;
    return run;
  }
}

@inline function settle(from: usize, to: usize): void {
  for (let run = from; run < to; run += RUN) {
    // it may be the root of its band itself
    const own = parent(run), last = root(own);
    store<usize>(own, last, 8);
    store<usize>(run, last, 8);
  }
}

/** Of two runs of different bands, whose parents are roots of their bands: the first root becomes that of both, and has both areas. */
@unmanaged
export class Across {
  @inline unite(a: usize, b: usize): void {
    const p = root(parent(a)), q = root(parent(b)), first = min(p, q), second = max(p, q);
    if (p == q) return;
    store<usize>(second, first, 8);
    store<u32>(first, area(first) + area(second), 12);
  }
}
