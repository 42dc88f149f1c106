// The greatest of the last `window` rows in three comparisons per value, for any window (van Herk, Gil and Werman). Rows come in
// blocks of `window` rows. A window is the end of one block and the start of the next, and both have running maxima. `slope`
// shifts the window by that many bytes per row, for windows along a diagonal.

@unmanaged
export class Sweep {
  rows: usize; // `window` rows: up to `at` this block's own, from there on the last block's maxima from each row to its end
  starts: usize; // maxima from the start of this block; two rows, because a diagonal reads beside the value that it writes
  stride: u32; // bytes from row to row
  window: u32;
  slope: i32;
  at: u32; // rows of this block so far
  full: u32; // whether there is a block before this one

  open(memory: usize, stride: u32, window: u32, slope: i32): void {
    this.rows = memory + 64; // a diagonal reads a little outside its rows; those results are never used
    this.starts = this.rows + window * stride;
    this.stride = stride;
    this.window = window;
    this.slope = slope;
    this.at = 0;
    this.full = 0;
  }

  /** Where the caller must put the next row before it calls `push`. */
  @inline row(): usize { return this.rows + this.at * this.stride; }

  /** Takes the next row and writes the greatest of the window that it ends, or of all rows so far until a window is full. */
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

  /** The same along a diagonal, without `leave`, because another pass follows. */
  lean<T>(dst: usize): void {
    const own = this.row(), now = this.now(), stride = this.stride, ends = now + (this.window - 1) * this.slope, behind = this.behind(ends);
    greater<T>(now, own, this.before(own), stride);
    greater<T>(dst, ends, behind, stride);
    this.close<T>();
  }

  @inline private now(): usize { return this.starts + (this.at & 1) * this.stride; }

  // If there is no such row, `none` is one that does not change the maximum.
  @inline private before(none: usize): usize { return this.at ? this.starts + (~this.at & 1) * this.stride - <usize>this.slope : none; }
  @inline private behind(none: usize): usize { return this.full && this.at + 1 < this.window ? this.row() + this.stride : none; }

  /** Ends a row, and the block if it is complete. */
  private close<T>(): void {
    const stride = this.stride;
    if (++this.at < this.window) return;
    for (let a = this.rows + (this.window - 1) * stride; a > this.rows; a -= stride) greater<T>(a - stride, a - stride, a + <usize>this.slope, stride);
    this.at = 0;
    this.full = 1;
  }
}

/**
 * The greater of two rows. `dst` may be one of them, or lie before it. Four vectors a step: over memory that threads share, V8
 * does not unroll loops.
 */
export function greater<T>(dst: usize, a: usize, b: usize, stride: u32): void {
  const t = changetype<T>(0), s: usize = t.step();
  for (const end = dst + stride; dst < end; dst += 4 * s, a += 4 * s, b += 4 * s) {
    const p = t.max(t.load(a), t.load(b)), q = t.max(t.load(a + s), t.load(b + s));
    const r = t.max(t.load(a + 2 * s), t.load(b + 2 * s)), u = t.max(t.load(a + 3 * s), t.load(b + 3 * s));
    t.store(dst, p);
    t.store(dst + s, q);
    t.store(dst + 2 * s, r);
    t.store(dst + 3 * s, u);
  }
}

/** How many rows a sweep needs, and how many bytes they take. */
export function rows(window: u32): u32 { return window + 3; }
export function room(stride: u32, window: u32): u32 { return 128 + stride * rows(window); }
