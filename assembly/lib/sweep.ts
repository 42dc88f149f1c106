// The greatest of the last `window` rows, in three comparisons a value whatever the window (van Herk, Gil and Werman): rows
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

  /** Takes a row and gives the greatest of the window it ends; until there is a whole window, of all rows so far. */
  push<T>(dst: usize, row: usize, sign: i32): void {
    const t = changetype<T>(0), stride = this.stride, at = this.at, last = this.window - 1;
    const own = this.rows + at * stride, now = this.starts + (at & 1) * stride, before = this.starts + (~at & 1) * stride - <usize>this.slope;
    memory.copy(own, row, stride);
    if (at) for (let x: usize = 0; x < stride; x += t.step()) t.store(now + x, t.max(t.load(row + x), t.load(before + x)));
    else memory.copy(now, row, stride);
    const ends = now + <usize>(last * this.slope), rest = own + stride;
    if (this.full && at < last) for (let x: usize = 0; x < stride; x += t.step()) t.store(dst + x, t.turn(t.max(t.load(ends + x), t.load(rest + x)), sign));
    else for (let x: usize = 0; x < stride; x += t.step()) t.store(dst + x, t.turn(t.load(ends + x), sign));
    this.at = at + 1;
    if (at == last) this.close<T>();
  }

  private close<T>(): void {
    const t = changetype<T>(0), stride = this.stride;
    for (let a = this.rows + (this.window - 1) * stride; a > this.rows; a -= stride) {
      const above = a - stride, below = a + <usize>this.slope;
      for (let x: usize = 0; x < stride; x += t.step()) t.store(above + x, t.max(t.load(above + x), t.load(below + x)));
    }
    this.at = 0;
    this.full = 1;
  }
}

/** Bytes a sweep's rows take. */
export function room(stride: u32, window: u32): u32 { return 128 + stride * (window + 3); }
