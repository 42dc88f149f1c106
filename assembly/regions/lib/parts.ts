// Measures and ranks the connected parts of a mask: largest first, equal areas in reading order of their first pixels. Scratch
// holds the runs, then a record for each part in reading order, then the addresses of the best.
import { Frame } from "../../lib/frame";
import { PART, Part } from "./best";
import { Bands, CLOSE, COUNT, FIND, JOIN, SLICE } from "./bands";
import { MANY, PIXELS, RUN, Runs, begin, end, parent, root, runRoom } from "./runs";

/** The most bytes that a run, its part and its place in the list can take. */
const EACH: u32 = <u32>RUN + 24 + 4;

@inline export function partRoom<T>(f: Frame, threshold: f32): u32 {
  return runRoom<T>(f.a, f.aWidth, f.aHeight, f.aBatch, changetype<T>(0).limit(threshold), 0, EACH);
}

@unmanaged
export class Parts extends Runs {
  /** The end of the records. */
  last: usize;

  /** A slice of the work; true when all of it is done. */
  measure<T>(f: Frame, src: usize, threshold: f32, reach: u32, least: u32, most: u32): bool {
    const t = changetype<T>(0), width = f.aWidth, height = f.aHeight;
    if (!f.from) this.open();
    if (this.stage == 0) {
      const limit = t.limit(threshold);
      for (let left: i32 = PIXELS; left > 0 && this.row < height; left -= width) {
        this.push<T>(src + <usize>this.row * width * t.size(), width, limit, 0, reach);
      }
      if (this.row == height) {
        this.next(1);
        this.last = this.top;
        this.row = 0;
      }
    } else if (this.stage == 1) {
      this.gather(width, MANY);
      if (this.at == this.top) {
        this.next(2);
        this.at = this.top;
        this.best = this.last;
        this.count = 0;
      }
    } else if (this.stage == 2) {
      const stop = min(this.last, this.at + MANY * PART);
      for (let part = this.at; part < stop; part += PART) {
        if (changetype<Part>(part).area >= least) this.offer(part, most);
      }
      this.at = stop;
      if (stop == this.last) {
        this.sort();
        this.next(3);
        return true;
      }
    } else return true;
    return false;
  }

  /** Finds the roots of the next runs and adds the runs to their parts. */
  gather(width: u32, most: u32): void {
    const stop = min(this.top, this.at + <usize>most * RUN);
    let y = this.row;
    for (let run = this.at; run < stop; run += RUN) {
      const root = parent(parent(run)), from = begin(run), to = end(run);
      store<usize>(run, root, 8);
      while (from >= (y + 1) * width) y++;
      const x = from - y * width, right = to - y * width;
      if (root == run) {
        const part = changetype<Part>(this.last);
        part.area = to - from;
        part.x = x;
        part.y = y;
        part.right = right;
        part.bottom = y + 1;
        part.run = run;
        store<usize>(run, this.last, 12);
        this.last += PART;
      } else {
        const part = changetype<Part>(load<usize>(root, 12));
        part.area += to - from;
        part.x = min(part.x, x);
        part.right = max(part.right, right);
        part.bottom = y + 1;
      }
    }
    this.row = y;
    this.at = stop;
  }
}

/** The same by bands: a slice of a step, for the phases up to the list of the best, which `bands` then holds; true at the end. */
export function measureBands<T>(bands: Bands, f: Frame, threshold: f32, reach: u32, least: u32, most: u32): bool {
  const t = changetype<T>(0), phase = bands.phaseOf(f.from), band = bands.band(f.from, phase), width = f.aWidth, limit = t.limit(threshold);
  const own = changetype<Parts>(bands.runs(band));
  if (phase == COUNT) bands.needed<T>(band, f.a, f, limit, 0, EACH);
  else if (phase == FIND) {
    const from = bands.from(band), to = bands.to(band, f.aHeight);
    own.open(from);
    while (own.row < to) own.push<T>(f.a + <usize>own.row * width * t.size(), width, limit, 0, reach);
    own.next(1);
    own.last = own.top;
    own.row = from;
    own.gather(width, own.many());
  } else if (phase == JOIN) return bands.join<PartsAcross>(width, reach, 0);
  else if (phase < CLOSE) {
    own.best = own.last;
    own.count = 0;
    for (let part = own.top; part < own.last; part += PART) {
      const run = changetype<Part>(part).run;
      // skips parts that were joined to a part of another band
      if (parent(run) == run && changetype<Part>(part).area >= least) own.offer(part, most);
    }
  } else if (phase == CLOSE) {
    if (!bands.at) {
      bands.best = bands.place(bands.many);
      bands.count = 0;
    }
    for (let left: i32 = SLICE; bands.at < bands.many; bands.at++) {
      if (left <= 0) return false;
      const found = changetype<Parts>(bands.runs(bands.at));
      for (let k: u32 = 0; k < found.count; k++) bands.offer(changetype<usize>(found.record(k)), most);
      left -= <i32>found.count;
    }
    bands.at = 0;
    bands.sort();
  }
  return true;
}

/** Joins two runs of different bands whose parents are the roots of their bands: the first root takes the second and its part. */
@unmanaged
class PartsAcross {
  @inline unite(a: usize, b: usize): void {
    const p = root(parent(a)), q = root(parent(b)), first = min(p, q), second = max(p, q);
    if (p == q) return;
    store<usize>(second, first, 8);
    const part = changetype<Part>(load<usize>(first, 12)), other = changetype<Part>(load<usize>(second, 12));
    part.area += other.area;
    part.x = min(part.x, other.x);
    part.right = max(part.right, other.right);
    part.bottom = max(part.bottom, other.bottom);
  }
}
