// The greatest of the last `window` rows, in three comparisons a value for any window (van Herk, Gil and Werman): rows
// come in blocks of `window`; a window is the end of one block and the start of the next, and both are running maxima.
// A slope moves the window that many bytes aside for each row, so that it may run along a diagonal.

@unmanaged
export class Sweep {
  rows: usize; // `window` of them: up to `at` this block as it came, from there the last block's maxima towards its end
  starts: usize; // maxima from this block's start, in two rows by turns because a diagonal reads beside what it writes
  stride: u32; // bytes from row to row
  window: u32;
  slope: i32;
  at: u32; // rows of this block so far
  full: u32; // whether there is a last block

  open(memory: usize, stride: u32, window: u32, slope: i32): void {
    this.rows = memory + 64; // a diagonal reads a little outside its rows, and never uses what it finds there
    this.starts = this.rows + window * stride;
    this.stride = stride;
    this.window = window;
    this.slope = slope;
    this.at = 0;
    this.full = 0;
  }

  /** Where the next row has to be when it is pushed. */
  @inline row(): usize { return this.rows + this.at * this.stride; }

  /** Takes the next row and gives the greatest of the window it ends; until there is a whole window, of all rows so far. */
  push<T>(dst: usize, sign: i32): void {
    const t = changetype<T>(0), s: usize = t.step(), flip = t.flip(sign), stride = this.stride;
    const own = this.row(), now = this.now(), before = this.before(own), behind = this.behind(own);
    for (let x: usize = 0; x < stride; x += 2 * s) {
      const p = t.max(t.load(own + x), t.load(before + x)), q = t.max(t.load(own + x + s), t.load(before + x + s));
      t.store(now + x, p);
      t.store(now + x + s, q);
      t.store(dst + x, t.leave(t.max(p, t.load(behind + x)), flip));
      t.store(dst + x + s, t.leave(t.max(q, t.load(behind + x + s)), flip));
    }
    this.close<T>();
  }

  /** The same along a diagonal, of values that do not leave yet. */
  lean<T>(dst: usize): void {
    const own = this.row(), now = this.now(), stride = this.stride, ends = now + (this.window - 1) * this.slope, behind = this.behind(ends);
    greater<T>(now, own, this.before(own), stride);
    greater<T>(dst, ends, behind, stride);
    this.close<T>();
  }

  @inline private now(): usize { return this.starts + (this.at & 1) * this.stride; }

  // Where there is no such row, one that changes nothing beside the others.
  @inline private before(none: usize): usize { return this.at ? this.starts + (~this.at & 1) * this.stride - <usize>this.slope : none; }
  @inline private behind(none: usize): usize { return this.full && this.at + 1 < this.window ? this.row() + this.stride : none; }

  /** After a row: a block may be complete. */
  private close<T>(): void {
    const stride = this.stride;
    if (++this.at < this.window) return;
    for (let a = this.rows + (this.window - 1) * stride; a > this.rows; a -= stride) greater<T>(a - stride, a - stride, a + <usize>this.slope, stride);
    this.at = 0;
    this.full = 1;
  }
}

/** The greater of two rows; a row that is read may be the one that is written, there or further on. */
export function greater<T>(dst: usize, a: usize, b: usize, stride: u32): void {
  const t = changetype<T>(0), s: usize = t.step();
  for (const end = dst + stride; dst < end; dst += 2 * s, a += 2 * s, b += 2 * s) {
    const p = t.max(t.load(a), t.load(b)), q = t.max(t.load(a + s), t.load(b + s));
    t.store(dst, p);
    t.store(dst + s, q);
  }
}

/** Rows of a sweep, and the bytes they take. */
export function rows(window: u32): u32 { return window + 3; }
export function room(stride: u32, window: u32): u32 { return 128 + stride * rows(window); }
