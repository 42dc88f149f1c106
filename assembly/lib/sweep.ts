// The greatest of the last `window` rows, in three comparisons a value whatever the window (van Herk, Gil and Werman): rows
// come in blocks of `window`; a window is the end of one block and the start of the next, and both are running maxima.
// `slope` moves the window one column aside for each row, so that a window may run along a diagonal.

@unmanaged
export class Sweep {
  rows: usize; // `window` of them: behind `at` this block as it came, from there on the last block's running maxima from its end
  starts: usize; // this block's running maximum, in two rows by turns because a diagonal reads beside what it writes
  stride: u32; // bytes from row to row
  window: u32;
  slope: i32; // bytes
  at: u32; // rows of this block so far
  full: u32; // whether there is a last block

  /** Bytes a sweep needs for its rows. */
  static room(stride: u32, window: u32): u32 { return stride * (window + 2); }

  open(memory: usize, stride: u32, window: u32, slope: i32): void {
    this.starts = memory + slope0(slope);
    this.rows = memory + 2 * stride;
    this.stride = stride;
    this.window = window;
    this.slope = slope;
    this.at = 0;
    this.full = 0;
  }

  /** Takes a row and gives the greatest of the window it ends; before there is a whole window, of all rows so far. */
  push<T>(dst: usize, row: usize, sign: i32): void {
    const t = changetype<T>(0), stride = this.stride, slope = <usize>this.slope, at = this.at, last = this.window - 1;
    const own = this.rows + at * stride, now = this.starts + (at & 1) * stride, before = this.starts + (~at & 1) * stride - slope;
    for (let x: usize = 0; x < stride; x += t.step()) {
      const v = t.load(row + x);
      t.store(own + x, v);
      t.store(now + x, at ? t.max(v, t.load(before + x)) : v);
    }
    const ends = now + last * slope, rest = own + stride;
    if (this.full && at < last) for (let x: usize = 0; x < stride; x += t.step()) t.store(dst + x, t.turn(t.max(t.load(ends + x), t.load(rest + x)), sign));
    else for (let x: usize = 0; x < stride; x += t.step()) t.store(dst + x, t.turn(t.load(ends + x), sign));
    if (at < last) { this.at = at + 1; return; }
    for (let a = own; a > this.rows; a -= stride) {
      const above = a - stride, below = a + slope;
      for (let x: usize = 0; x < stride; x += t.step()) t.store(above + x, t.max(t.load(above + x), t.load(below + x)));
    }
    this.at = 0;
    this.full = 1;
  }
}
