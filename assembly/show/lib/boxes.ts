// Where the boxes of a row begin and end. For each box: the weight of a first pixel shared with the box before (0 if none), how
// many whole pixels follow, and the weight of a last pixel shared with the next box. A whole pixel weighs `toWidth`, a box
// `width`.

@unmanaged
export class Boxes {
  @inline static bytes(toWidth: u32): u32 { return toWidth * 12 + 16 & ~15; }
  @inline head(x: u32): u32 { return load<u32>(changetype<usize>(this) + x * 12); }
  @inline whole(x: u32): u32 { return load<u32>(changetype<usize>(this) + x * 12, 4); }
  @inline tail(x: u32): u32 { return load<u32>(changetype<usize>(this) + x * 12, 8); }

  plan(width: u32, toWidth: u32): void {
    let at = changetype<usize>(this);
    for (let x: u32 = 0, head: u32 = 0; x < toWidth; x++, at += 12) {
      const whole = (width - head) / toWidth, tail = width - head - whole * toWidth;
      store<u32>(at, head);
      store<u32>(at, whole, 4);
      store<u32>(at, tail, 8);
      head = tail ? toWidth - tail : 0;
    }
  }
}
