// Divides a picture's rows into bands, so that threads share the work. The runs of each band are found separately and joined
// along the edges afterwards. The root of a part does not depend on which thread did what: bands lie in memory in order, so a
// part's first run has the lowest address.
//
// Phases: COUNT the memory that each band's runs need; FIND the runs, their roots and areas, by bands; JOIN all edges in one
// step; ACT, what the kernel makes of them, by bands. Only kernels that rank parts have CLOSE, one step, and DRAW.
import { Frame } from "../../lib/frame";
import { Best } from "./best";
import { RUN, Runs, area, begin, join, parent, root, runRoom } from "./runs";

export const COUNT: u32 = 0;
export const FIND: u32 = 1;
export const JOIN: u32 = 2;
export const ACT: u32 = 3;
export const CLOSE: u32 = 4;
export const DRAW: u32 = 5;

/** Runs, or parts, in a slice of one step. */
export const SLICE: i32 = 8192;

@inline export function bandsOf(f: Frame): Bands { return changetype<Bands>(f.between); }

/** The end of a phase, in steps. A step is a band, but all of phase 2 or 4 is one step. */
export function bandUnits(block: usize, phase: u32, last: u32): u32 {
  return phase > last ? 0 : bandsOf(changetype<Frame>(block)).end(phase);
}

@unmanaged
export class Bands extends Best {
  many: u32;
  /** Rows of a band. */
  rows: u32;
  /** Where a step that is done in slices continues. */
  at: u32;

  @inline end(phase: u32): u32 { const alone = phase >> 1; return this.many * (phase + 1 - alone) + alone; }
  @inline phaseOf(unit: u32): u32 {
    let phase: u32 = 0;
    while (unit >= this.end(phase)) phase++;
    return phase;
  }
  /** The band of a step. */
  @inline band(unit: u32, phase: u32): u32 { return phase ? unit - this.end(phase - 1) : unit; }

  @inline from(band: u32): u32 { return band * this.rows; }
  @inline to(band: u32, height: u32): u32 { return min(this.from(band) + this.rows, height); }

  /** The word with the address of a band's runs. Before their memory is allocated it holds how many bytes they need. */
  @inline place(band: u32): usize { return changetype<usize>(this) + 20 + (<usize>band << 2); }
  @inline runs(band: u32): Runs { return changetype<Runs>(load<usize>(this.place(band))); }

  needed<T>(band: u32, src: usize, f: Frame, limit: u32, turned: u64, each: u32): void {
    const from = this.from(band), width = f.aWidth;
    store<u32>(this.place(band), runRoom<T>(src + <usize>from * width * changetype<T>(0).size(), width, this.to(band, f.aHeight) - from, 1, limit, turned, each));
  }

  /**
   * A slice of joining runs across edges; true at the end. The first `outside` bytes of each band are a run that all bands
   * share.
   */
  join<T>(width: u32, reach: u32, outside: usize): bool {
    // First joins all edges. Then the roots of bands that were joined to others point to the final root, so that it is two
    // steps away from any run.
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

  /** The end of the runs in a band's first row. */
  @inline private rowEnd(band: u32, first: usize, width: u32): usize {
    const top = this.runs(band).top, below = (this.from(band) + 1) * width;
    let run = first;
    while (run < top && begin(run) < below) run += RUN;
    return run;
  }
}

@inline function settle(from: usize, to: usize): void {
  for (let run = from; run < to; run += RUN) {
    // the run may itself be the root of its band
    const own = parent(run), last = root(own);
    store<usize>(own, last, 8);
    store<usize>(run, last, 8);
  }
}

/** Joins two runs of different bands whose parents are the roots of their bands: the first root takes the second and its area. */
@unmanaged
export class Across {
  @inline unite(a: usize, b: usize): void {
    const p = root(parent(a)), q = root(parent(b)), first = min(p, q), second = max(p, q);
    if (p == q) return;
    store<usize>(second, first, 8);
    store<u32>(first, area(first) + area(second), 12);
  }
}
