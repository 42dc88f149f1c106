// The largest `count` of the parts offered: a heap with the smallest on top, sorted into a list at the end. Records are in
// reading order, so equal areas are ordered by address.

@unmanaged
export class Part {
  area: u32;
  x: u32;
  y: u32;
  /** One past the last column and row. */
  right: u32;
  bottom: u32;
  /** The address of its first run. */
  run: usize;
}
export const PART: usize = 24;

@unmanaged
export class Best {
  /** How many parts are in the heap, and the address of the list of their addresses. */
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

  /** Replaces the top of the first `count` entries by a part and restores the heap. */
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

  /** Turns the heap into a list, largest first, by moving its top to the end repeatedly. */
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
