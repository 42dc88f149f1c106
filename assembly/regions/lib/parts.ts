// The connected parts of a mask, measured and ranked: the largest first, equals by their first pixel in reading order. In
// scratch the runs come first, then a record for each part in reading order, then the addresses of the best.
import { Frame } from "../../lib/frame";
import { MANY, PIXELS, RUN, Runs, begin, end, parent, runRoom } from "./runs";

@unmanaged
export class Part {
  area: u32;
  x: u32;
  y: u32;
  /** The columns and the rows after the last. */
  right: u32;
  bottom: u32;
  /** Its first run. */
  run: usize;
}
const PART: usize = 24;

/** Bytes that a run, its part and its place among the best can take. */
const EACH: u32 = <u32>RUN + 24 + 4;

@inline export function partRoom<T>(f: Frame, threshold: f32): u32 {
  return runRoom<T>(f.a, f.aWidth, f.aHeight, f.aBatch, changetype<T>(0).limit(threshold), 0, EACH);
}

@unmanaged
export class Parts extends Runs {
  /** After the last record. */
  last: usize;
  /** The best: how many, and their addresses. */
  count: u32;
  best: usize;

  @inline record(i: u32): Part { return changetype<Part>(load<usize>(this.best + (<usize>i << 2))); }

  /** A slice of the work; true when all is known. */
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
      this.gather(width);
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

  /** A slice of runs: their roots, and what these cover. */
  private gather(width: u32): void {
    const stop = min(this.top, this.at + MANY * RUN);
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

  // A heap of the best so many, the worst of them on top. Records lie in reading order, so their addresses break ties.

  @inline private get(i: u32): usize { return load<usize>(this.best + (<usize>i << 2)); }
  @inline private put(i: u32, part: usize): void { store<usize>(this.best + (<usize>i << 2), part); }

  private offer(part: usize, most: u32): void {
    if (this.count < most) {
      let i = this.count++;
      for (; i && worse(part, this.get((i - 1) >> 1)); i = (i - 1) >> 1) this.put(i, this.get((i - 1) >> 1));
      this.put(i, part);
    } else if (most && worse(this.get(0), part)) this.sink(part, this.count);
  }

  /** Puts a part in the place of the top of the first so many. */
  private sink(part: usize, count: u32): void {
    let i: u32 = 0;
    for (let k: u32 = 1; k < count; k = 2 * i + 1) {
      if (k + 1 < count && worse(this.get(k + 1), this.get(k))) k++;
      if (!worse(this.get(k), part)) break;
      this.put(i, this.get(k));
      i = k;
    }
    this.put(i, part);
  }

  /** The heap as a list, the best first: the worst goes to the end, and so on. */
  private sort(): void {
    for (let count = this.count; count > 1; count--) {
      const worst = this.get(0), part = this.get(count - 1);
      this.sink(part, count - 1);
      this.put(count - 1, worst);
    }
  }
}

@inline function worse(a: usize, b: usize): bool {
  const p = changetype<Part>(a).area, q = changetype<Part>(b).area;
  return p < q || (p == q && a > b);
}
