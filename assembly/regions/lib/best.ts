// The largest so many parts of those that are offered: a heap, the worst of them on top, that becomes a list. Records lie in reading
// order, so their addresses break ties.

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
export const PART: usize = 24;

@unmanaged
export class Best {
  /** How many, and their addresses. */
  count: u32;
  best: usize;

  @inline record(i: u32): Part { return changetype<Part>(load<usize>(this.best + (<usize>i << 2))); }

  @inline private get(i: u32): usize { return load<usize>(this.best + (<usize>i << 2)); }
  @inline private put(i: u32, part: usize): void { store<usize>(this.best + (<usize>i << 2), part); }

  offer(part: usize, most: u32): void {
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
  sort(): void {
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
